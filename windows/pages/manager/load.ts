/** The day's load by half hours, ready to be drawn. */

import type { HalfHour } from '@web/topics/manager'

export interface Load {
  /** The beginning of each half hour, without gaps. */
  starts: number[]
  /** Nothing is known of half hours to come. */
  issued: (number | null)[]
  called: (number | null)[]
  /** How many waited at the end of each half hour, or now in the last. */
  waiting: (number | null)[]
}

export const HALF_HOUR = 1_800_000

/**
 * Return the load up to `now`, half hours in which nothing happened among them, and the
 * empty half hours from there until `end`, so that the day keeps its shape.
 */
export function loadOf(
  rows: HalfHour[],
  waitingNow: number,
  now: number,
  end = now,
): Load {
  const load: Load = { starts: [], issued: [], called: [], waiting: [] }
  for (const row of rows) add(load, row, waitingNow)
  const last = load.starts[load.starts.length - 1]
  if (last === undefined) return load
  let at = last + HALF_HOUR
  for (; at <= now; at += HALF_HOUR) {
    add(load, { startAt: at, issued: 0, called: 0, waiting: null }, waitingNow)
  }
  for (; at < end; at += HALF_HOUR) {
    load.starts.push(at)
    for (const row of [load.issued, load.called, load.waiting]) row.push(null)
  }
  return load
}

function add(load: Load, row: HalfHour, waitingNow: number): void {
  load.starts.push(row.startAt)
  load.issued.push(row.issued)
  load.called.push(row.called)
  load.waiting.push(row.waiting ?? waitingNow)
}
