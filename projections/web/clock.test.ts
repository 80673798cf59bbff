import { afterEach, describe, expect, it } from 'vitest'

import {
  HallClock,
  dateOf,
  dayOf,
  keepTimeOf,
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

const hallIn = (timezone: string, minutes: number) => ({
  timezone,
  clock: { utc_offset_minutes: minutes },
})

describe('times of a hall elsewhere', () => {
  afterEach(() => keepTimeOf(hallIn('Asia/Shanghai', 480)))

  it('are its own, in summer and in winter', () => {
    keepTimeOf(hallIn('Europe/Warsaw', 60))

    expect(timeOf(Date.UTC(2026, 0, 5, 8, 0))).toBe('09:00')
    expect(timeOf(Date.UTC(2026, 6, 6, 7, 0))).toBe('09:00')
    expect(dateOf(Date.UTC(2026, 6, 6, 22, 30))).toBe('2026-07-07')
    expect(dayOf(Date.UTC(2026, 6, 6, 21, 59), 'en')).toBe('Monday 6 July')
  })

  it('turn with the hour at which the clocks are put on', () => {
    keepTimeOf(hallIn('Europe/Warsaw', 60))

    expect(timeWithSeconds(Date.UTC(2026, 2, 29, 0, 59, 59))).toBe('01:59:59')
    expect(timeWithSeconds(Date.UTC(2026, 2, 29, 1, 0, 0))).toBe('03:00:00')
  })

  it('know halves of an hour, west and midnight', () => {
    keepTimeOf(hallIn('Asia/Kolkata', 330))
    expect(timeOf(Date.UTC(2026, 0, 5, 18, 30))).toBe('00:00')

    keepTimeOf(hallIn('America/New_York', -300))
    expect(timeOf(Date.UTC(2026, 0, 5, 2, 0))).toBe('21:00')
  })

  it('are what the house says where the browser does not know the zone', () => {
    keepTimeOf(hallIn('Moon/Tranquility', 90))

    expect(timeOf(Date.UTC(2026, 0, 5, 8, 0))).toBe('09:30')
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
