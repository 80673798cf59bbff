/** The hall at a moment of its past, in the form in which the page shows the present. */

import type { Hall } from '@web/answers'
import * as board from '@web/topics/board'
import * as manager from '@web/topics/manager'

import type { Moment } from '../shared/answers'

/** Labels that were told once, by what they are called: they are not told again. */
export type KnownPlaces = Map<string, NonNullable<Moment['places']>>

/** Remember labels that a moment brought along. */
export function keepPlaces(known: KnownPlaces, moment: Moment): void {
  if (moment.places) known.set(moment.labels, moment.places)
}

/** Return the hall with the labels, hours and target that it had then. */
export function hallThen(hall: Hall, known: KnownPlaces, moment: Moment): Hall {
  return {
    ...hall,
    ...known.get(moment.labels),
    date: moment.date,
    labels: moment.labels,
    hours: moment.hours,
    rules: { ...hall.rules, wait_target_seconds: moment.wait_target_seconds },
  }
}

/** Return what the manager's page showed then. */
export function viewThen(moment: Moment): manager.ManagerView {
  return manager.view(manager.read(moment.manager))
}

/** Return the calls that stood on the board then, the newest first. */
export function callsThen(moment: Moment): board.BoardCall[] {
  return board.callsOf(board.read(moment.board)).reverse()
}
