/** What a clerk sees at one window; `console/<hall>/<window>`. */

import type { Change } from '../link/frames'
import type { TicketClass } from './board'
import { UnknownChange, replaced, without } from './reducer'
import { DUTIES, type Duty } from './window'

export type CurrentRow = [
  ticket: string,
  number: string,
  ticketClass: TicketClass,
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
  ticketClass: TicketClass,
  queue: string,
  items: string[],
  issuedAt: number,
  effectiveAt: number,
  offsetSeconds: number,
  flags: number,
]
export type ParkedRow = [
  ticket: string,
  number: string,
  reason: string,
  queue: string,
  sinceAt: number,
]

/** The topic's eight elements, and as a ninth what the arrival rule offered last. */
export type ConsoleState = [
  duty: number,
  clerk: string | null,
  pauseReason: string | null,
  current: CurrentRow | null,
  held: HeldRow[],
  waiting: WaitingRow[],
  parked: ParkedRow[],
  openWindows: string[],
  offered: [ticket: string, number: string] | null,
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
  notYetDue: boolean
}
export interface ParkedTicket {
  ticket: string
  number: string
  reason: string
  queue: string
  sinceAt: number
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
  offered: { ticket: string; number: string } | null
}

export function read(raw: unknown): ConsoleState {
  return [...(raw as unknown[]).slice(0, 8), null] as unknown as ConsoleState
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
      next[8] = null
      return next
    case 2:
      next[4] = change[1] as HeldRow[]
      return next
    case 3:
      next[5] = inDispatchOrder(replaced(state[5], change[1] as WaitingRow))
      return next
    case 4:
      next[5] = without(state[5], change[1] as string)
      if (state[8] && state[8][0] === change[1]) next[8] = null
      return next
    case 5:
      next[6] = replaced(state[6], change[1] as ParkedRow)
      return next
    case 6:
      next[6] = without(state[6], change[1] as string)
      return next
    case 7:
      next[8] = [change[1] as string, change[2] as string]
      return next
    case 8:
      next[7] = change[1] as string[]
      return next
    default:
      throw new UnknownChange('console', change)
  }
}

const CLASS_RANK: Record<TicketClass, number> = {
  green: 0,
  appointment: 1,
  ordinary: 2,
}

/**
 * Sort as the dispatch rule does: effective time plus this window's offset, then
 * class, then time of issue. Rows that were equal keep the order they came in.
 */
function inDispatchOrder(rows: WaitingRow[]): WaitingRow[] {
  return rows
    .map((row, place) => ({ row, place, due: row[6] + row[7] * 1_000 }))
    .sort(
      (a, b) =>
        a.due - b.due ||
        CLASS_RANK[a.row[2]] - CLASS_RANK[b.row[2]] ||
        a.row[5] - b.row[5] ||
        a.place - b.place,
    )
    .map(({ row }) => row)
}

export function view(state: ConsoleState): ConsoleView {
  const [duty, clerk, reason, current, held, waiting, parked, openWindows, offered] =
    state
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
    openWindows,
    offered: offered && { ticket: offered[0], number: offered[1] },
  }
}

function currentOf(row: CurrentRow): CurrentTicket {
  return {
    ticket: row[0],
    number: row[1],
    ticketClass: row[2],
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
    ticketClass: row[2],
    queue: row[3],
    items: row[4],
    issuedAt: row[5],
    effectiveAt: row[6],
    offsetSeconds: row[7],
    pinned: (flags & PINNED) !== 0,
    transferredHere: (flags & TRANSFERRED_HERE) !== 0,
    returned: (flags & RETURNED) !== 0,
    notYetDue: (flags & NOT_YET_DUE) !== 0,
  }
}
