import { describe, expect, it } from 'vitest'

import type { TicketRow } from '../shared/answers'
import { ticketsBehind, waitOf } from './behind'

const row = (number: string, more: Partial<TicketRow> = {}): TicketRow => ({
  ticket: number,
  number,
  class: 'ordinary',
  queue: 'a',
  zone: 'tax',
  items: [],
  state: 'ended',
  window: null,
  pinned: false,
  issued_at: 1_000,
  called_at: null,
  ended_reason: null,
  ...more,
})

const rows = [
  row('A001', { ended_reason: 'served', called_at: 5_000 }),
  row('A002', { ended_reason: 'no-show', called_at: 9_000 }),
  row('A003', { ended_reason: 'cancelled' }),
  row('A004', { state: 'waiting' }),
  row('A005', { state: 'missed', called_at: 3_000 }),
  row('A006', { ended_reason: 'served', called_at: 6_000 }),
]
const numbers = (figure: Parameters<typeof ticketsBehind>[0]) =>
  ticketsBehind(figure, rows).map((found) => found.number)

describe('the tickets behind a figure', () => {
  it('are those it counts', () => {
    expect(numbers('waiting')).toEqual(['A004'])
    expect(numbers('missed')).toEqual(['A005'])
    expect(numbers('no-shows')).toEqual(['A002'])
    expect(numbers('cancelled')).toEqual(['A003'])
  })

  it('begin with the newest', () => {
    expect(numbers('issued')[0]).toBe('A006')
    expect(numbers('served')).toEqual(['A006', 'A001'])
  })

  it('begin with the longest wait where the wait is asked about', () => {
    expect(numbers('wait')).toEqual(['A002', 'A006', 'A001', 'A005'])
  })

  it('tell how long they waited, or wait by now', () => {
    expect(waitOf(rows[0]!, 9_000)).toBe(4_000)
    expect(waitOf(rows[3]!, 9_000)).toBe(8_000)
  })
})
