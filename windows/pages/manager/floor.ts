/** Everything the manager's page knows, for its components. */

import { computed, inject, type InjectionKey, type Ref } from 'vue'

import type { Hall } from '@web/answers'
import type { Live } from '@web/live'
import { view, type ManagerState, type ManagerView } from '@web/topics/manager'

import type { ItemGuides } from '../shared/items'
import type { StaffSession } from '../shared/session'
import type { FigureName } from './behind'
import { tilesOf, type Tile } from './tiles'

/** What stands in the column beside the floor plan. */
export type Panel =
  | { is: 'overview' }
  | { is: 'tickets'; figure: FigureName }
  | { is: 'history'; ticket: string; number: string }
  | { is: 'window'; window: string }

export interface Floor {
  hall: Hall
  session: StaffSession
  items: ItemGuides
  live: Live<ManagerState>
  view: Readonly<Ref<ManagerView | null>>
  tiles: Readonly<Ref<Tile[]>>
  now: Readonly<Ref<number>>
  /** Managers act; inspectors look. */
  acts: Readonly<Ref<boolean>>
  panel: Ref<Panel>
}

export const FLOOR: InjectionKey<Floor> = Symbol('floor')

export function useFloor(): Floor {
  const floor = inject(FLOOR)
  if (!floor) throw new Error('a component stands outside the manager’s page')
  return floor
}

export function openFloor(
  session: StaffSession,
  hall: Hall,
  items: ItemGuides,
  live: Live<ManagerState>,
  now: Readonly<Ref<number>>,
  panel: Ref<Panel>,
): Floor {
  const seen = computed(() => (live.state.value ? view(live.state.value) : null))
  return {
    hall,
    session,
    items,
    live,
    view: seen,
    tiles: computed(() => (seen.value ? tilesOf(hall, seen.value, now.value) : [])),
    now,
    acts: computed(() => session.who.value?.role === 'manager'),
    panel,
  }
}
