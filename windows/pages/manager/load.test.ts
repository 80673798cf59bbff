import { describe, expect, it } from 'vitest'

import type { HalfHour } from '@web/topics/manager'

import { HALF_HOUR, loadOf } from './load'

const NINE = 1_763_780_400_000
const half = (
  place: number,
  issued: number,
  called: number,
  waiting: number | null,
): HalfHour => ({ startAt: NINE + place * HALF_HOUR, issued, called, waiting })

describe('the load of the day', () => {
  it('tells who waited at the end of each half hour, and who waits now', () => {
    const rows = [half(0, 9, 4, 5), half(1, 6, 8, null)]

    const load = loadOf(rows, 3, NINE + HALF_HOUR + 60_000)

    expect(load).toEqual({
      starts: [NINE, NINE + HALF_HOUR],
      issued: [9, 6],
      called: [4, 8],
      waiting: [5, 3],
    })
  })

  it('goes on through half hours in which nothing happens', () => {
    const load = loadOf([half(0, 9, 4, null)], 5, NINE + 2 * HALF_HOUR)

    expect(load.issued).toEqual([9, 0, 0])
    expect(load.waiting).toEqual([5, 5, 5])
  })

  it('keeps its shape until the hall closes, and tells nothing of what is to come', () => {
    const end = NINE + 3 * HALF_HOUR
    const load = loadOf([half(0, 9, 4, null)], 5, NINE + 60_000, end)

    expect(load.starts).toEqual([NINE, NINE + HALF_HOUR, NINE + 2 * HALF_HOUR])
    expect(load.called).toEqual([4, null, null])
    expect(load.waiting).toEqual([5, null, null])
    expect(loadOf([half(0, 9, 4, null)], 5, end, NINE).called).toEqual([4, 0, 0, 0])
  })

  it('is nothing before the day', () => {
    expect(loadOf([], 0, NINE).starts).toEqual([])
  })
})
