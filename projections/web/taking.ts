/** Taking a number: one press, one ticket, whatever the network does. */

import { ref, type Ref } from 'vue'

import type { IssuedTicket, Item } from '@web/answers'
import { Refusal, Unreachable, newKey, type Api } from '@web/api'
import type { TicketClass } from '@web/topics/board'
import type { Language } from '@web/words'

/** What a machine or the help desk asks for beside the number; a phone asks nothing. */
export interface Wishes {
  /** Print the slip; not where it is known that the printer cannot. */
  print?: boolean
  /** The identity number; the record only gets a random key in its place. */
  subject?: string
  /** The name on the card, where the hall wants it. */
  name?: string
  /** Print the slip in larger letters. */
  large?: boolean
  /** The instant that a citizen with an appointment was given. */
  booked_at?: number
  /** For extended hours, when nobody is taken on any more. */
  extended?: boolean
}

export interface Taking {
  /** The class being asked for; null when nothing is under way. */
  busy: Ref<TicketClass | null>
  error: Ref<unknown>
  /** Return the ticket, or null when it was refused or is being taken already. */
  take(
    ticketClass: TicketClass,
    language: Language,
    wishes?: Wishes,
  ): Promise<IssuedTicket | null>
}

/**
 * Begin to take a number for an item, or for several at one visit. Every class has one key until it is answered, and
 * what was asked under a key is asked again word for word.
 */
export function startTaking(
  api: Api,
  hall: string,
  wanted: Item | Item[],
  channel: 'kiosk' | 'phone' | 'help-desk',
): Taking {
  const items = Array.isArray(wanted)
    ? { items: wanted.map(({ item }) => item) }
    : { item: wanted.item }
  const busy = ref<TicketClass | null>(null)
  const error = ref<unknown>(null)
  const asked = new Map<TicketClass, { key: string; body: object }>()

  function wishFor(ticketClass: TicketClass, language: Language, wishes: Wishes) {
    const wish = asked.get(ticketClass) ?? {
      key: newKey(),
      body: { ...items, class: ticketClass, channel, language, ...wishes },
    }
    asked.set(ticketClass, wish)
    return wish
  }

  async function take(
    ticketClass: TicketClass,
    language: Language,
    wishes: Wishes = {},
  ): Promise<IssuedTicket | null> {
    if (busy.value) return null
    busy.value = ticketClass
    error.value = null
    const path = `/api/halls/${encodeURIComponent(hall)}/tickets`
    const { key, body } = wishFor(ticketClass, language, wishes)
    try {
      const ticket = await api.post<IssuedTicket>(path, body, key)
      asked.delete(ticketClass)
      return ticket
    } catch (refused) {
      if (!(refused instanceof Refusal || refused instanceof Unreachable)) throw refused
      // A refusal was an answer: the next press is a new intention.
      if (refused instanceof Refusal) asked.delete(ticketClass)
      error.value = refused
      return null
    } finally {
      busy.value = null
    }
  }

  return { busy, error, take }
}
