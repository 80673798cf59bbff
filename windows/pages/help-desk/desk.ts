/** What all parts of the help desk's page share. */

import { inject, type InjectionKey, type Ref } from 'vue'

import type { Hall, IssuedTicket, SessionAnswer } from '@web/answers'
import type { Catalogue } from '@web/catalogue'
import type { PageLink } from '@web/live'
import type { BoardZone } from '@web/topics/board'

import type { ItemGuides } from '../shared/items'
import type { StaffSession } from '../shared/session'
import type { Wish } from './wish'

export interface HelpDesk {
  session: StaffSession
  hall: Ref<Hall>
  link: PageLink
  now: Readonly<Ref<number>>
  catalogue: Catalogue
  items: ItemGuides
  /** Who waits in each zone, as the board has it. */
  zones: Readonly<Ref<Map<string, BoardZone>>>
  /** The number that is looked at on the right. */
  lookedAt: Ref<{ ticket: string; number: string } | null>
  /** Given here since the page was opened, the newest first. */
  given: Ref<Given[]>
  /** Tell that the house does not know this session any more, if that is it. */
  suspect(error: unknown): void
}

/** A number that was just given, without what only its holder may know. */
export interface Given {
  ticket: string
  number: string
  items: string[]
  at: number
}

/** A number with what it was asked for; it is kept while it stands on the screen. */
export interface Taken {
  ticket: IssuedTicket
  wish: Wish
}

export const HELP_DESK: InjectionKey<HelpDesk> = Symbol('help desk')

export function useHelpDesk(): HelpDesk {
  return inject(HELP_DESK)!
}

const ROLES = ['help-desk', 'manager']

/** Return whether somebody gives numbers to others in this hall. */
export function mayGive(
  who: Pick<SessionAnswer, 'role' | 'hall'>,
  hall: string,
): boolean {
  return ROLES.includes(who.role) && ['', hall].includes(who.hall)
}
