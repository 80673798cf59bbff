/** What only staff are answered, as types. Instants are milliseconds UTC. */

import type { WindowAnswer } from '@web/answers'
import type { TicketClass } from '@web/topics/board'

export interface TicketAtWindow {
  ticket: string
  number: string
  class: TicketClass
  queue: string
  items: string[]
  state: 'called' | 'serving' | 'held'
  issued_at: number
}

/** A window after a command of its clerk. */
export interface DeskAnswer extends WindowAnswer {
  clerk: string | null
  pause_reason: string | null
  announcements: number
  held: TicketAtWindow[]
}

/** A ticket in a list of today's tickets. */
export interface TicketRow {
  ticket: string
  number: string
  class: TicketClass
  queue: string
  zone: string
  items: string[]
  state: string
  window: string | null
  pinned: boolean
  issued_at: number
  called_at: number | null
  ended_reason: string | null
}
export interface TicketList {
  tickets: TicketRow[]
  version: number
}

/** One step of a ticket's way, with the version that proves it. */
export interface HistoryLine {
  version: number
  at: number
  event: string
  text: string
}
export interface HistoryAnswer {
  ticket: string
  number: string
  lines: HistoryLine[]
  version: number
}
