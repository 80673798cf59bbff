/** What each page of lists and forms begins with: the session, then what it shows. */

import { ref, type Ref } from 'vue'

import { staffSession, type StaffSession } from './session'

export interface Office {
  session: StaffSession
  /** What keeps the page from opening. */
  trouble: Readonly<Ref<unknown>>
  /** What was refused last. */
  wrong: Ref<unknown>
  busy: Readonly<Ref<boolean>>
  /** Carry out one press; while one is under way, no other begins. */
  attempt(what: () => Promise<void>): Promise<void>
}

/** Open a page that `load` fills as soon as it is known who sits here. */
export function openOffice(
  load: (session: StaffSession) => Promise<void>,
  session: StaffSession = staffSession(),
): Office {
  const trouble = ref<unknown>()
  const wrong = ref<unknown>()
  const busy = ref(false)

  async function open(): Promise<void> {
    try {
      await session.resume()
      if (session.who.value) await load(session)
    } catch (error) {
      trouble.value = error
    }
  }

  async function attempt(what: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    wrong.value = undefined
    try {
      await what()
    } catch (error) {
      wrong.value = error
    } finally {
      busy.value = false
    }
  }

  void open()
  return { session, trouble, wrong, busy, attempt }
}
