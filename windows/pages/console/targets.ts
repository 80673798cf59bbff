/** Where a ticket can be sent, found by typing. */

import type { Hall } from '@web/answers'
import { plainWindow, queueLabel, windowName, zoneLabel } from '@web/numbers'
import type { Label } from '@web/words'

export interface Target {
  kind: 'queue' | 'window'
  id: string
  name: string
  zone: string
  /** It serves the ticket's queue, so the ticket goes on where it belongs. */
  fitting: boolean
}

const SHOWN = 7

/**
 * Return the targets that match what was typed: a window's number, a queue's letter,
 * or part of a name. Fitting ones first; without typing, those of the own zone first,
 * queues before windows.
 */
export function targetsOf(
  hall: Hall,
  openWindows: string[],
  here: { window: string; queue: string },
  typed: string,
): Target[] {
  const text = typed.trim().toLowerCase()
  const zone = hall.windows.find((row) => row.window === here.window)?.zone ?? ''
  return [...windowTargets(hall, openWindows, here), ...queueTargets(hall, here)]
    .map((found) => ({ ...found, rank: rankOf(found, text, zone) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ target }) => target)
}

interface Findable {
  target: Target
  zone: string
  exact: string[]
  parts: string[]
}

const NO_MATCH = 100

function rankOf(found: Findable, text: string, zone: string): number {
  const fit = found.target.fitting ? 0 : 1
  if (text === '') {
    const near = found.zone === zone ? 0 : 10
    return near + fit + (found.target.kind === 'queue' ? 0 : 2)
  }
  if (found.exact.includes(text)) return fit
  if (found.exact.some((word) => word.startsWith(text))) return 10 + fit
  if (found.parts.some((part) => part.includes(text))) return 20 + fit
  return NO_MATCH
}

function windowTargets(
  hall: Hall,
  open: string[],
  here: { window: string; queue: string },
): Findable[] {
  return hall.windows
    .filter((row) => open.includes(row.window) && row.window !== here.window)
    .map((row) => ({
      target: {
        kind: 'window',
        id: row.window,
        name: plainWindow(row.window),
        zone: windowName(hall, row.window) || zoneLabel(hall, row.zone),
        fitting: row.skills.some((skill) => skill.queue === here.queue),
      },
      zone: row.zone,
      exact: [row.window.toLowerCase(), plainWindow(row.window).toLowerCase()],
      parts: [...spellings(row.name), ...zoneSpellings(hall, row.zone)],
    }))
}

function queueTargets(hall: Hall, here: { queue: string }): Findable[] {
  return hall.queues.map((row) => ({
    target: {
      kind: 'queue',
      id: row.queue,
      name: `${row.letter} ${queueLabel(hall, row.queue)}`,
      zone: zoneLabel(hall, row.zone),
      fitting: row.queue === here.queue,
    },
    zone: row.zone,
    exact: [row.letter.toLowerCase()],
    parts: [...spellings(row.name), ...zoneSpellings(hall, row.zone)],
  }))
}

function zoneSpellings(hall: Hall, zone: string): string[] {
  return spellings(hall.zones.find((row) => row.zone === zone)?.name ?? null)
}

/** Both languages find it, whichever the screen speaks. */
function spellings(label: Label | null): string[] {
  return [label?.zh, label?.en]
    .filter((name): name is string => Boolean(name))
    .map((name) => name.toLowerCase())
}
