/** The sheets that take the place of the buttons while something is being chosen. */

import type { ActionName } from './actions'

export type SheetName =
  | 'missed'
  | 'pause'
  | 'hold'
  | 'take-back'
  | 'outcome'
  | 'supplement'
  | 'transfer'
  | 'add-item'
  | 'keys'

/** What an open sheet does with a key: true if the key meant something to it. */
export interface Sheet {
  take(key: string): boolean
}

/** Actions that need one more choice before they are a command. */
export const ASKING: Partial<Record<ActionName, SheetName>> = {
  missed: 'missed',
  pause: 'pause',
  hold: 'hold',
  complete: 'outcome',
  transfer: 'transfer',
  'add-item': 'add-item',
}

/** Sheets that need the room of the number above them. */
export const TALL: SheetName[] = ['supplement', 'transfer', 'add-item', 'keys']

/** The sheet from which Escape leads back to another one. */
export const BEHIND: Partial<Record<SheetName, SheetName>> = { supplement: 'outcome' }
