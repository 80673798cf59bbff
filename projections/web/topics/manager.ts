/** The whole hall, as its manager sees it; `manager/<hall>`. */

import type { Change } from '../link/frames'
import { TICKET_CLASSES, type TicketClass } from './board'
import { officeNoticeOf, type OfficeNotice, type OfficeNoticeRow } from './notices'
import { UnknownChange, replaced } from './reducer'
import { DUTIES, WINDOW_STAGES, type Duty, type WindowStage } from './window'

export type ManagerZoneRow = [
  zone: string,
  waiting: number,
  parked: number,
  serving: number,
  openWindows: number,
  pausedWindows: number,
  oldestIssuedAt: number | null,
]
export type ManagerWindowRow = [
  window: string,
  duty: number,
  clerk: string | null,
  stage: number,
  number: string | null,
  sinceAt: number | null,
  servedToday: number,
  pauseReason: string | null,
]
export type FiguresRow = [
  issued: number,
  called: number,
  served: number,
  missed: number,
  noShows: number,
  cancelled: number,
  waitSecondsTotal: number,
  waitsCounted: number,
  serviceSecondsTotal: number,
  evaluations: number,
  badEvaluations: number,
  inTime: number,
]
export type LongestRow = [
  ticket: string,
  number: string,
  zone: string,
  queue: string,
  rank: number,
  issuedAt: number,
]
/** A half hour; nobody has waited yet at the end of the one that goes on. */
export type LoadRow = [
  startAt: number,
  issued: number,
  called: number,
  waiting: number | null,
]
export type ManagerState = [
  date: string,
  dayState: number,
  zones: ManagerZoneRow[],
  windows: ManagerWindowRow[],
  figures: FiguresRow,
  longest: LongestRow[],
  notices: OfficeNoticeRow[],
  load: LoadRow[],
]

export interface ManagerZone {
  zone: string
  waiting: number
  parked: number
  serving: number
  openWindows: number
  pausedWindows: number
  oldestIssuedAt: number | null
}
export interface ManagerWindow {
  window: string
  duty: Duty
  clerk: string
  stage: WindowStage
  number: string
  sinceAt: number | null
  servedToday: number
  pauseReason: string
}
export interface Figures {
  issued: number
  called: number
  served: number
  missed: number
  noShows: number
  cancelled: number
  waitSecondsTotal: number
  waitsCounted: number
  serviceSecondsTotal: number
  evaluations: number
  badEvaluations: number
  /** Called for the first time within the wait that the hall promises. */
  inTime: number
}
export interface LongestWait {
  ticket: string
  number: string
  zone: string
  queue: string
  ticketClass: TicketClass
  issuedAt: number
}
export interface HalfHour {
  startAt: number
  issued: number
  called: number
  waiting: number | null
}
export interface ManagerView {
  date: string
  dayState: number
  zones: ManagerZone[]
  windows: ManagerWindow[]
  figures: Figures
  longest: LongestWait[]
  notices: OfficeNotice[]
  load: HalfHour[]
}

export function read(raw: unknown): ManagerState {
  return raw as ManagerState
}

export function apply(state: ManagerState, change: Change): ManagerState {
  const next = state.slice() as ManagerState
  switch (change[0]) {
    case 0:
      next[2] = replaced(state[2], change[1] as ManagerZoneRow)
      return next
    case 1:
      next[3] = replaced(state[3], change[1] as ManagerWindowRow)
      return next
    case 2:
      next[4] = change[1] as FiguresRow
      return next
    case 3:
      next[5] = change[1] as LongestRow[]
      return next
    case 4:
      next[0] = change[1] as string
      next[1] = change[2] as number
      return next
    case 5:
      next[6] = change[1] as OfficeNoticeRow[]
      return next
    case 6:
      next[7] = replaced(state[7], change[1] as LoadRow)
      return next
    default:
      throw new UnknownChange('manager', change)
  }
}

export function view(state: ManagerState): ManagerView {
  const [date, dayState, zones, windows, figures, longest, notices, load] = state
  return {
    date,
    dayState,
    zones: zones.map((row) => ({
      zone: row[0],
      waiting: row[1],
      parked: row[2],
      serving: row[3],
      openWindows: row[4],
      pausedWindows: row[5],
      oldestIssuedAt: row[6],
    })),
    windows: windows.map((row) => ({
      window: row[0],
      duty: DUTIES[row[1]] ?? 'closed',
      clerk: row[2] ?? '',
      stage: WINDOW_STAGES[row[3]] ?? 'none',
      number: row[4] ?? '',
      sinceAt: row[5],
      servedToday: row[6],
      pauseReason: row[7] ?? '',
    })),
    figures: figuresOf(figures),
    longest: longest.map((row) => ({
      ticket: row[0],
      number: row[1],
      zone: row[2],
      queue: row[3],
      ticketClass: TICKET_CLASSES[row[4]] ?? 'ordinary',
      issuedAt: row[5],
    })),
    notices: notices.map(officeNoticeOf),
    load: load.map(([startAt, issued, called, waiting]) => ({
      startAt,
      issued,
      called,
      waiting,
    })),
  }
}

function figuresOf(row: FiguresRow): Figures {
  return {
    issued: row[0],
    called: row[1],
    served: row[2],
    missed: row[3],
    noShows: row[4],
    cancelled: row[5],
    waitSecondsTotal: row[6],
    waitsCounted: row[7],
    serviceSecondsTotal: row[8],
    evaluations: row[9],
    badEvaluations: row[10],
    inTime: row[11],
  }
}
