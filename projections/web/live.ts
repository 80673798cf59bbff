/** A topic of the live link as reactive state, for a Vue page. */

import { computed, nextTick, reactive, readonly, ref, shallowRef, type Ref } from 'vue'

import type { Hall } from './answers'
import { HallClock } from './clock'
import { Link, type LinkStatus } from './link/connection'
import type { Change } from './link/frames'
import type { Mark } from './link/protocol'
import { UnknownChange, type Reducer } from './topics/reducer'

/** What a page knows of one topic. */
export interface Live<State> {
  /** The newest picture; null until the first snapshot. */
  state: Readonly<Ref<State | null>>
  version: Readonly<Ref<number>>
  /** The picture is older than it should be: grey it and say as of when. */
  stale: Readonly<Ref<boolean>>
  /** The hall's time of the last sign that the picture is current; 0 before. */
  asOf: Readonly<Ref<number>>
  refused: Readonly<Ref<{ code: string; message: string } | null>>
  stop(): void
}

export interface FollowOptions<State> {
  secret?: string
  /** Tell the server what was drawn: for screens that nobody watches over. */
  reports?: boolean
  /** Called after each single change, so that none is missed within one frame. */
  changed?(state: State, change: Change): void
  /** Called after each snapshot: the first picture, or one healed by the server. */
  replaced?(state: State): void
}

/** The link of one page, with the hall's clock it keeps right. */
export interface PageLink {
  clock: HallClock
  status: Readonly<Ref<LinkStatus>>
  follow<State>(
    topic: string,
    reducer: Reducer<State>,
    options?: FollowOptions<State>,
  ): Live<State>
  close(): void
}

/** Open the link that the hall names. `renewed` is told when a new epoch begins. */
export function openLink(
  hall: Pick<Hall, 'link'>,
  clock: HallClock,
  token = '',
  renewed: () => void = () => {},
): PageLink {
  const status = ref<LinkStatus>('connecting')
  const link = new Link(
    hall.link,
    {
      status: (now) => (status.value = now),
      clock: (now, speed) => clock.set(now, speed),
    },
    token,
  )
  return {
    clock,
    status: readonly(status),
    follow: (topic, reducer, options = {}) =>
      follow(link, clock, topic, reducer, options, renewed),
    close: () => link.close(),
  }
}

function follow<State>(
  link: Link,
  clock: HallClock,
  topic: string,
  reducer: Reducer<State>,
  options: FollowOptions<State>,
  renewed: () => void,
): Live<State> {
  const state = shallowRef<State | null>(null)
  const about = reactive({
    version: 0,
    epoch: '',
    stale: false,
    asOf: 0,
    refused: null as { code: string; message: string } | null,
  })
  const drawn = (at: Mark) =>
    void nextTick(() => requestAnimationFrame(() => link.drawn(topic, at)))
  const stop = link.follow(
    topic,
    {
      snapshot(raw, version, at) {
        state.value = reducer.read(raw)
        about.version = version
        about.refused = null
        if (about.epoch !== '' && about.epoch !== at.epoch) renewed()
        about.epoch = at.epoch
        options.replaced?.(state.value)
        if (options.reports) drawn(at)
      },
      changes(changes, version, at) {
        if (state.value === null) return
        try {
          for (const change of changes) {
            state.value = reducer.apply(state.value, change)
            options.changed?.(state.value, change)
          }
          about.version = version
          if (options.reports) drawn(at)
        } catch (error) {
          if (!(error instanceof UnknownChange)) throw error
          link.forget(topic)
        }
      },
      stale(since) {
        about.stale = true
        about.asOf = clock.at(since)
      },
      fresh: () => (about.stale = false),
      refused: (code, message) => (about.refused = { code, message }),
    },
    options.secret,
  )
  return {
    state,
    version: computed(() => about.version),
    stale: computed(() => about.stale),
    asOf: computed(() => about.asOf),
    refused: computed(() => about.refused),
    stop,
  }
}

/** The hall's time, told once a second and whenever the clock is put right. */
export function ticking(clock: HallClock): { now: Ref<number>; stop(): void } {
  const now = ref(clock.now())
  const look = () => void (now.value = clock.now())
  const timer = setInterval(look, 1_000)
  const leave = clock.onSet(look)
  return {
    now,
    stop() {
      clearInterval(timer)
      leave()
    },
  }
}
