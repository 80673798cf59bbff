/**
 * What stands at the window: the live picture, and above it the newest answer.
 *
 * A command's answer may arrive before the link's frame, or while the link is cut.
 * Versions say which of the two is newer, so a key never acts on an old picture.
 */

import type {
  ConsoleView,
  CurrentTicket,
  HeldTicket,
  Undoable,
  WaitingTicket,
} from '@web/topics/console'
import { DUTIES } from '@web/topics/window'

import type { DeskAnswer, TicketAtWindow } from '../shared/answers'
import type { Press } from './presses'

/** An answer with the hall's time at which it came, and what it lets undo. */
export interface Answered {
  answer: DeskAnswer
  at: number
  undo: Undoable | null
}

/** Return what may be undone after a press that was answered just now. */
export function undoAfter(press: Press, at: number, seconds: number): Undoable | null {
  const what = { 'no-show': 'missed', complete: 'completed' } as const
  if (seconds === 0 || !(press.verb in what)) return null
  return {
    what: what[press.verb as keyof typeof what],
    ticket: '',
    number: press.number,
    untilAt: at + seconds * 1_000,
  }
}

export const NOTHING: ConsoleView = {
  duty: 'closed',
  clerk: '',
  pauseReason: '',
  current: null,
  held: [],
  waiting: [],
  parked: [],
  openWindows: [],
  notices: [],
  undo: null,
}

/** Lay a newer answer over the picture of hall version `version`. */
export function pictureOf(
  view: ConsoleView,
  version: number,
  answered: Answered | null,
): ConsoleView {
  if (answered === null || answered.answer.version <= version) return view
  const { answer, at } = answered
  const current = currentOf(answer, at, view.current)
  const here = new Set(answer.held.map((row) => row.ticket))
  if (current) here.add(current.ticket)
  return {
    ...view,
    duty: DUTIES.find((duty) => duty === answer.state) ?? view.duty,
    clerk: answer.clerk ?? '',
    pauseReason: answer.pause_reason ?? '',
    current,
    held: answer.held.map((row) => heldOf(row, at, view.held)),
    waiting: view.waiting.filter((row) => !here.has(row.ticket)),
    undo: answered.undo,
  }
}

function currentOf(
  answer: DeskAnswer,
  at: number,
  before: CurrentTicket | null,
): CurrentTicket | null {
  const ticket = answer.ticket
  if (!ticket) return null
  const stage = ticket.state === 'serving' ? 'serving' : 'called'
  const goesOn = before?.ticket === ticket.ticket && before.stage === stage
  return {
    ticket: ticket.ticket,
    number: ticket.number,
    ticketClass: ticket.class,
    queue: ticket.queue,
    items: ticket.items,
    stage,
    call: answer.call ?? 0,
    announcements: answer.announcements,
    sinceAt: goesOn ? before.sinceAt : at,
    service: answer.service ?? '',
  }
}

function heldOf(row: TicketAtWindow, at: number, before: HeldTicket[]): HeldTicket {
  const known = before.find((held) => held.ticket === row.ticket)
  return (
    known ?? { ticket: row.ticket, number: row.number, items: row.items, sinceAt: at }
  )
}

/**
 * Return who is called next as far as the picture tells: the first that is due, or
 * the first that waits where nobody is.
 */
export function nextOf(waiting: WaitingTicket[], now: number): WaitingTicket | null {
  const due = waiting.find((row) => !row.notYetDue || row.effectiveAt <= now)
  return due ?? waiting[0] ?? null
}
