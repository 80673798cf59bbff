/** Taking a number: one press, one ticket, whatever the network does. */

import { ref, type Ref } from 'vue'

import type { IssuedTicket, Item } from '@web/answers'
import { Refusal, Unreachable, newKey, type Api } from '@web/api'
import type { TicketClass } from '@web/topics/board'
import type { Language } from '@web/words'

export interface Taking {
  /** The class being asked for; null when nothing is under way. */
  busy: Ref<TicketClass | null>
  error: Ref<unknown>
  /** Return the ticket, or null when it was refused or is being taken already. */
  take(ticketClass: TicketClass, language: Language): Promise<IssuedTicket | null>
}

/** Begin to take a number for an item; every class has one key until it is answered. */
export function startTaking(
  api: Api,
  hall: string,
  item: Item,
  channel: 'kiosk' | 'phone',
): Taking {
  const busy = ref<TicketClass | null>(null)
  const error = ref<unknown>(null)
  const keys = new Map<TicketClass, string>()

  function keyFor(ticketClass: TicketClass): string {
    const key = keys.get(ticketClass) ?? newKey()
    keys.set(ticketClass, key)
    return key
  }

  async function take(
    ticketClass: TicketClass,
    language: Language,
  ): Promise<IssuedTicket | null> {
    if (busy.value) return null
    busy.value = ticketClass
    error.value = null
    const path = `/api/halls/${encodeURIComponent(hall)}/tickets`
    const body = { item: item.item, class: ticketClass, channel, language }
    try {
      return await api.post<IssuedTicket>(path, body, keyFor(ticketClass))
    } catch (refused) {
      if (!(refused instanceof Refusal || refused instanceof Unreachable)) throw refused
      // A refusal was an answer: the next press is a new intention.
      if (refused instanceof Refusal) keys.delete(ticketClass)
      error.value = refused
      return null
    } finally {
      busy.value = null
    }
  }

  return { busy, error, take }
}
