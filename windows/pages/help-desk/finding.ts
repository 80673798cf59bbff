/** From a number, or a part of it, to the tickets of today that may be meant. */

import type { Api } from '@web/api'

import type { TicketList, TicketRow } from '../shared/answers'

const MOST = 30

export interface Found {
  tickets: TicketRow[]
  /** How many there are; the list holds the first of them. */
  count: number
}

/** Return the tickets whose number is, or else contains, what was typed. */
export async function findTickets(
  api: Pick<Api, 'get'>,
  hall: string,
  typed: string,
): Promise<Found> {
  const path = `/api/halls/${encodeURIComponent(hall)}/tickets`
  const part = typed.trim().toUpperCase()
  const query = new URLSearchParams({ part, limit: String(MOST) })
  const { tickets, count } = await api.get<TicketList>(`${path}?${query}`)
  const exact = tickets.filter((ticket) => ticket.number === part)
  return exact.length ? { tickets: exact, count: exact.length } : { tickets, count }
}

/** Where a list of tickets leads at once: its only one. */
export function onlyOne(found: Found): TicketRow | null {
  return found.tickets.length === 1 ? found.tickets[0]! : null
}
