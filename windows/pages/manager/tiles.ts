/** The windows of the floor plan: what each does, and how long already. */

import type { Hall, WindowLabel } from '@web/answers'
import { minutesBetween } from '@web/clock'
import type { ManagerView, ManagerWindow } from '@web/topics/manager'

export type TileState = 'closed' | 'idle' | 'called' | 'serving' | 'paused'

export interface Tile {
  window: string
  label: WindowLabel
  state: TileState
  minutes: number
  /** How full the tile is, 0 to 1: the time in the state against what is usual. */
  fill: number
  /** The state has lasted longer than is usual. */
  over: boolean
  number: string
  clerk: string
  sinceAt: number
  servedToday: number
  pauseReason: string
}

/** After so many minutes in a state a tile is full. */
export const USUAL_MINUTES: Record<Exclude<TileState, 'closed'>, number> = {
  idle: 15,
  called: 3,
  serving: 30,
  paused: 15,
}

export function tilesOf(hall: Hall, view: ManagerView, now: number): Tile[] {
  const rows = new Map(view.windows.map((row) => [row.window, row]))
  return hall.windows.map((label) => tileOf(label, rows.get(label.window), now))
}

function tileOf(label: WindowLabel, row: ManagerWindow | undefined, now: number): Tile {
  const state = stateOf(row)
  const minutes = row?.sinceAt ? minutesBetween(row.sinceAt, now) : 0
  const share = state === 'closed' ? 0 : minutes / USUAL_MINUTES[state]
  return {
    window: label.window,
    label,
    state,
    minutes,
    fill: Math.min(1, share),
    over: share >= 1,
    number: row?.number ?? '',
    clerk: row?.clerk ?? '',
    sinceAt: row?.sinceAt ?? 0,
    servedToday: row?.servedToday ?? 0,
    pauseReason: row?.pauseReason ?? '',
  }
}

function stateOf(row: ManagerWindow | undefined): TileState {
  if (!row || row.duty === 'closed') return 'closed'
  if (row.stage === 'called' || row.stage === 'serving') return row.stage
  return row.duty === 'paused' ? 'paused' : 'idle'
}
