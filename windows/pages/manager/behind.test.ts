import { describe, expect, it } from 'vitest'

import type { TicketRow } from '../shared/answers'
import { canBePinned, queryOf, waitOf } from './behind'

const row = (more: Partial<TicketRow> = {}): TicketRow => ({
  ticket: 't1',
  number: 'A001',
  class: 'ordinary',
  queue: 'a',
  zone: 'tax',
  items: [],
  state: 'waiting',
  window: null,
  pinned: false,
  issued_at: 1_000,
  called_at: null,
  since_at: 1_000,
  waited_seconds: null,
  served_by: null,
  grade: null,
  misses: 0,
  ended_reason: null,
  ...more,
})

describe('the tickets behind a figure', () => {
  it('are asked for by the figure and its part of the hall and the day', () => {
    expect(queryOf({ figure: 'waiting' }, null, 200)).toBe('behind=waiting&limit=200')
    expect(
      queryOf({ figure: 'called', zone: 'tax', fromAt: 5, untilAt: 9 }, null, 50),
    ).toBe('behind=called&limit=50&zone=tax&from_at=5&until_at=9')
  })

  it('are those of the moment that is looked back at', () => {
    const moment = { date: '2026-11-20', version: 1834 }

    expect(queryOf({ figure: 'served', window: '3' }, moment, 200)).toBe(
      'behind=served&limit=200&window=3&date=2026-11-20&at=1834',
    )
  })

  it('tell how long they waited, wait by now, or waited in vain', () => {
    expect(waitOf(row({ waited_seconds: 4 }), 9_000)).toBe(4_000)
    expect(waitOf(row(), 9_000)).toBe(8_000)
    expect(waitOf(row({ ended_reason: 'cancelled', since_at: 3_000 }), 9_000)).toBe(
      2_000,
    )
  })

  it('may be pinned while they are in line or parked by the rules', () => {
    expect(canBePinned(row())).toBe(true)
    expect(canBePinned(row({ state: 'missed' }))).toBe(true)
    expect(canBePinned(row({ state: 'paused' }))).toBe(false)
    expect(canBePinned(row({ pinned: true }))).toBe(false)
  })
})
