/** The way through a ticket machine: zone, item, number; and always a way back. */

import type { IssuedTicket, Item } from '@web/answers'

export type Step =
  | { at: 'zones' }
  | { at: 'search' }
  | { at: 'items'; zone: string }
  | { at: 'item'; item: Item }
  | { at: 'taken'; item: Item; ticket: IssuedTicket }

/** The steps taken so far; the last one is on the screen. */
export type Way = readonly [Step, ...Step[]]

export const START: Way = [{ at: 'zones' }]

export function current(way: Way): Step {
  return way[way.length - 1]!
}

export function forward(way: Way, step: Step): Way {
  // A number that was taken cannot be gone back from: only a new start follows.
  return step.at === 'taken' ? [step] : [...way, step]
}

export function back(way: Way): Way {
  const [first, ...rest] = way.slice(0, -1)
  return first ? [first, ...rest] : START
}

/** Return the stage of three: choose the matter, look at the item, take the number. */
export function stageOf(step: Step): 1 | 2 | 3 {
  if (step.at === 'taken') return 3
  return step.at === 'item' ? 2 : 1
}
