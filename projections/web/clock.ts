/**
 * The hall's clock, and times written by hand.
 *
 * The server says what time it is in the hall and how fast that time runs; the
 * screen's own clock may be wrong. No `Intl` option writes a 24-hour clock right on
 * Chromium 72, 80 and 88, so hours and minutes are padded here.
 */

import type { Language } from './words'

const MINUTE = 60_000
const DAY = 86_400_000

/** Where the hall is, as its answer says it. */
export interface HallTime {
  timezone: string
  clock: { utc_offset_minutes: number }
}

interface Zone {
  /** Null where this browser does not know the time zone. */
  format: Intl.DateTimeFormat | null
  minutes: number
}

/** A page shows one hall; until that has answered, China's time is the likely one. */
let zone = zoneOf('Asia/Shanghai', 480)

/** Write all times of this page in the hall's time zone from now on. */
export function keepTimeOf(hall: HallTime): void {
  zone = zoneOf(hall.timezone, hall.clock.utc_offset_minutes)
}

function zoneOf(name: string, minutes: number): Zone {
  try {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', hour12: false },
    } as Intl.DateTimeFormatOptions)
    return { format, minutes }
  } catch (error) {
    // An old browser does not know a zone that was named later.
    if (error instanceof RangeError) return { format: null, minutes }
    throw error
  }
}

/** Return how many minutes the hall's time was, or will be, ahead of UTC. */
export function offsetAt(at: number): number {
  if (!zone.format) return zone.minutes
  const local: Record<string, number> = {}
  const whole = Math.floor(at / MINUTE) * MINUTE
  zone.format.formatToParts(whole).forEach((part) => {
    local[part.type] = Number(part.value)
  })
  const { year, month, day, hour, minute } = local as Record<string, number>
  // Some browsers write midnight as 24:00 of the day that begins.
  const there = Date.UTC(year!, month! - 1, day!, hour! % 24, minute!)
  return (there - whole) / MINUTE
}

export class HallClock {
  private base = Date.now()
  private speed = 1
  private setAt: number
  private readonly listeners = new Set<() => void>()

  /** `local` counts milliseconds and never runs backwards. */
  constructor(private readonly local: () => number = () => performance.now()) {
    this.setAt = local()
  }

  /** Take over what the server said it is, just now. */
  set(now: number, speed: number): void {
    this.base = now
    this.speed = speed
    this.setAt = this.local()
    this.listeners.forEach((listener) => listener())
  }

  /** Be told when the clock is put right, until the returned function is called. */
  onSet(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  now(): number {
    return this.at(this.local())
  }

  /** Return the hall's time at an instant of the local clock. */
  at(local: number): number {
    return Math.round(this.base + (local - this.setAt) * this.speed)
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** Write an instant as `09:05` in the hall's time. */
export function timeOf(at: number): string {
  const local = at + offsetAt(at) * MINUTE
  const minutes = Math.floor((((local % DAY) + DAY) % DAY) / MINUTE)
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
}

/** Write an instant as `09:05:07` in the hall's time. */
export function timeWithSeconds(at: number): string {
  const seconds = Math.floor((((at % MINUTE) + MINUTE) % MINUTE) / 1_000)
  return `${timeOf(at)}:${twoDigits(seconds)}`
}

const WEEKDAYS: Record<Language, string[]> = {
  zh: ['日', '一', '二', '三', '四', '五', '六'].map((day) => `星期${day}`),
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
  ...['September', 'October', 'November', 'December'],
]

/** Write the hall's date at an instant: `11月22日 星期日`, `Sunday 22 November`. */
export function dayOf(at: number, language: Language): string {
  const local = new Date(at + offsetAt(at) * MINUTE)
  const day = local.getUTCDate()
  const month = local.getUTCMonth()
  const weekday = WEEKDAYS[language][local.getUTCDay()]!
  return language === 'zh'
    ? `${month + 1}月${day}日 ${weekday}`
    : `${weekday} ${day} ${MONTHS[month]}`
}

/** Write the hall's date at an instant as `2026-11-22`. */
export function dateOf(at: number): string {
  return new Date(at + offsetAt(at) * MINUTE).toISOString().slice(0, 10)
}

/** Return the whole minutes from one instant to another, never below zero. */
export function minutesBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / MINUTE))
}

/** Write a stretch of time as `4:05` or `1:04:05`. */
export function stretchOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor((seconds % 3_600) / 60)
  const rest = twoDigits(seconds % 60)
  return hours ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`
}
