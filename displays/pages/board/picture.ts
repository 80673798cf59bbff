/** The board's picture of the hall: one topic, or several zones joined. */

import { computed, type ComputedRef } from 'vue'

import type { Live, PageLink } from '@web/live'
import * as board from '@web/topics/board'
import type { BoardState } from '@web/topics/board'

export interface Picture {
  state: ComputedRef<BoardState | null>
  stale: ComputedRef<boolean>
  asOf: ComputedRef<number>
}

export interface PictureWatcher {
  /** The first whole picture. */
  begin(state: BoardState): void
  /** Any later picture, after each single change. */
  change(state: BoardState): void
}

/** Follow the board of the hall, or of the zones named. */
export function followBoard(
  link: PageLink,
  hall: string,
  zones: string[],
  watcher: PictureWatcher,
): Picture {
  const topics = zones.length
    ? zones.map((zone) => `board/${hall}/${zone}`)
    : [`board/${hall}`]
  const lives: Live<BoardState>[] = []
  let begun = false

  function whole(): BoardState | null {
    const states = lives.map((live) => live.state.value)
    if (lives.length < topics.length || states.some((state) => !state)) return null
    const present = states as BoardState[]
    return present.length === 1 ? present[0]! : board.joined(present)
  }

  function changed(): void {
    const state = whole()
    if (!state) return
    if (begun) watcher.change(state)
    else watcher.begin(state)
    begun = true
  }

  for (const topic of topics) {
    const options = { reports: true, changed, replaced: changed }
    lives.push(link.follow(topic, board, options))
  }
  return {
    state: computed(whole),
    stale: computed(() => lives.some((live) => live.stale.value)),
    asOf: computed(() => {
      const instants = lives.filter((live) => live.stale.value)
      return Math.min(...instants.map((live) => live.asOf.value))
    }),
  }
}
