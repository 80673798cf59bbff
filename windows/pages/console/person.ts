/** Who stands at the window, behind masks: asked for once for every ticket. */

import { shallowRef, watch, type Ref } from 'vue'

import { Refusal, Unreachable, type Api } from '@web/api'

/** The masks of what is kept of a person; null: nothing is. */
export interface PersonMasks {
  name: string | null
  identity: string | null
  phone: string | null
}

interface PersonAnswer extends PersonMasks {
  ticket: string | null
}

/** Follow the ticket at a window; `path` is the window's own. */
export function personAt(
  api: Pick<Api, 'get'>,
  path: string,
  ticket: Readonly<Ref<string>>,
): Readonly<Ref<PersonMasks | null>> {
  const person = shallowRef<PersonMasks | null>(null)

  async function look(asked: string): Promise<void> {
    person.value = null
    if (asked === '') return
    try {
      const answer = await api.get<PersonAnswer>(`${path}/person`)
      // The window may have gone on to another ticket meanwhile.
      const isThisOne = answer.ticket === asked && ticket.value === asked
      const isAnybody = answer.name ?? answer.identity ?? answer.phone
      if (isThisOne && isAnybody) person.value = answer
    } catch (error) {
      // The number is what counts; who holds it is an extra.
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error
    }
  }

  watch(ticket, look, { immediate: true })
  return person
}
