/** What a new number tells its holder, on the screen and on the slip. */

import type { Hall } from '@web/answers'
import { timeOf } from '@web/clock'
import { plainWindow } from '@web/numbers'
import type { Label, Language } from '@web/words'

import type { Taken } from './desk'
import { wordsFor } from './words'

/** A zone may have thirty windows; so many are named. */
const MOST_WINDOWS = 8

export interface Telling {
  hall: string
  number: string
  /** Empty for an ordinary number. */
  ticketClass: string
  items: string[]
  ahead: string
  zone: string
  place: string
  windows: string
  /** Empty as long as there is time enough. */
  closing: string
  taken: string
}

/** Tell it in one language: the desk's, or the citizen's. */
export function tellingOf(taken: Taken, hall: Hall, language: Language): Telling {
  const { ticket, wish } = taken
  const words = wordsFor[language]
  const zone = hall.zones.find((row) => row.zone === ticket.zone)
  const ahead = ticket.people_ahead
  return {
    hall: labelIn(hall.name, language),
    number: ticket.number,
    ticketClass:
      ticket.class === 'ordinary' ? '' : words(`staff.class.${ticket.class}`),
    items: wish.items.map((item) => (language === 'en' && item.name_en) || item.name),
    ahead: words(ahead ? 'told.ahead' : 'told.ahead.none', { n: ahead }),
    zone: labelIn(zone?.name, language),
    place: labelIn(zone?.place, language),
    windows: windowsIn(ticket.windows, language),
    closing: ticket.closing_soon ? words('told.closing') : '',
    taken: timeOf(ticket.issued_at),
  }
}

function windowsIn(windows: string[], language: Language): string {
  if (windows.length === 0) return ''
  const words = wordsFor[language]
  const named = windows.slice(0, MOST_WINDOWS).map(plainWindow)
  const key = windows.length > MOST_WINDOWS ? 'told.windows.more' : 'told.windows'
  return words(key, { n: windows.length, windows: named.join(words('told.and')) })
}

function labelIn(label: Label | undefined, language: Language): string {
  if (!label) return ''
  return (language === 'en' ? label.en : label.zh) || label.zh
}
