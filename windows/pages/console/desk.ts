/** Everything one console knows and can do, for its components. */

import {
  computed,
  inject,
  ref,
  shallowRef,
  watch,
  type InjectionKey,
  type Ref,
} from 'vue'

import type { Hall, WindowLabel } from '@web/answers'
import { openCatalogue, type Catalogue } from '@web/catalogue'
import type { Live, PageLink } from '@web/live'
import {
  offered,
  view,
  type ConsoleState,
  type ConsoleView,
  type Undoable,
} from '@web/topics/console'
import * as consoleTopic from '@web/topics/console'

import type { DeskAnswer } from '../shared/answers'
import { itemGuides, type ItemGuides } from '../shared/items'
import type { StaffSession } from '../shared/session'
import { actionsOf, type Action } from './actions'
import { openPaper, type Paper } from './paper'
import { NOTHING, nextOf, pictureOf, undoAfter, type Answered } from './picture'
import { Presses, type Press, type Verb } from './presses'
import { words } from './words'

/** What the record cannot undo is sent after this time, and can be taken back till then. */
export const GRACE_MS = 3_000

/** Commands after which the window is free, so that the next call may follow them. */
const LEAVING: Verb[] = ['no-show', 'complete', 'transfer', 'hold']

/** What the window may undo, and how many whole seconds are left for it. */
export type UndoNow = Undoable & { left: number }

export interface Desk {
  hall: Hall
  window: string
  label: WindowLabel | undefined
  session: StaffSession
  catalogue: Catalogue
  items: ItemGuides
  link: PageLink
  live: Live<ConsoleState>
  presses: Presses<DeskAnswer>
  picture: Readonly<Ref<ConsoleView>>
  actions: Readonly<Ref<Action[]>>
  /** The ticket at the window is finished with, as soon as the house has answered. */
  leaving: Readonly<Ref<boolean>>
  /** The clerk at this screen is on duty at this window. */
  mine: Readonly<Ref<boolean>>
  next: Readonly<Ref<ConsoleView['waiting'][number] | null>>
  offer: Ref<{ ticket: string; number: string } | null>
  /** The miss or completion that may be undone now. */
  undo: Readonly<Ref<UndoNow | null>>
  /** The hall's time at which the ticket at the window was announced last. */
  announcedAt: Readonly<Ref<number>>
  /** The paper with what the last citizen must bring. */
  paper: Paper
  /** A quiet line for the clerk, gone with the next thing that happens. */
  hint: Ref<string>
  /** The hint that warns: the same key pressed again does it all the same. */
  warning: Ref<string>
  now: Readonly<Ref<number>>
  /** Whether the window may serve a queue, so that an item is served here. */
  serves(queue: string): boolean
  /** Give a command of this window; with `undoable` it waits a moment. */
  press(verb: Verb, body?: Press['body'], number?: string, undoable?: boolean): boolean
}

export const DESK: InjectionKey<Desk> = Symbol('desk')

export function useDesk(): Desk {
  const desk = inject(DESK)
  if (!desk) throw new Error('a console component stands outside its console')
  return desk
}

export function openDesk(
  session: StaffSession,
  hall: Hall,
  window: string,
  link: PageLink,
  now: Readonly<Ref<number>>,
): Desk {
  const answered = shallowRef<Answered | null>(null)
  const hint = ref('')
  const offer = ref<{ ticket: string; number: string } | null>(null)
  const label = hall.windows.find((row) => row.window === window)
  const own = new Set(label?.skills.map((skill) => skill.queue))
  const catalogue = openCatalogue(session.api, hall.hall)
  const items = itemGuides(catalogue)
  if (label) void items.fill(catalogue.ofZone(label.zone))
  const base = `/api/halls/${encodeURIComponent(hall.hall)}/windows/${encodeURIComponent(window)}`

  const presses = new Presses<DeskAnswer>({
    send: (press) => session.once.post(`${base}/${press.verb}`, press.body, press.key),
    answered: (answer, press) => {
      const at = link.clock.now()
      const undo = undoAfter(press, at, hall.rules.undo_seconds)
      answered.value = { answer, at, undo }
      paper.answered(answer, press)
      const nobody = press.verb === 'call-next' && answer.ticket === null
      if (nobody) hint.value = words('now.nobody')
    },
  })
  const paper = openPaper({
    print: (service, key) =>
      session.api.post(`${base}/supplement-slip`, { service }, key),
    hint,
  })
  const live = link.follow(`console/${hall.hall}/${window}`, consoleTopic, {
    changed: (_state, change) => {
      offer.value = offered(change) ?? offer.value
    },
  })
  const picture = computed(() => {
    const seen = live.state.value ? view(live.state.value) : NOTHING
    return pictureOf(seen, live.version.value, answered.value)
  })
  const undo = computed(() => {
    const may = picture.value.undo
    const left = may ? Math.ceil((may.untilAt - now.value) / 1_000) : 0
    return may && left > 0 ? { ...may, left } : null
  })
  const announcedAt = ref(0)
  watch(
    () => {
      const { current } = picture.value
      return current && `${current.call} ${current.announcements}`
    },
    (call, before) => {
      const { current } = picture.value
      if (!call || !current) return
      const again = current.announcements > 1 && before !== undefined
      announcedAt.value = again ? now.value : current.sinceAt
    },
    { immediate: true },
  )
  const leaving = computed(() => {
    const press = presses.progress.value?.press
    const { current } = picture.value
    return (
      press !== undefined &&
      LEAVING.includes(press.verb) &&
      current !== null &&
      press.number === current.number
    )
  })
  const actions = computed(() => {
    const then = leaving.value ? { ...picture.value, current: null } : picture.value
    return actionsOf(then, hall.rules.announcements_limit)
  })

  return {
    hall,
    window,
    label,
    session,
    catalogue,
    items,
    link,
    live,
    presses,
    picture,
    actions,
    leaving,
    mine: computed(
      () =>
        picture.value.duty !== 'closed' &&
        picture.value.clerk === session.who.value?.account,
    ),
    next: computed(() => nextOf(picture.value.waiting, now.value)),
    offer,
    undo,
    announcedAt,
    paper,
    hint,
    warning: ref(''),
    now,
    serves: (queue) => own.has(queue),
    press: (verb, body = {}, number = '', undoable = false) =>
      presses.press(verb, body, number, undoable ? GRACE_MS : 0),
  }
}
