/** What only staff are answered, as types. Instants are milliseconds UTC. */

import type {
  DayHours,
  FloorLabel,
  Grade,
  QueueLabel,
  WindowAnswer,
  WindowLabel,
  ZoneLabel,
} from '@web/answers'
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
  /** Since when it is in its state. */
  since_at: number
  /** Until its first call; null before that. */
  waited_seconds: number | null
  served_by: string | null
  grade: Grade | null
  misses: number
  ended_reason: string | null
}
export interface TicketList {
  date: string
  tickets: TicketRow[]
  /** How many there are; the list holds the first of them. */
  count: number
  version: number
}

/** One thing that happened, with the version that proves it. */
export interface HistoryLine {
  version: number
  at: number
  time: string
  event: string
  by: string
  text: string
}
export interface HistoryAnswer {
  date: string
  ticket: string
  number: string
  lines: HistoryLine[]
  version: number
}

/** The screens that follow one board or one window, by their own reports. */
export interface ScreensShown {
  kind: 'board' | 'window'
  place: string
  screens: number
  stale: number
  stale_seconds: number
  missing: number
  missing_seconds: number
}
export interface ScreenList {
  screens: ScreensShown[]
  version: number
}

export interface WaitingShown {
  ticket: string
  number: string
  class: TicketClass
  items: string[]
  issued_at: number
  waiting_since: number
  effective_at: number
  pinned: boolean
  returned: boolean
}
export interface LineShown {
  queue: string
  window: string | null
  extended: boolean
  zone: string
  waiting: WaitingShown[]
}
export interface ParkedShown {
  ticket: string
  number: string
  queue: string
  zone: string
  reason: string
  since_at: number
}
/** The hall as it stood at one version of one day. */
export interface Moment {
  hall: string
  date: string
  version: number
  at: number
  first_version: number
  last_version: number
  first_at: number
  last_at: number
  event: HistoryLine
  previous: HistoryLine | null
  next: HistoryLine | null
  /** The states that the live link told the board and the manager's page then. */
  board: unknown
  manager: unknown
  lines: LineShown[]
  parked: ParkedShown[]
  wait_target_seconds: number
  hours: DayHours | null
  labels: string
  places: {
    zones: ZoneLabel[]
    floors: FloorLabel[]
    queues: QueueLabel[]
    windows: WindowLabel[]
  } | null
}
