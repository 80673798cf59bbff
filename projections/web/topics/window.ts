/** One window, as its sign and its evaluation pad see it; `window/<hall>/<window>`. */

import type { Change } from '../link/frames'
import { UnknownChange } from './reducer'

export type Duty = 'closed' | 'open' | 'paused'
export const DUTIES: Duty[] = ['closed', 'open', 'paused']

export type WindowStage = 'none' | 'called' | 'serving'
export const WINDOW_STAGES: WindowStage[] = ['none', 'called', 'serving']

export type EvaluableRow = [service: string, number: string, finishedAt: number]
export type WindowState = [
  duty: number,
  clerk: string | null,
  number: string | null,
  call: number | null,
  announcements: number,
  stage: number,
  sinceAt: number | null,
  evaluable: EvaluableRow | null,
  pauseReason: string | null,
]

export interface WindowView {
  duty: Duty
  clerk: string | null
  number: string | null
  call: number | null
  announcements: number
  stage: WindowStage
  sinceAt: number | null
  evaluable: { service: string; number: string; finishedAt: number } | null
  pauseReason: string
}

export function read(raw: unknown): WindowState {
  return raw as WindowState
}

export function apply(_state: WindowState, change: Change): WindowState {
  if (change[0] !== 0) throw new UnknownChange('window', change)
  return change[1] as WindowState
}

export function view(state: WindowState): WindowView {
  const [duty, clerk, number, call, announcements, stage, sinceAt, last, reason] = state
  return {
    duty: DUTIES[duty] ?? 'closed',
    clerk,
    number,
    call,
    announcements,
    stage: WINDOW_STAGES[stage] ?? 'none',
    sinceAt,
    evaluable: last && { service: last[0], number: last[1], finishedAt: last[2] },
    pauseReason: reason ?? '',
  }
}
