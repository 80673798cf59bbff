/** Asking windows to help a zone: a notice to their consoles, in both languages. */

import type { Hall } from '@web/answers'
import { minutesBetween } from '@web/clock'
import { plainWindow } from '@web/numbers'
import type { ManagerZone } from '@web/topics/manager'
import type { OfficeNotice } from '@web/topics/notices'
import type { Language } from '@web/words'

import { wordsFor } from './words'

/** A request for help stands for so long. */
export const HELP_MINUTES = 15
/** A board takes so much, and so does a console: texts are recorded as they are. */
export const LIMITS: Record<Language, number> = { zh: 60, en: 140 }

export interface HelpAsked {
  zh: string
  en: string
  windows: string[]
  minutes: number
}

/** Return what the windows are asked; as many are named as the text has room for. */
export function helpFor(
  hall: Hall,
  zone: ManagerZone,
  windows: string[],
  now: number,
): HelpAsked {
  let asked = windows
  while (asked.length > 1 && !fits(hall, zone, asked, now)) asked = asked.slice(0, -1)
  return {
    zh: say('zh', hall, zone, asked, now).slice(0, LIMITS.zh),
    en: say('en', hall, zone, asked, now).slice(0, LIMITS.en),
    windows: asked,
    minutes: HELP_MINUTES,
  }
}

/** Return the windows that a standing notice to clerks has asked already. */
export function askedBefore(notices: OfficeNotice[]): Set<string> {
  return new Set(notices.filter((one) => one.staff).flatMap((one) => one.windows))
}

function fits(hall: Hall, zone: ManagerZone, windows: string[], now: number): boolean {
  const languages = ['zh', 'en'] as const
  return languages.every(
    (one) => say(one, hall, zone, windows, now).length <= LIMITS[one],
  )
}

function say(
  language: Language,
  hall: Hall,
  zone: ManagerZone,
  windows: string[],
  now: number,
): string {
  const label = hall.zones.find((row) => row.zone === zone.zone)?.name
  const name = (language === 'en' ? label?.en : label?.zh) || label?.zh || zone.zone
  const numbers = windows.map(plainWindow)
  const minutes = zone.oldestIssuedAt ? minutesBetween(zone.oldestIssuedAt, now) : 0
  return wordsFor[language](windows.length === 1 ? 'help.text.single' : 'help.text', {
    zone: name,
    people: zone.waiting,
    minutes,
    windows: numbers.join(language === 'zh' ? '、' : ', '),
  })
}
