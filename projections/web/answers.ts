/** What the server answers over HTTP, as types. Instants are milliseconds UTC. */

import type { TicketClass } from './topics/board'
import type { Label } from './words'

export interface ZoneLabel {
  zone: string
  name: Label
  place: Label
}
/** A floor of the hall from above: rows of zones, each from left to right. */
export interface FloorLabel {
  name: Label | null
  rows: string[][]
}
export interface QueueLabel {
  queue: string
  zone: string
  letter: string
  name: Label
}
export interface WindowLabel {
  window: string
  zone: string
  name: Label | null
  skills: { queue: string; level: 'primary' | 'backup'; offset_seconds: number }[]
}
export interface DayHours {
  doors_at: number
  sessions: { opens_at: number; closes_at: number }[]
  closing_soon_at: number
  cut_off_at: number
  closes_at: number
}
export interface Indicator {
  code: string
  text: Label
}
export type Grade =
  | 'very-satisfied'
  | 'satisfied'
  | 'basically-satisfied'
  | 'dissatisfied'
  | 'very-dissatisfied'
export type DayStateName = 'not-open' | 'open' | 'closed'

export interface RulesToday {
  green_channels: string[]
  green_who: Label
  announcements_limit: number
  missed_limit: number
  missed_return_after_calls: number
  pause_limit_seconds: number
  pauses_limit: number
  green_credit_seconds: number
  appointment_credit_seconds: number
  appointment_early_seconds: number
  appointment_late_seconds: number
  subject_daily_limit: number
  /** How long nobody should wait. */
  wait_target_seconds: number
  undo_seconds: number
  /** Who wants it is told by SMS when so many are ahead; 0: nobody is. */
  reminder_ahead: number
  card_name: boolean
}
export interface VoiceSettings {
  enabled: boolean
  chime: boolean
  times: number
  english: boolean
  rate: number
  /** What the house itself can speak. */
  clips: ('zh' | 'en')[]
}
export interface ScreenSettings {
  accent: string
  voice: VoiceSettings
  pad_timeout_seconds: number
  show_clerk: boolean
}

export interface Hall {
  hall: string
  name: Label
  date: string
  state: DayStateName
  timezone: string
  clock: { now: number; speed: number; utc_offset_minutes: number }
  link: string
  labels: string
  zones: ZoneLabel[]
  floors: FloorLabel[]
  queues: QueueLabel[]
  windows: WindowLabel[]
  help_desk: Label
  hours: DayHours | null
  rules: RulesToday
  phrases: Record<'missed' | 'pause' | 'transfer' | 'hold', string[]>
  indicators: Partial<Record<Grade, Indicator[]>>
  screen: ScreenSettings
  version: number
}

export interface HallName {
  hall: string
  name: Label
}

export interface Item {
  item: string
  name: string
  name_en: string
  department: string
  zone: string
  queue: string
  aliases: string[]
  minutes: number
  kind: string
  materials: string[]
  score: number | null
  /** How many windows on duty serve it now. */
  open_windows: number
}

export interface IssuedTicket {
  ticket: string
  number: string
  secret: string
  queue: string
  zone: string
  windows: string[]
  items: string[]
  class: TicketClass
  people_ahead: number
  estimate: null
  closing_soon: boolean
  issued_at: number
  phone_path: string
  slip: { text: string[]; printed: boolean; reason: string | null } | null
  version: number
}

export interface FinishedService {
  service: string
  window: string
  clerk_name: string | null
  outcome: string
  supplement: string[]
  finished_at: number
  evaluated: boolean
}

export interface TicketAnswer {
  ticket: string
  number: string
  state: string
  class: TicketClass
  queue: string
  zone: string
  items: string[]
  people_ahead: number | null
  window: string | null
  windows: string[]
  call: number | null
  announcements: number
  issued_at: number
  called_at: number | null
  pause: { used: number; limit: number; until_at: number | null }
  services: FinishedService[]
  ended_reason: string | null
  hall: string
  version: number
}

/** What every command at a window answers. */
export interface WindowAnswer {
  window: string
  state: string
  clerk?: string | null
  /** Told to staff who ask how the window stands. */
  clerk_name?: string | null
  ticket: {
    ticket: string
    number: string
    class: TicketClass
    queue: string
    items: string[]
    state: string
    issued_at: number
    [field: string]: unknown
  } | null
  call?: number | null
  service?: string | null
  version: number
}

export interface SessionAnswer {
  account: string
  name: string
  role: 'clerk' | 'help-desk' | 'manager' | 'inspector' | 'administrator'
  hall: string
  csrf: string
  token?: string
}
