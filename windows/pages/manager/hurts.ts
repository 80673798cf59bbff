/** Where it hurts in the hall, and what the manager can do about it. */

import type { DayHours, Hall } from '@web/answers'
import { minutesBetween } from '@web/clock'
import type { ManagerZone } from '@web/topics/manager'

import type { Tile } from './tiles'

export type Level = 'calm' | 'watch' | 'hurt'

/** Words of the page with the values they need, and the window they speak of. */
export interface Said {
  key: string
  values: Record<string, string | number>
  window?: string
}

export interface Hurt {
  zone: string
  row: ManagerZone
  level: Level
  why: Said[]
  remedies: Said[]
}

/** A wait is looked at from the hall's target on, and hurts at twice as much. */
export const HURT_TARGETS = 2
/** The same for people per open window. */
export const WATCH_CROWD = 4
export const HURT_CROWD = 8
/** A window without a ticket for so long while people wait is asked about. */
const IDLE_MINUTES = 3
const REMEDIES = 4

/** Return whether windows are meant to serve now; unknown hours are working hours. */
export function isWorking(hours: DayHours | null, now: number): boolean {
  if (!hours) return true
  return hours.sessions.some((row) => row.opens_at <= now && now < row.closes_at)
}

/**
 * Return how the zone is: by its longest wait against the hall's target, and by the
 * people per open window. Nobody is missed at a closed window before the windows open,
 * or at noon.
 */
export function levelOf(
  zone: ManagerZone,
  working: boolean,
  now: number,
  targetMinutes: number,
): Level {
  if (zone.waiting === 0) return 'calm'
  const serving = zone.openWindows - zone.pausedWindows
  if (serving <= 0) return working ? 'hurt' : 'calm'
  const oldest = zone.oldestIssuedAt ? minutesBetween(zone.oldestIssuedAt, now) : 0
  const crowd = zone.waiting / serving
  if (oldest >= HURT_TARGETS * targetMinutes || crowd >= HURT_CROWD) return 'hurt'
  return oldest >= targetMinutes || crowd >= WATCH_CROWD ? 'watch' : 'calm'
}

/** Return the minutes that nobody should wait. */
export function targetOf(hall: Hall): number {
  return hall.rules.wait_target_seconds / 60
}

/** Return the zones that need the manager, worst first. */
export function hurtsOf(
  hall: Hall,
  zones: ManagerZone[],
  tiles: Tile[],
  now: number,
): Hurt[] {
  const working = isWorking(hall.hours, now)
  const target = targetOf(hall)
  return zones
    .map((zone) => ({ zone, level: levelOf(zone, working, now, target) }))
    .filter(({ level }) => level !== 'calm')
    .sort((a, b) => rank(b.level) - rank(a.level) || oldest(a.zone) - oldest(b.zone))
    .map(({ zone, level }) => ({
      zone: zone.zone,
      row: zone,
      level,
      why: why(zone, now),
      remedies: remediesFor(hall, zone, tiles),
    }))
}

/**
 * Return the windows to ask about: those that are paused, and those that have long been
 * idle while somebody waits whom they may serve. The longest come first.
 */
export function quietTiles(hall: Hall, zones: ManagerZone[], tiles: Tile[]): Tile[] {
  const crowded = new Set(zones.filter((one) => one.waiting > 0).map((one) => one.zone))
  const queues = new Set(
    hall.queues.filter((row) => crowded.has(row.zone)).map((row) => row.queue),
  )
  const isMissed = (tile: Tile) =>
    tile.over && tile.label.skills.some((skill) => queues.has(skill.queue))
  return tiles
    .filter(
      (tile) => tile.state === 'paused' || (tile.state === 'idle' && isMissed(tile)),
    )
    .sort((a, b) => b.minutes - a.minutes)
}

function rank(level: Level): number {
  return ['calm', 'watch', 'hurt'].indexOf(level)
}

function oldest(zone: ManagerZone): number {
  return zone.oldestIssuedAt ?? Number.MAX_SAFE_INTEGER
}

function why(zone: ManagerZone, now: number): Said[] {
  const said: Said[] = [{ key: 'why.waiting', values: { n: zone.waiting } }]
  if (zone.oldestIssuedAt) {
    const minutes = minutesBetween(zone.oldestIssuedAt, now)
    said.push({ key: 'why.oldest', values: { minutes } })
  }
  const n = zone.openWindows - zone.pausedWindows
  said.push({ key: n > 0 ? 'why.windows' : 'why.no-window', values: { n } })
  return said
}

/**
 * Return what would help the zone: idle and paused windows of its own first, then
 * closed ones, then helpers.
 */
export function remediesFor(hall: Hall, zone: ManagerZone, tiles: Tile[]): Said[] {
  const own = tiles.filter((tile) => tile.label.zone === zone.zone)
  const queues = hall.queues.filter((row) => row.zone === zone.zone)
  const helpers = tiles.filter(
    (tile) =>
      tile.label.zone !== zone.zone &&
      tile.label.skills.some((skill) =>
        queues.some((row) => row.queue === skill.queue),
      ),
  )
  return [
    ...own.filter(isIdle).map((tile) => remedy('remedy.idle', tile)),
    ...own
      .filter((tile) => tile.state === 'paused')
      .sort((a, b) => b.minutes - a.minutes)
      .map((tile) => remedy('remedy.paused', tile, { reason: tile.pauseReason })),
    ...own
      .filter((tile) => tile.state === 'closed')
      .slice(0, 1)
      .map((tile) => remedy('remedy.open', tile)),
    ...helpers
      .filter((tile) => tile.state === 'closed' || tile.state === 'paused')
      .slice(0, 1)
      .map((tile) => remedy('remedy.helper', tile)),
  ].slice(0, REMEDIES)
}

function isIdle(tile: Tile): boolean {
  return tile.state === 'idle' && tile.minutes >= IDLE_MINUTES
}

function remedy(key: string, tile: Tile, more: Said['values'] = {}): Said {
  const values = { window: tile.window, minutes: tile.minutes, ...more }
  return { key, values, window: tile.window }
}
