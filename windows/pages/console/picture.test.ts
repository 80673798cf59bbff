import { describe, expect, it } from 'vitest'

import type { ConsoleView, WaitingTicket } from '@web/topics/console'

import type { DeskAnswer } from '../shared/answers'
import { NOTHING, nextOf, pictureOf, undoAfter, type Answered } from './picture'

const NINE = 1_763_780_400_000

const waiting = (ticket: string): WaitingTicket => ({
  ticket,
  number: `A0${ticket}`,
  ticketClass: 'ordinary',
  queue: 'a',
  items: ['SW001'],
  issuedAt: NINE,
  effectiveAt: NINE,
  offsetSeconds: 0,
  pinned: false,
  transferredHere: false,
  returned: false,
  notYetDue: false,
  sequence: Number(ticket),
})

const called = (version: number, state: 'called' | 'serving' = 'called') => ({
  window: '3',
  state: 'open',
  clerk: 'clerk01',
  pause_reason: null,
  call: 40,
  announcements: 1,
  service: null,
  held: [],
  ticket: {
    ticket: '12',
    number: 'A012',
    class: 'ordinary' as const,
    queue: 'a',
    items: ['SW001'],
    state,
    issued_at: NINE,
  },
  version,
})

const answered = (answer: DeskAnswer, at = NINE): Answered => ({
  answer,
  at,
  undo: null,
})

const open: ConsoleView = { ...NOTHING, duty: 'open', waiting: [waiting('12')] }

describe('the picture of a window', () => {
  it('is the live one when no answer is newer', () => {
    const newest = answered(called(40))

    expect(pictureOf(open, 40, null)).toBe(open)
    expect(pictureOf(open, 40, newest)).toBe(open)
  })

  it('shows the called ticket before the link tells of it', () => {
    const picture = pictureOf(open, 39, answered(called(40)))

    expect(picture.current).toMatchObject({ number: 'A012', stage: 'called' })
    expect(picture.current!.sinceAt).toBe(NINE)
    expect(picture.waiting).toEqual([])
  })

  it('lets the time at the window run on through a recall', () => {
    const before = pictureOf(open, 39, answered(called(40)))

    const after = pictureOf(before, 40, answered(called(41), NINE + 9_000))

    expect(after.current!.sinceAt).toBe(NINE)
  })

  it('starts the time anew when the service begins', () => {
    const before = pictureOf(open, 39, answered(called(40)))
    const started = answered(called(41, 'serving'), NINE + 9_000)

    const after = pictureOf(before, 40, started)

    expect(after.current).toMatchObject({ stage: 'serving', sinceAt: NINE + 9_000 })
  })

  it('is free as soon as the service is completed', () => {
    const before = pictureOf(open, 39, answered(called(40)))
    const done: DeskAnswer = { ...called(41), ticket: null, service: '12.1' }

    const after = pictureOf(before, 40, answered(done))

    expect(after.current).toBeNull()
    expect(after.duty).toBe('open')
  })

  it('shows a held ticket aside, with the time since it was set aside', () => {
    const held: DeskAnswer = {
      ...called(41),
      ticket: null,
      held: [{ ...called(41).ticket, state: 'held' }],
    }

    const picture = pictureOf(open, 40, answered(held))

    expect(picture.held).toEqual([
      { ticket: '12', number: 'A012', items: ['SW001'], sinceAt: NINE },
    ])
    expect(picture.waiting).toEqual([])
  })

  it('shows a pause before the link tells of it', () => {
    const paused: DeskAnswer = { ...called(41), ticket: null, state: 'paused' }

    const picture = pictureOf(open, 40, answered(paused))

    expect(picture).toMatchObject({ duty: 'paused', clerk: 'clerk01' })
  })
})

describe('what may be undone', () => {
  const press = { verb: 'complete' as const, body: {}, number: 'A012', key: 'k' }

  it('is told by the answer, before the link tells of it', () => {
    const done: DeskAnswer = { ...called(41), ticket: null, service: '12.1' }
    const undo = undoAfter(press, NINE, 30)

    const picture = pictureOf(open, 40, { answer: done, at: NINE, undo })

    expect(picture.undo).toMatchObject({ what: 'completed', number: 'A012' })
    expect(picture.undo!.untilAt).toBe(NINE + 30_000)
    expect(pictureOf(open, 41, { answer: done, at: NINE, undo }).undo).toBeNull()
  })

  it('is a miss or a completion, where the hall lets them be undone', () => {
    const missed = { ...press, verb: 'no-show' as const }

    expect(undoAfter(missed, NINE, 30)!.what).toBe('missed')
    expect(undoAfter({ ...press, verb: 'transfer' }, NINE, 30)).toBeNull()
    expect(undoAfter(missed, NINE, 0)).toBeNull()
  })
})

describe('who is next', () => {
  const booked = { ...waiting('5'), notYetDue: true, effectiveAt: NINE + 60_000 }

  it('is the first in dispatch order', () => {
    expect(nextOf([waiting('1'), waiting('2')], NINE)?.ticket).toBe('1')
    expect(nextOf([], NINE)).toBeNull()
  })

  it('is not somebody booked for later while another waits', () => {
    expect(nextOf([booked, waiting('9')], NINE)?.ticket).toBe('9')
    expect(nextOf([booked], NINE)?.ticket).toBe('5')
  })

  it('is the booked citizen once the time has come', () => {
    expect(nextOf([booked, waiting('9')], NINE + 60_000)?.ticket).toBe('5')
  })
})
