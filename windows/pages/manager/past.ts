/** Looking back: one moment is asked for at a time, and only the last wish counts. */

import { ref, shallowRef, type Ref } from 'vue'

import type { Moment } from '../shared/answers'

/** A moment that somebody wants to see: a version, an instant, or the latest. */
export interface Wish {
  date: string
  at: string
}

/** So many events are passed at a time while the past is played. */
export const SPEEDS = [1, 5, 25] as const
export type Speed = (typeof SPEEDS)[number]

export interface Past {
  moment: Readonly<Ref<Moment | null>>
  trouble: Readonly<Ref<unknown>>
  playing: Readonly<Ref<boolean>>
  speed: Ref<Speed>
  /** Show a moment; wishes made meanwhile are passed over but for the last. */
  show(wish: Wish): Promise<void>
  /** Go some events on, or back. */
  step(by: number): Promise<void>
  play(): void
  pause(): void
  /** Pass the next events, if the past is played and nothing is being asked. */
  tick(): void
}

export function openPast(ask: (wish: Wish) => Promise<Moment>): Past {
  const moment = shallowRef<Moment | null>(null)
  const trouble = ref<unknown>(null)
  const playing = ref(false)
  const speed = ref<Speed>(1)
  let wanted: Wish | null = null
  /** The version that the steps so far lead to, while it is not shown yet. */
  let aim: number | null = null
  let asking: Promise<void> | null = null

  async function answer(): Promise<void> {
    while (wanted) {
      const wish = wanted
      wanted = null
      try {
        moment.value = await ask(wish)
        trouble.value = null
      } catch (error) {
        trouble.value = error
        playing.value = false
      }
    }
    asking = aim = null
  }

  function show(wish: Wish): Promise<void> {
    aim = null
    return want(wish)
  }

  function want(wish: Wish): Promise<void> {
    wanted = wish
    asking ??= answer()
    return asking
  }

  function step(by: number): Promise<void> {
    const now = moment.value
    if (!now) return Promise.resolve()
    const from = aim ?? now.version
    const { first_version: first, last_version: last } = now
    const at = Math.min(last, Math.max(first, from + by))
    if (at === from) {
      playing.value = false
      return Promise.resolve()
    }
    aim = at
    return want({ date: now.date, at: String(at) })
  }

  return {
    moment,
    trouble,
    playing,
    speed,
    show,
    step,
    play: () => (playing.value = true),
    pause: () => (playing.value = false),
    tick() {
      if (playing.value && !asking) void step(speed.value)
    },
  }
}
