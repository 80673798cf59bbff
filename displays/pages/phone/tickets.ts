/** The numbers taken on this phone, so that a lost page is found again. */

import { lasting, type Store } from '@web/store'

export interface KeptTicket {
  number: string
  path: string
  date: string
}

const MOST = 8

export function keptTickets(hall: string, store: Store = lasting): KeptTicket[] {
  const kept = store.read(`yihao.tickets.${hall}`)
  return kept ? (JSON.parse(kept) as KeptTicket[]) : []
}

export function keepTicket(hall: string, ticket: KeptTicket, store = lasting): void {
  const others = keptTickets(hall, store).filter((row) => row.path !== ticket.path)
  const rows = [ticket, ...others].slice(0, MOST)
  store.write(`yihao.tickets.${hall}`, JSON.stringify(rows))
}

/** A ticket has ended: it need not be found again. */
export function dropTicket(hall: string, id: string, store = lasting): void {
  const rows = keptTickets(hall, store).filter(
    (row) => !row.path.startsWith(`/t/${id}#`),
  )
  store.write(`yihao.tickets.${hall}`, JSON.stringify(rows))
}
