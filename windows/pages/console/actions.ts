/** What the clerk can do now, under which key, and why not where he cannot. */

import type { ConsoleView } from '@web/topics/console'

export type ActionName =
  | 'next'
  | 'start'
  | 'recall'
  | 'missed'
  | 'complete'
  | 'add-item'
  | 'hold'
  | 'transfer'
  | 'take-back'
  | 'pause'
  | 'resume'
  | 'close'
  | 'undo'
  | 'paper'

export interface Action {
  name: ActionName
  key: string
  /** The one that is pressed most often now. */
  main: boolean
  /** The key of the words that say why it cannot be done; empty if it can. */
  hindrance: string
}

export const KEYS: Record<ActionName, string> = {
  next: 'Space',
  start: 'S',
  recall: 'R',
  missed: 'M',
  complete: 'C',
  'add-item': 'A',
  hold: 'H',
  transfer: 'T',
  'take-back': 'B',
  pause: 'P',
  resume: 'P',
  close: 'Q',
  undo: 'Z',
  paper: 'N',
}

/** Return the actions of the window's stage, in the order of its buttons. */
export function actionsOf(picture: ConsoleView, announcementsLimit: number): Action[] {
  const { duty, current, held } = picture
  if (duty === 'closed') return []
  if (current?.stage === 'serving') {
    return row('complete', 'add-item', 'hold', 'transfer')
  }
  if (current) {
    const spent = current.announcements >= announcementsLimit
    return [
      ...row('start'),
      { ...other('recall'), hindrance: spent ? 'hindrance.recalled' : '' },
      ...['missed', 'hold', 'transfer'].map((name) => other(name as ActionName)),
    ]
  }
  const back = held.length > 0 ? [other('take-back')] : []
  const closing = { ...other('close'), hindrance: held.length ? 'hindrance.held' : '' }
  if (duty === 'paused') return [...row('resume'), ...back, closing]
  return [...row('next'), ...back, other('pause'), closing]
}

/** Return the action behind a key, if there is one now. */
export function actionAt(actions: Action[], key: string): Action | undefined {
  const found = actions.find((action) => action.key === key)
  if (found || key !== 'Enter') return found
  return actions.find((action) => action.name === 'next')
}

function row(main: ActionName, ...others: ActionName[]): Action[] {
  return [{ ...other(main), main: true }, ...others.map(other)]
}

function other(name: ActionName): Action {
  return { name, key: KEYS[name], main: false, hindrance: '' }
}
