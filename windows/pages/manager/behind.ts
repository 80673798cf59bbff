/** The tickets behind a figure: which they are, and how the server is asked. */

import type { TicketRow } from '../shared/answers'

export type FigureName =
  | 'issued'
  | 'waiting'
  | 'parked'
  | 'called'
  | 'in-time'
  | 'late'
  | 'served'
  | 'missed'
  | 'no-shows'
  | 'cancelled'
  | 'evaluated'
  | 'bad'

/** A figure, and the part of the hall and the day of which it is. */
export interface Behind {
  figure: FigureName
  zone?: string
  window?: string
  /** Issued, or called for the first time, from here on … */
  fromAt?: number
  /** … and before. */
  untilAt?: number
}

/** A version of a day that is looked back at. */
export interface MomentKey {
  date: string
  version: number
}

/** Return the query that asks for the tickets, now or as they stood at a moment. */
export function queryOf(
  behind: Behind,
  moment: MomentKey | null,
  limit: number,
): string {
  const { figure, zone, window, fromAt, untilAt } = behind
  const values: Record<string, string> = { behind: figure, limit: String(limit) }
  if (zone) values['zone'] = zone
  if (window) values['window'] = window
  if (fromAt) values['from_at'] = String(fromAt)
  if (untilAt) values['until_at'] = String(untilAt)
  return momentQuery(values, moment)
}

/** Return a query about the day that is shown, as it stands or as it stood. */
export function momentQuery(
  values: Record<string, string>,
  moment: MomentKey | null,
): string {
  const query = new URLSearchParams(values)
  if (moment) {
    query.set('date', moment.date)
    query.set('at', String(moment.version))
  }
  return query.toString()
}

/** Return how long a ticket waited for its first call, or waits by now. */
export function waitOf(row: TicketRow, now: number): number {
  return row.waited_seconds === null
    ? Math.max(0, (row.ended_reason ? row.since_at : now) - row.issued_at)
    : row.waited_seconds * 1_000
}

/** Return whether a ticket may be pinned: it is in line, or parked by the rules. */
export function canBePinned(row: Pick<TicketRow, 'state' | 'pinned'>): boolean {
  return !row.pinned && ['waiting', 'missed', 'preparing'].includes(row.state)
}
