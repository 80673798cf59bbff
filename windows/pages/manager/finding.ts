/** From a number, as people say it, to the way of its ticket. */

import type { TicketList } from '../shared/answers'
import { canBePinned, momentQuery } from './behind'
import { pathOf, type Floor, type HistoryShown } from './floor'

/**
 * Return what to show of the ticket that got the number last: as it stands or stood on
 * the day that is shown, or as it ended on another day; null if nobody had it.
 */
export async function findNumber(
  floor: Floor,
  number: string,
  otherDay = '',
): Promise<HistoryShown | null> {
  const query = otherDay
    ? new URLSearchParams({ number, date: otherDay }).toString()
    : momentQuery({ number }, floor.moment.value)
  const path = `${pathOf(floor.hall, 'tickets')}?${query}`
  const { tickets } = await floor.session.api.get<TicketList>(path)
  const found = tickets[tickets.length - 1]
  if (!found) return null
  return {
    is: 'history',
    ticket: found.ticket,
    number: found.number,
    canBePinned: !otherDay && canBePinned(found),
    ...(otherDay ? { date: otherDay } : {}),
  }
}
