/** Stretches of time in words, as short as a list needs them. */

import { minutesBetween } from '@web/clock'
import { wordsOf } from '@web/words'

import { STAFF } from './words'

const words = wordsOf(STAFF)

/** Say how long it is since an instant, in whole minutes. */
export function sinceInWords(from: number, now: number): string {
  return minutesInWords(minutesBetween(from, now))
}

export function minutesInWords(minutes: number): string {
  if (minutes < 1) return words('staff.under-a-minute')
  return words('staff.minutes', { n: minutes })
}
