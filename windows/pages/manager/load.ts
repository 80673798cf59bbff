/** The day's load by half hours: from the tickets so far, then as it goes on. */

import type { Figures } from '@web/topics/manager'

import type { TicketRow } from '../shared/answers'

export interface Load {
  /** The beginning of each half hour, without gaps. */
  starts: number[]
  issued: number[]
  called: number[]
  /** How many waited at the end of each half hour, or now in the last. */
  waiting: number[]
}

export const HALF_HOUR = 1_800_000

/** Count the tickets of today by half hours, up to `now`. */
export function loadOf(rows: TicketRow[], now: number): Load {
  const first = rows.reduce((early, row) => Math.min(early, row.issued_at), now)
  const load: Load = { starts: [], issued: [], called: [], waiting: [] }
  for (let at = halfHourOf(first); at <= now; at += HALF_HOUR) {
    const end = Math.min(at + HALF_HOUR, now + 1)
    const within = (time: number | null) => time !== null && time >= at && time < end
    load.starts.push(at)
    load.issued.push(rows.filter((row) => within(row.issued_at)).length)
    load.called.push(rows.filter((row) => within(row.called_at)).length)
    load.waiting.push(rows.filter((row) => waitedAt(row, end)).length)
  }
  return load
}

/** Go on with the counts that the live link tells. */
export function grown(
  load: Load,
  before: Figures,
  after: Figures,
  waitingNow: number,
  now: number,
): Load {
  const next: Load = {
    starts: load.starts.slice(),
    issued: load.issued.slice(),
    called: load.called.slice(),
    waiting: load.waiting.slice(),
  }
  const from = next.starts[next.starts.length - 1] ?? halfHourOf(now) - HALF_HOUR
  for (let at = from + HALF_HOUR; at <= now; at += HALF_HOUR) {
    next.starts.push(at)
    next.issued.push(0)
    next.called.push(0)
    next.waiting.push(waitingNow)
  }
  const last = next.starts.length - 1
  next.issued[last] =
    (next.issued[last] ?? 0) + Math.max(0, after.issued - before.issued)
  next.called[last] =
    (next.called[last] ?? 0) + Math.max(0, after.called - before.called)
  next.waiting[last] = waitingNow
  return next
}

function halfHourOf(at: number): number {
  return Math.floor(at / HALF_HOUR) * HALF_HOUR
}

/** Whether the ticket waited for its first call at an instant. */
function waitedAt(row: TicketRow, at: number): boolean {
  if (row.issued_at >= at) return false
  if (row.called_at !== null) return row.called_at >= at
  return row.state !== 'ended'
}
