/** The board: who is called, and where he goes; `board/<hall>[/<zone>]`. */

import type { Change } from '../link/frames'
import { noticeOf, type Notice, type NoticeRow } from './notices'
import { UnknownChange, without } from './reducer'

/** The classes of tickets by their rank, which is what frames carry. */
export const TICKET_CLASSES = ['green', 'appointment', 'ordinary'] as const
export type TicketClass = (typeof TICKET_CLASSES)[number]

export const DAY_NOT_OPEN = 0
export const DAY_OPEN = 1
export const DAY_CLOSED = 2

export const CALLED = 0
export const HERE = 1

export type CallRow = [
  call: number,
  number: string,
  window: string,
  calledAt: number,
  announcements: number,
  state: number,
  rank: number,
]
export type BoardZoneRow = [
  zone: string,
  waiting: number,
  openWindows: number,
  next: string[],
]
export type BoardState = [
  date: string,
  dayState: number,
  calls: CallRow[],
  zones: BoardZoneRow[],
  closing: ClosingRow | null,
  notices: NoticeRow[],
]
export type ClosingRow = [closingSoonAt: number, cutOffAt: number, closesAt: number]

export interface BoardCall {
  call: number
  number: string
  window: string
  calledAt: number
  announcements: number
  here: boolean
  ticketClass: TicketClass
}

export interface BoardZone {
  zone: string
  waiting: number
  openWindows: number
  /** The first number in each queue of the zone, who is called soonest first. */
  next: string[]
}

export function read(raw: unknown): BoardState {
  return raw as BoardState
}

export function apply(state: BoardState, change: Change): BoardState {
  const next = state.slice() as BoardState
  const calls = state[2]
  switch (change[0]) {
    case 0: {
      const [, call, number, window, calledAt, rank] = change as [
        0,
        number,
        string,
        string,
        number,
        number,
      ]
      next[3] = state[3].map((row) => withoutNext(row, number))
      if (calls.some((row) => row[0] === call)) return next
      next[2] = [...calls, [call, number, window, calledAt, 1, CALLED, rank]]
      return next
    }
    case 1: {
      const [, call, announcements] = change as [1, number, number, number]
      next[2] = recalled(calls, call, announcements)
      return next
    }
    case 2: {
      const call = change[1] as number
      next[2] = calls.map((row) => (row[0] === call ? atWindow(row) : row))
      return next
    }
    case 3:
      next[2] = without(calls, change[1] as number)
      return next
    case 4: {
      const [, zone, waiting, following] = change as [4, number, number, string[]]
      next[3] = changed(state[3], zone, ([name, , open]) => [
        name,
        waiting,
        open,
        following,
      ])
      return next
    }
    case 5:
      next[0] = change[1] as string
      next[1] = change[2] as number
      return next
    case 6:
      next[5] = change[1] as NoticeRow[]
      return next
    case 7: {
      const [, zone, open] = change as [7, number, number]
      next[3] = changed(state[3], zone, ([name, waiting, , following]) => [
        name,
        waiting,
        open,
        following,
      ])
      return next
    }
    case 8: {
      const [, zone, waiting, place, number] = change as [
        8,
        number,
        number,
        number?,
        string?,
      ]
      next[3] = changed(state[3], zone, ([name, , open, following]) => [
        name,
        waiting,
        open,
        number === undefined ? following : added(following, place!, number),
      ])
      return next
    }
    default:
      throw new UnknownChange('board', change)
  }
}

/** Change the row at this place; without one nothing changes. */
function changed(
  rows: BoardZoneRow[],
  place: number,
  change: (row: BoardZoneRow) => BoardZoneRow,
): BoardZoneRow[] {
  return rows.map((row, rank) => (rank === place ? change(row) : row))
}

function added(numbers: string[], place: number, number: string): string[] {
  if (numbers.indexOf(number) >= 0) return numbers
  return [...numbers.slice(0, place), number, ...numbers.slice(place)]
}

/** Whoever is called is not next any longer. */
function withoutNext(row: BoardZoneRow, number: string): BoardZoneRow {
  if (row[3].indexOf(number) < 0) return row
  return [row[0], row[1], row[2], row[3].filter((one) => one !== number)]
}

function recalled(calls: CallRow[], call: number, announcements: number): CallRow[] {
  return calls.map((row) => {
    if (row[0] !== call) return row
    const copy = row.slice() as CallRow
    copy[4] = announcements
    return copy
  })
}

function atWindow(row: CallRow): CallRow {
  const copy = row.slice() as CallRow
  copy[5] = HERE
  return copy
}

/** The calls by name, oldest first as they were made. */
export function callsOf(state: BoardState): BoardCall[] {
  return state[2].map(
    ([call, number, window, calledAt, announcements, place, rank]) => ({
      call,
      number,
      window,
      calledAt,
      announcements,
      here: place === HERE,
      ticketClass: TICKET_CLASSES[rank] ?? 'ordinary',
    }),
  )
}

export function zonesOf(state: BoardState): BoardZone[] {
  return state[3].map(([zone, waiting, openWindows, next]) => ({
    zone,
    waiting,
    openWindows,
    next,
  }))
}

export function noticesOf(state: BoardState): Notice[] {
  return state[5].map(noticeOf)
}

/** Join the boards of several zones into one picture; calls stand in their order. */
export function joined(states: BoardState[]): BoardState | null {
  if (states.length === 0) return null
  const calls = new Map<number, CallRow>()
  const zones = new Map<string, BoardZoneRow>()
  const notices = new Map<string, NoticeRow>()
  for (const [, , stateCalls, stateZones, , stateNotices] of states) {
    stateCalls.forEach((row) => calls.set(row[0], row))
    stateZones.forEach((row) => zones.set(row[0], row))
    stateNotices.forEach((row) => notices.set(row[0], row))
  }
  const [date, dayState, , , closing] = states[0]!
  const inOrder = Array.from(calls.values()).sort((a, b) => a[0] - b[0])
  const told = Array.from(notices.values()).sort((a, b) => a[1] - b[1])
  return [date, dayState, inOrder, Array.from(zones.values()), closing, told]
}
