import { describe, expect, it } from 'vitest'

import type { Figures } from '@web/topics/manager'

import type { TicketRow } from '../shared/answers'
import { HALF_HOUR, grown, loadOf } from './load'

const NINE = Math.ceil(1_763_780_400_000 / HALF_HOUR) * HALF_HOUR
const MINUTE = 60_000

const row = (issued: number, called: number | null, state = 'waiting'): TicketRow => ({
  ticket: `t${issued}`,
  number: 'A001',
  class: 'ordinary',
  queue: 'a',
  zone: 'tax',
  items: [],
  state,
  window: null,
  pinned: false,
  issued_at: NINE + issued * MINUTE,
  called_at: called === null ? null : NINE + called * MINUTE,
  ended_reason: null,
})
const figures = (issued: number, called: number) => ({ issued, called }) as Figures

describe('the load of the day', () => {
  it('counts tickets and calls in the half hour in which they were', () => {
    const rows = [row(5, 10), row(20, 35), row(40, null)]

    const load = loadOf(rows, NINE + 50 * MINUTE)

    expect(load.starts).toEqual([NINE, NINE + HALF_HOUR])
    expect(load.issued).toEqual([2, 1])
    expect(load.called).toEqual([1, 1])
  })

  it('tells how many waited at the end of each half hour', () => {
    const rows = [row(5, 10), row(20, 35), row(40, null), row(41, null, 'ended')]

    const load = loadOf(rows, NINE + 50 * MINUTE)

    expect(load.waiting).toEqual([1, 1])
  })

  it('leaves no half hour out in which nothing happened', () => {
    const load = loadOf([row(5, 6)], NINE + 95 * MINUTE)

    expect(load.issued).toEqual([1, 0, 0, 0])
  })

  it('is one empty half hour before the first ticket', () => {
    const load = loadOf([], NINE + MINUTE)

    expect(load).toEqual({ starts: [NINE], issued: [0], called: [0], waiting: [0] })
  })

  it('goes on with what the live link tells', () => {
    const load = loadOf([row(5, 10)], NINE + 20 * MINUTE)

    const same = grown(load, figures(1, 1), figures(3, 2), 1, NINE + 25 * MINUTE)
    const later = grown(same, figures(3, 2), figures(4, 2), 2, NINE + 31 * MINUTE)

    expect(same.issued).toEqual([3])
    expect(later.starts).toEqual([NINE, NINE + HALF_HOUR])
    expect(later.issued).toEqual([3, 1])
    expect(later.called).toEqual([2, 0])
    expect(later.waiting).toEqual([1, 2])
  })

  it('does not change what it was given', () => {
    const load = loadOf([row(5, 10)], NINE + 20 * MINUTE)

    grown(load, figures(1, 1), figures(9, 9), 1, NINE + 25 * MINUTE)

    expect(load.issued).toEqual([1])
  })
})
