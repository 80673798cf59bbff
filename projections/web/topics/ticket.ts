/** One ticket, as its holder sees it; `ticket/<id>`. */

import type { Change } from '../link/frames'
import { noticeOf, type Notice, type NoticeRow } from './notices'
import { UnknownChange } from './reducer'

export type TicketStage =
  | 'waiting'
  | 'missed'
  | 'paused'
  | 'preparing'
  | 'called'
  | 'serving'
  | 'held'
  | 'ended'
export const TICKET_STAGES: TicketStage[] = [
  'waiting',
  'missed',
  'paused',
  'preparing',
  'called',
  'serving',
  'held',
  'ended',
]

export type ServiceRow = [
  service: string,
  window: string,
  outcome: string | null,
  finishedAt: number | null,
  evaluated: boolean | number,
]
export type TicketState = [
  stage: number,
  number: string,
  ahead: number | null,
  queue: string | null,
  window: string | null,
  call: number | null,
  announcements: number,
  sinceAt: number,
  untilAt: number | null,
  service: string | null,
  endedReason: string | null,
  services: ServiceRow[],
  notices: NoticeRow[],
]

export interface TicketService {
  service: string
  window: string
  outcome: string
  finishedAt: number
  evaluated: boolean
}

export interface TicketView {
  stage: TicketStage
  number: string
  ahead: number | null
  queue: string
  window: string
  call: number | null
  announcements: number
  sinceAt: number
  untilAt: number
  service: string
  endedReason: string
  services: TicketService[]
  notices: Notice[]
}

export function read(raw: unknown): TicketState {
  return raw as TicketState
}

export function apply(state: TicketState, change: Change): TicketState {
  switch (change[0]) {
    case 0:
      return change[1] as TicketState
    case 1: {
      const copy = state.slice() as TicketState
      copy[2] = change[1] as number
      return copy
    }
    case 2: {
      const copy = state.slice() as TicketState
      copy[12] = change[1] as NoticeRow[]
      return copy
    }
    default:
      throw new UnknownChange('ticket', change)
  }
}

export function view(state: TicketState): TicketView {
  return {
    stage: TICKET_STAGES[state[0]] ?? 'waiting',
    number: state[1],
    ahead: state[2],
    queue: state[3] ?? '',
    window: state[4] ?? '',
    call: state[5],
    announcements: state[6],
    sinceAt: state[7],
    untilAt: state[8] ?? 0,
    service: state[9] ?? '',
    endedReason: state[10] ?? '',
    services: state[11].map(([service, window, outcome, finishedAt, evaluated]) => ({
      service,
      window,
      outcome: outcome ?? '',
      finishedAt: finishedAt ?? 0,
      evaluated: Boolean(evaluated),
    })),
    notices: state[12].map(noticeOf),
  }
}
