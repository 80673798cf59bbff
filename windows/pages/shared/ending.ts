/** Whether somebody still sits at this screen, and if not, why. */

import { ref, watch, type Ref } from 'vue'

import { Refusal, Unreachable } from '@web/api'
import type { HallPage } from '@web/hall'
import type { LinkStatus } from '@web/link/connection'

import type { StaffSession } from './session'

/** The sessions of clerks end with the day of their hall; any may end otherwise. */
export type Ending = 'day' | 'session'

export interface Endings {
  /** Null as long as the session lives, or nobody can say. */
  ending: Readonly<Ref<Ending | null>>
  /** Ask whether the session has ended: something said so. */
  look(): Promise<void>
}

/** Look whether the session has ended whenever the house ends the live link. */
export function watchEnding(
  session: Pick<StaffSession, 'api'>,
  page: Pick<HallPage, 'hall' | 'reload'>,
  link: () => LinkStatus | undefined,
): Endings {
  const ending = ref<Ending | null>(null)

  async function look(): Promise<void> {
    if (ending.value || !(await hasEnded(session))) return
    // The labels were read when the day was open.
    await page.reload()
    ending.value = page.hall.value?.state === 'open' ? 'session' : 'day'
  }

  watch(link, (status) => status === 'stopped' && void look())
  return { ending, look }
}

async function hasEnded(session: Pick<StaffSession, 'api'>): Promise<boolean> {
  try {
    await session.api.get('/api/session')
    return false
  } catch (error) {
    if (error instanceof Unreachable) return false
    if (!(error instanceof Refusal)) throw error
    return error.status === 401
  }
}
