/** How a page turns snapshots and changes of one topic into a state. */

import type { Change } from '../link/frames'

export interface Reducer<State> {
  read(raw: unknown): State
  /** Return the changed state; applying a change twice changes nothing. */
  apply(state: State, change: Change): State
}

/** The server speaks of a change that this page does not know: it is older. */
export class UnknownChange extends Error {
  constructor(topic: string, change: Change) {
    super(`${topic} has no change ${JSON.stringify(change)}`)
  }
}

/** Put a row in the place of the one with the same key, or at the end. */
export function replaced<Row extends readonly unknown[]>(rows: Row[], row: Row): Row[] {
  const place = rows.findIndex((other) => other[0] === row[0])
  if (place < 0) return [...rows, row]
  const copy = rows.slice()
  copy[place] = row
  return copy
}

/** Leave out the row with this key. */
export function without<Row extends readonly unknown[]>(
  rows: Row[],
  key: Row[0],
): Row[] {
  return rows.filter((row) => row[0] !== key)
}
