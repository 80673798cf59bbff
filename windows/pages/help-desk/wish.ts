/** What a citizen at the help desk wants a number for, and what may be asked. */

import type { Hall, Item } from '@web/answers'
import { dateOf, offsetAt } from '@web/clock'
import type { Wishes } from '@web/taking'
import type { TicketClass } from '@web/topics/board'
import type { Language } from '@web/words'

/** The house takes so many items for one number. */
export const MOST_ITEMS = 8

export interface Wish {
  items: Item[]
  ticketClass: TicketClass
  /** The booked time as it was typed. */
  booked: string
  extended: boolean
  language: Language
  large: boolean
  /** The identity number; it is gone as soon as the number is taken. */
  subject: string
}

export function freshWish(): Wish {
  return {
    items: [],
    ticketClass: 'ordinary',
    booked: '',
    extended: false,
    language: 'zh',
    large: false,
    subject: '',
  }
}

/** Add an item once, as long as the number takes one more. */
export function withItem(items: Item[], item: Item): Item[] {
  const known = items.some((one) => one.item === item.item)
  return known || items.length >= MOST_ITEMS ? items : [...items, item]
}

export function withoutItem(items: Item[], item: Item): Item[] {
  return items.filter((one) => one.item !== item.item)
}

/** Return the instant of a time of today (`9:30`, `0930`, `9：30`), or null. */
export function bookedAt(typed: string, now: number): number | null {
  const found = /^(\d{1,2})[:：.]?(\d{2})$/.exec(typed.trim())
  if (!found) return null
  const [hours, minutes] = [Number(found[1]), Number(found[2])]
  if (hours > 23 || minutes > 59) return null
  const midnight = Date.parse(`${dateOf(now)}T00:00:00Z`)
  const local = midnight + (hours * 60 + minutes) * 60_000
  return local - offsetAt(now) * 60_000
}

/** What this hall lets the help desk ask for at this time. */
export interface Offered {
  green: boolean
  extended: boolean
  subject: boolean
}

export function offeredAt(hall: Hall, now: number): Offered {
  const { rules, hours } = hall
  return {
    green: rules.green_channels.includes('help-desk'),
    extended: hours !== null && now >= hours.cut_off_at,
    // Who somebody is matters only where numbers of one person are counted.
    subject: rules.subject_daily_limit > 0 || rules.card_name,
  }
}

/** Whether a number can be had: windows are on duty, will be, or are not. */
export type Served = 'open' | 'before' | 'none'

export function servedNow(item: Item, hall: Hall, now: number): Served {
  if (item.open_windows > 0) return 'open'
  const first = hall.hours?.sessions[0]
  const someday = hall.windows.some((window) =>
    window.skills.some((skill) => skill.queue === item.queue),
  )
  return first && now < first.opens_at && someday ? 'before' : 'none'
}

/** What keeps the number from being asked for; empty when nothing does. */
export function faultOf(wish: Wish, now: number): '' | 'items' | 'booked' {
  if (wish.items.length === 0) return 'items'
  const booked = wish.ticketClass === 'appointment'
  return booked && bookedAt(wish.booked, now) === null ? 'booked' : ''
}

/** What is asked for beside items, class and language; nothing that is not wished. */
export function wishesOf(wish: Wish, now: number, offered: Offered): Wishes {
  const booked = wish.ticketClass === 'appointment' ? bookedAt(wish.booked, now) : null
  const subject = offered.subject ? wish.subject.trim() : ''
  return {
    ...(booked !== null ? { booked_at: booked } : {}),
    ...(offered.extended && wish.extended ? { extended: true } : {}),
    ...(subject ? { subject } : {}),
  }
}
