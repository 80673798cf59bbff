/** Everything the manager's page knows, now or of a moment, for its components. */

import { computed, inject, type InjectionKey, type Ref } from 'vue'

import type { Hall } from '@web/answers'
import { DAY_OPEN } from '@web/topics/board'
import type { ManagerView } from '@web/topics/manager'
import { standing, type OfficeNotice } from '@web/topics/notices'

import type { ItemGuides } from '../shared/items'
import type { StaffSession } from '../shared/session'
import type { Behind, MomentKey } from './behind'
import { tilesOf, type Tile } from './tiles'

/** What stands in the column beside the floor plan. */
export type Panel =
  | { is: 'overview' }
  | { is: 'tickets'; behind: Behind }
  | HistoryShown
  | { is: 'window'; window: string }
  | { is: 'zone'; zone: string }
  | { is: 'notices' }

/** A number's way through the hall. */
export interface HistoryShown {
  is: 'history'
  ticket: string
  number: string
  canBePinned: boolean
  /** Of another day than the one that is shown. */
  date?: string
}

export interface Floor {
  /** The hall's labels; of another day they may be others. */
  readonly hall: Hall
  session: StaffSession
  items: ItemGuides
  view: Readonly<Ref<ManagerView | null>>
  tiles: Readonly<Ref<Tile[]>>
  notices: Readonly<Ref<OfficeNotice[]>>
  now: Readonly<Ref<number>>
  /** Managers act on the present; inspectors look, and nobody changes the past. */
  acts: Readonly<Ref<boolean>>
  /** Notices are told while the day is open. */
  tells: Readonly<Ref<boolean>>
  /** The moment that is looked back at; null: the present is shown. */
  moment: Readonly<Ref<MomentKey | null>>
  panel: Ref<Panel>
  /** Go back to a version of the day that is shown, or of another. */
  lookAt(version: number, date?: string): void
}

export const FLOOR: InjectionKey<Floor> = Symbol('floor')

export function useFloor(): Floor {
  const floor = inject(FLOOR)
  if (!floor) throw new Error('a component stands outside the manager’s page')
  return floor
}

export interface FloorSource {
  session: StaffSession
  hall: Readonly<Ref<Hall>>
  items: ItemGuides
  view: Readonly<Ref<ManagerView | null>>
  now: Readonly<Ref<number>>
  moment: Readonly<Ref<MomentKey | null>>
  panel: Ref<Panel>
  lookAt(version: number, date?: string): void
}

export function openFloor(source: FloorSource): Floor {
  const { hall, session, view, now, moment } = source
  const acts = computed(() => !moment.value && session.who.value?.role === 'manager')
  return {
    get hall() {
      return hall.value
    },
    session,
    items: source.items,
    view,
    tiles: computed(() =>
      view.value ? tilesOf(hall.value, view.value, now.value) : [],
    ),
    notices: computed(() => standing(view.value?.notices ?? [], now.value)),
    now,
    acts,
    tells: computed(() => acts.value && view.value?.dayState === DAY_OPEN),
    moment,
    panel: source.panel,
    lookAt: source.lookAt,
  }
}

/** A panel and the way back through those that were open before it. */
export function panelWithWayBack(panel: Ref<Panel>): {
  panel: Ref<Panel>
  back(): void
} {
  const before: Panel[] = []
  return {
    panel: computed({
      get: () => panel.value,
      set(next) {
        if (panel.value.is !== 'overview') before.push(panel.value)
        panel.value = next
      },
    }),
    back() {
      panel.value = before.pop() ?? { is: 'overview' }
    },
  }
}

/** Return the address of something of the hall that the page asks for. */
export function pathOf(hall: Hall, ...parts: string[]): string {
  return ['/api/halls', ...[hall.hall, ...parts].map(encodeURIComponent)].join('/')
}
