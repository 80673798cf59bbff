import { describe, expect, it } from 'vitest'

import type { ManagerView, ManagerWindow, ManagerZone } from '@web/topics/manager'

import { aHall } from '../shared/samples'
import { hurtsOf, isWorking, levelOf as levelFor, quietTiles } from './hurts'
import { tilesOf } from './tiles'

const NOW = 1_763_780_400_000
const MINUTE = 60_000
const hall = aHall()

const zone = (more: Partial<ManagerZone> = {}): ManagerZone => ({
  zone: 'tax',
  waiting: 0,
  parked: 0,
  serving: 0,
  openWindows: 2,
  pausedWindows: 0,
  oldestIssuedAt: null,
  ...more,
})
const since = (minutes: number) => NOW - minutes * MINUTE
const window = (more: Partial<ManagerWindow>): ManagerWindow => ({
  window: '1',
  duty: 'open',
  clerk: 'c1',
  stage: 'none',
  number: '',
  sinceAt: NOW,
  servedToday: 0,
  pauseReason: '',
  ...more,
})
const view = (windows: ManagerWindow[]): ManagerView => ({
  date: '2026-11-20',
  dayState: 1,
  zones: [],
  windows,
  figures: {} as ManagerView['figures'],
  longest: [],
  notices: [],
  load: [],
})
const levelOf = (row: ManagerZone, working: boolean, now: number) =>
  levelFor(row, working, now, 15)
const tiles = (...windows: ManagerWindow[]) => tilesOf(hall, view(windows), NOW)

describe('a zone', () => {
  it('is calm while nobody waits, even with every window closed', () => {
    expect(levelOf(zone({ openWindows: 0 }), true, NOW)).toBe('calm')
  })

  it('hurts when people wait and nobody serves', () => {
    const alone = zone({ waiting: 1, oldestIssuedAt: NOW, openWindows: 0 })
    const paused = zone({ waiting: 1, oldestIssuedAt: NOW, pausedWindows: 2 })

    expect(levelOf(alone, true, NOW)).toBe('hurt')
    expect(levelOf(paused, true, NOW)).toBe('hurt')
  })

  it('does not hurt before the windows are meant to open, nor at noon', () => {
    const early = zone({ waiting: 3, oldestIssuedAt: since(25), openWindows: 0 })

    expect(levelOf(early, false, NOW)).toBe('calm')
    expect(levelOf(early, true, NOW)).toBe('hurt')
  })

  it('is looked at when the target has passed and hurts at twice as much', () => {
    const waited = (minutes: number) =>
      levelOf(zone({ waiting: 1, oldestIssuedAt: since(minutes) }), true, NOW)

    expect([14, 15, 29, 30].map(waited)).toEqual(['calm', 'watch', 'watch', 'hurt'])
  })

  it('is looked at with 4 people to a window and hurts with 8', () => {
    const crowd = (waiting: number) =>
      levelOf(zone({ waiting, oldestIssuedAt: NOW }), true, NOW)

    expect([7, 8, 15, 16].map(crowd)).toEqual(['calm', 'watch', 'watch', 'hurt'])
  })
})

describe('the working hours', () => {
  const hours = {
    doors_at: since(60),
    sessions: [
      { opens_at: since(30), closes_at: since(10) },
      { opens_at: NOW, closes_at: NOW + 60 * MINUTE },
    ],
    closing_soon_at: 0,
    cut_off_at: 0,
    closes_at: 0,
  }

  it('are the sessions of the day, without the break between them', () => {
    expect(isWorking(hours, since(40))).toBe(false)
    expect(isWorking(hours, since(20))).toBe(true)
    expect(isWorking(hours, since(10))).toBe(false)
    expect(isWorking(hours, NOW)).toBe(true)
  })

  it('are any time where the hall has told none', () => {
    expect(isWorking(null, NOW)).toBe(true)
  })
})

describe('where it hurts', () => {
  it('is told worst first, and calm zones are left out', () => {
    const zones = [
      zone({ zone: 'tax', waiting: 1, oldestIssuedAt: since(20) }),
      zone({ zone: 'social', waiting: 1, oldestIssuedAt: since(40) }),
      zone({ zone: 'calm' }),
    ]

    const hurts = hurtsOf(hall, zones, tiles(), NOW)

    expect(hurts.map((hurt) => [hurt.zone, hurt.level])).toEqual([
      ['social', 'hurt'],
      ['tax', 'watch'],
    ])
  })

  it('comes with what can be done: ask an idle window, resume a paused one', () => {
    const idle = window({ window: '1', sinceAt: since(5) })
    const paused = window({
      window: '2',
      duty: 'paused',
      pauseReason: '用餐',
      sinceAt: since(18),
    })
    const busy = zone({ waiting: 3, oldestIssuedAt: since(31) })

    const [hurt] = hurtsOf(hall, [busy], tiles(idle, paused), NOW)

    expect(hurt!.remedies.map((said) => [said.key, said.window])).toEqual([
      ['remedy.idle', '1'],
      ['remedy.paused', '2'],
      ['remedy.helper', '3'],
    ])
    expect(hurt!.remedies[1]!.values).toMatchObject({ minutes: 18, reason: '用餐' })
  })

  it('never asks a window that is serving to do more', () => {
    const serving = window({ window: '1', stage: 'serving', number: 'A001' })
    const busy = zone({ waiting: 3, oldestIssuedAt: since(31) })

    const [hurt] = hurtsOf(hall, [busy], tiles(serving), NOW)

    expect(hurt!.remedies.map((said) => said.window)).not.toContain('1')
  })
})

describe('a tile', () => {
  it('fills with the time in its state, and says when that is long', () => {
    const [first, second] = tiles(
      window({ window: '1', stage: 'serving', number: 'A001', sinceAt: since(15) }),
      window({ window: '2', duty: 'paused', sinceAt: since(16) }),
    )

    expect(first).toMatchObject({
      state: 'serving',
      minutes: 15,
      fill: 0.5,
      over: false,
    })
    expect(second).toMatchObject({ state: 'paused', fill: 1, over: true })
  })

  it('stands for every window of the hall in its real order', () => {
    expect(tiles().map((tile) => [tile.window, tile.state])).toEqual([
      ['1', 'closed'],
      ['2', 'closed'],
      ['3', 'closed'],
      ['12', 'closed'],
    ])
  })
})

describe('the windows to ask about', () => {
  const longIdle = (window_: string) => window({ window: window_, sinceAt: since(20) })

  it('are the paused ones, and the idle ones for whom somebody waits', () => {
    const shown = tiles(
      longIdle('1'),
      window({ window: '2', duty: 'paused', sinceAt: since(40) }),
      longIdle('12'),
    )

    const crowded = quietTiles(hall, [zone({ waiting: 2 })], shown)
    const calm = quietTiles(hall, [zone()], shown)

    expect(crowded.map((tile) => tile.window)).toEqual(['2', '1'])
    expect(calm.map((tile) => tile.window)).toEqual(['2'])
  })
})
