/** What the hours of the hall say to a clerk who is about to open a window. */

import type { Hall } from '@web/answers'
import { timeOf } from '@web/clock'

import { words } from './words'

/** Return the line to read first; empty while windows may be opened as usual. */
export function wordsOfDay(hall: Pick<Hall, 'hours' | 'state'>, now: number): string {
  const { hours } = hall
  if (hours === null) return words('open.day.none')
  if (now >= hours.closes_at) {
    return words('open.day.late', { time: timeOf(hours.closes_at) })
  }
  const early = now < hours.doors_at && hall.state === 'not-open'
  return early ? words('open.day.early', { time: timeOf(hours.doors_at) }) : ''
}
