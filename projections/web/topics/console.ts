/** What a clerk sees at one window; `console/<hall>/<window>`. */

import type { Change } from '../link/frames'
import { TICKET_CLASSES, type TicketClass } from './board'
import { noticeOf, type Notice, type NoticeRow } from './notices'
import { UnknownChange, replaced, without } from './reducer'
import { DUTIES, type Duty } from './window'

export type CurrentRow = [
  ticket: string,
  number: string,
  rank: number,
  queue: string,
  items: string[],
  stage: number,
  call: number,
  announcements: number,
  sinceAt: number,
  service: string | null,
]
export type HeldRow = [ticket: string, number: string, items: string[], sinceAt: number]
export type WaitingRow = [
  ticket: string,
  number: string,
  rank: number,
  queue: string,
  items: string[],
  issuedAt: number,
  effectiveAt: number,
  offsetSeconds: number,
  flags: number,
  sequence: number,
]
export type ParkedRow = [
  ticket: string,
  number: string,
  reason: string,
  queue: string,
  sinceAt: number,
]

export type UndoRow = [what: number, ticket: string, number: string, untilAt: number]

export type ConsoleState = [
  duty: number,
  clerk: string | null,
  pauseReason: string | null,
  current: CurrentRow | null,
  held: HeldRow[],
  waiting: WaitingRow[],
  parked: ParkedRow[],
  openWindows: string[],
  notices: NoticeRow[],
  undo: UndoRow | null,
]

export const PINNED = 1
export const TRANSFERRED_HERE = 2
export const RETURNED = 4
export const NOT_YET_DUE = 8

export interface CurrentTicket {
  ticket: string
  number: string
  ticketClass: TicketClass
  queue: string
  items: string[]
  stage: 'called' | 'serving'
  call: number
  announcements: number
  sinceAt: number
  service: string
}
export interface HeldTicket {
  ticket: string
  number: string
  items: string[]
  sinceAt: number
}
export interface WaitingTicket {
  ticket: string
  number: string
  ticketClass: TicketClass
  queue: string
  items: string[]
  issuedAt: number
  effectiveAt: number
  offsetSeconds: number
  pinned: boolean
  transferredHere: boolean
  returned: boolean
  /** `effectiveAt` lay ahead when the row was made; it is due when that has come. */
  notYetDue: boolean
  sequence: number
}
export interface ParkedTicket {
  ticket: string
  number: string
  reason: string
  queue: string
  sinceAt: number
}
/** What the window did last and may undo, as long as `untilAt` has not come. */
export interface Undoable {
  what: 'missed' | 'completed'
  ticket: string
  number: string
  untilAt: number
}
export interface ConsoleView {
  duty: Duty
  clerk: string
  pauseReason: string
  current: CurrentTicket | null
  held: HeldTicket[]
  waiting: WaitingTicket[]
  parked: ParkedTicket[]
  openWindows: string[]
  notices: Notice[]
  undo: Undoable | null
}

export function read(raw: unknown): ConsoleState {
  return raw as ConsoleState
}

export function apply(state: ConsoleState, change: Change): ConsoleState {
  const next = state.slice() as ConsoleState
  switch (change[0]) {
    case 0:
      next[0] = change[1] as number
      next[1] = change[2] as string | null
      next[2] = change[3] as string | null
      return next
    case 1:
      next[3] = change[1] as CurrentRow | null
      return next
    case 2:
      next[4] = change[1] as HeldRow[]
      return next
    case 3:
      next[5] = inDispatchOrder(replaced(state[5], change[1] as WaitingRow))
      return next
    case 4:
      next[5] = without(state[5], change[1] as string)
      return next
    case 5:
      next[6] = inOrderOfParking(replaced(state[6], change[1] as ParkedRow))
      return next
    case 6:
      next[6] = without(state[6], change[1] as string)
      return next
    case 7:
      return state
    case 8:
      next[7] = change[1] as string[]
      return next
    case 9:
      next[8] = change[1] as NoticeRow[]
      return next
    case 10:
      next[9] = change[1] as UndoRow | null
      return next
    default:
      throw new UnknownChange('console', change)
  }
}

/**
 * Return the ticket of a nudge: the arrival rule offers it to this window now. It is
 * news, not state; watch for it while following the topic.
 */
export function offered(change: Change): { ticket: string; number: string } | null {
  if (change[0] !== 7) return null
  return { ticket: change[1] as string, number: change[2] as string }
}

/** Effective time with this window's offset, then class, then order of issue. */
function inDispatchOrder(rows: WaitingRow[]): WaitingRow[] {
  const due = (row: WaitingRow) => row[6] + row[7] * 1_000
  return rows.sort((a, b) => due(a) - due(b) || a[2] - b[2] || a[9] - b[9])
}

function inOrderOfParking(rows: ParkedRow[]): ParkedRow[] {
  return rows.sort((a, b) => a[4] - b[4] || (a[0] < b[0] ? -1 : 1))
}

export function view(state: ConsoleState): ConsoleView {
  const [duty, clerk, reason, current, held, waiting, parked] = state
  return {
    duty: DUTIES[duty] ?? 'closed',
    clerk: clerk ?? '',
    pauseReason: reason ?? '',
    current: current && currentOf(current),
    held: held.map(([ticket, number, items, sinceAt]) => ({
      ticket,
      number,
      items,
      sinceAt,
    })),
    waiting: waiting.map(waitingOf),
    parked: parked.map(([ticket, number, why, queue, sinceAt]) => ({
      ticket,
      number,
      reason: why,
      queue,
      sinceAt,
    })),
    openWindows: state[7],
    notices: state[8].map(noticeOf),
    undo: state[9] && undoableOf(state[9]),
  }
}

function undoableOf([what, ticket, number, untilAt]: UndoRow): Undoable {
  return { what: what === 0 ? 'missed' : 'completed', ticket, number, untilAt }
}

function currentOf(row: CurrentRow): CurrentTicket {
  return {
    ticket: row[0],
    number: row[1],
    ticketClass: TICKET_CLASSES[row[2]] ?? 'ordinary',
    queue: row[3],
    items: row[4],
    stage: row[5] === 2 ? 'serving' : 'called',
    call: row[6],
    announcements: row[7],
    sinceAt: row[8],
    service: row[9] ?? '',
  }
}

function waitingOf(row: WaitingRow): WaitingTicket {
  const flags = row[8]
  return {
    ticket: row[0],
    number: row[1],
    ticketClass: TICKET_CLASSES[row[2]] ?? 'ordinary',
    queue: row[3],
    items: row[4],
    issuedAt: row[5],
    effectiveAt: row[6],
    offsetSeconds: row[7],
    pinned: (flags & PINNED) !== 0,
    transferredHere: (flags & TRANSFERRED_HERE) !== 0,
    returned: (flags & RETURNED) !== 0,
    notYetDue: (flags & NOT_YET_DUE) !== 0,
    sequence: row[9],
  }
}
