/** The tickets behind a figure. */

import type { TicketRow } from '../shared/answers'

export type FigureName =
  'issued' | 'waiting' | 'served' | 'wait' | 'missed' | 'no-shows' | 'cancelled'

/** Return the tickets a figure counts, those first that are looked at first. */
export function ticketsBehind(figure: FigureName, rows: TicketRow[]): TicketRow[] {
  switch (figure) {
    case 'issued':
      return rows.slice().reverse()
    case 'waiting':
      return rows.filter((row) => row.state === 'waiting')
    case 'served':
      return rows.filter((row) => row.ended_reason === 'served').reverse()
    case 'wait':
      return rows
        .filter((row) => row.called_at !== null)
        .sort((a, b) => waitOf(b) - waitOf(a))
    case 'missed':
      return rows.filter((row) => row.state === 'missed')
    case 'no-shows':
      return rows.filter((row) => row.ended_reason === 'no-show')
    case 'cancelled':
      return rows.filter((row) => row.ended_reason === 'cancelled')
  }
}

/** Return how long a ticket waited for its last call, or waits now. */
export function waitOf(row: TicketRow, now: number = row.issued_at): number {
  return (row.called_at ?? now) - row.issued_at
}
