/** The hall a page belongs to: its labels, its clock and whether it can be reached. */

import { ref, shallowRef, type Ref } from 'vue'

import type { Hall } from './answers'
import { Refusal, Unreachable, type Api } from './api'
import { keepTimeOf, type HallClock } from './clock'
import { wearAccent } from './look'

export type HallTrouble = 'unreachable' | 'unknown-hall' | null

export interface HallPage {
  hall: Readonly<Ref<Hall | null>>
  trouble: Readonly<Ref<HallTrouble>>
  /** Read the hall's labels again, after a new day or a changed profile. */
  reload(): Promise<void>
}

const AGAIN_FIRST = 1_000
const AGAIN_LAST = 30_000

/** Load the hall, trying on until the server answers; `ready` is called once. */
export function loadHall(
  api: Api,
  id: string,
  clock: HallClock,
  ready: (hall: Hall) => void = () => {},
): HallPage {
  const hall = shallowRef<Hall | null>(null)
  const trouble = ref<HallTrouble>(null)
  let wait = AGAIN_FIRST

  async function reload(): Promise<void> {
    try {
      const answer = await api.get<Hall>(`/api/halls/${encodeURIComponent(id)}`)
      const first = hall.value === null
      keepTimeOf(answer)
      hall.value = answer
      trouble.value = null
      wait = AGAIN_FIRST
      clock.set(answer.clock.now, answer.clock.speed)
      wearAccent(answer.screen.accent)
      if (first) ready(answer)
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) {
        trouble.value = 'unknown-hall'
      } else if (error instanceof Unreachable || error instanceof Refusal) {
        trouble.value = 'unreachable'
        setTimeout(() => void reload(), wait * (0.5 + Math.random() / 2))
        wait = Math.min(AGAIN_LAST, wait * 2)
      } else {
        throw error
      }
    }
  }

  void reload()
  return { hall, trouble, reload }
}
