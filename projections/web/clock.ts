/**
 * The hall's clock, and times written by hand.
 *
 * The server says what time it is in the hall and how fast that time runs; the
 * screen's own clock may be wrong. No `Intl` option writes a 24-hour clock right on
 * Chromium 72, 80 and 88, so hours and minutes are padded here.
 */

import type { Language } from './words'

/** China has one time zone and no summer time. */
export const CHINA_OFFSET_MINUTES = 480

const MINUTE = 60_000
const DAY = 86_400_000

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
export function timeOf(at: number, offset: number = CHINA_OFFSET_MINUTES): string {
  const minutes = Math.floor(((((at + offset * MINUTE) % DAY) + DAY) % DAY) / MINUTE)
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
}

/** Write an instant as `09:05:07` in the hall's time. */
export function timeWithSeconds(
  at: number,
  offset: number = CHINA_OFFSET_MINUTES,
): string {
  const seconds = Math.floor((((at % MINUTE) + MINUTE) % MINUTE) / 1_000)
  return `${timeOf(at, offset)}:${twoDigits(seconds)}`
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
export function dayOf(
  at: number,
  language: Language,
  offset: number = CHINA_OFFSET_MINUTES,
): string {
  const local = new Date(at + offset * MINUTE)
  const day = local.getUTCDate()
  const month = local.getUTCMonth()
  const weekday = WEEKDAYS[language][local.getUTCDay()]!
  return language === 'zh'
    ? `${month + 1}月${day}日 ${weekday}`
    : `${weekday} ${day} ${MONTHS[month]}`
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
