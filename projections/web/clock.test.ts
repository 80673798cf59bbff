import { describe, expect, it } from 'vitest'

import {
  HallClock,
  dayOf,
  minutesBetween,
  stretchOf,
  timeOf,
  timeWithSeconds,
} from './clock'

const NOON_UTC = Date.UTC(2026, 2, 2, 12, 0, 0)

describe('the hall clock', () => {
  it('runs from what the server said, at the speed it said', () => {
    let local = 5_000
    const clock = new HallClock(() => local)

    clock.set(NOON_UTC, 60)
    local += 1_000

    expect(clock.now()).toBe(NOON_UTC + 60_000)
    expect(clock.at(5_500)).toBe(NOON_UTC + 30_000)
  })
})

describe('a clock on the screen', () => {
  it('is told at once when the clock is put right', () => {
    const clock = new HallClock(() => 0)
    const seen: number[] = []
    const leave = clock.onSet(() => seen.push(clock.now()))

    clock.set(NOON_UTC, 1)
    leave()
    clock.set(0, 1)

    expect(seen).toEqual([NOON_UTC])
  })
})

describe('written times', () => {
  it.each([
    [0, '08:00'],
    [NOON_UTC, '20:00'],
    [Date.UTC(2026, 2, 2, 15, 59, 59), '23:59'],
    [Date.UTC(2026, 2, 2, 16, 0, 0), '00:00'],
  ])('are in the hall, with two digits and 24 hours: %i', (at, written) => {
    expect(timeOf(at)).toBe(written)
  })

  it('have seconds where they say as of when', () => {
    expect(timeWithSeconds(NOON_UTC + 7_999)).toBe('20:00:07')
  })

  it('name the day of the hall, not of London', () => {
    const lateEvening = Date.UTC(2026, 10, 22, 17, 0, 0)

    expect(dayOf(lateEvening, 'zh')).toBe('11月23日 星期一')
    expect(dayOf(lateEvening, 'en')).toBe('Monday 23 November')
  })

  it('count whole minutes and write stretches', () => {
    expect(minutesBetween(0, 119_999)).toBe(1)
    expect(minutesBetween(60_000, 0)).toBe(0)
    expect(stretchOf(65_000)).toBe('1:05')
    expect(stretchOf(3_665_000)).toBe('1:01:05')
  })
})
