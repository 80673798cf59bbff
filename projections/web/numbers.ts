/** A ticket number in its parts, the same on every screen. */

import type { Hall, WindowLabel } from './answers'
import { labelOf, language } from './words'

/** Split `VA012` into its letters and its digits. */
export function partsOf(number: string): { letters: string; digits: string } {
  const found = /^([^\d]*)(\d*)$/.exec(number)
  return { letters: found?.[1] ?? '', digits: found?.[2] ?? number }
}

/** The width of one sign of a ticket number or of a window's figure, in em. */
export const HEAVY_SIGN = 0.66

/** Return how large a number may stand in a room (in rem), at most `largest`. */
export function fitted(number: string, room: number, largest: number): number {
  return Math.min(largest, room / (number.length * HEAVY_SIGN))
}

/** Return the window's name as it is written over it, or its bare number. */
export function windowLabel(
  hall: { windows: WindowLabel[] } | null,
  window: string,
): string {
  const known = hall?.windows.find((row) => row.window === window)
  return labelOf(known?.name) || plainWindow(window)
}

/** Write a window's id as people say it: `007` is window 7. */
export function plainWindow(window: string): string {
  return window.replace(/^0+(?=\d)/, '')
}

/** Return the zone's name in the language spoken now. */
export function zoneLabel(hall: Hall | null, zone: string): string {
  return labelOf(hall?.zones.find((row) => row.zone === zone)?.name) || zone
}

/** Return the queue's name in the language spoken now. */
export function queueLabel(hall: Hall | null, queue: string): string {
  return labelOf(hall?.queues.find((row) => row.queue === queue)?.name) || queue
}

/** A window's number with its figure apart, so that the figure can stand large. */
export interface WindowParts {
  before: string
  figure: string
  after: string
}

/** Divide what is said of a window: `3` and `号窗口`, or `Window` and `3`. */
export function windowParts(window: string): WindowParts {
  const figure = plainWindow(window)
  return language.value === 'en'
    ? { before: 'Window', figure, after: '' }
    : { before: '', figure, after: '号窗口' }
}

/** Return the name over a window where it says more than its number. */
export function windowName(
  hall: { windows: WindowLabel[] } | null,
  window: string,
): string {
  const name = labelOf(hall?.windows.find((row) => row.window === window)?.name)
  const bare = /^(window )?[A-Za-z]{0,3}\d{1,4}(号?窗口?|号)?$/i
  return bare.test(name) ? '' : name
}
