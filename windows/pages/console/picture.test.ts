import { describe, expect, it } from 'vitest'

import type { ConsoleView, WaitingTicket } from '@web/topics/console'

import type { DeskAnswer } from '../shared/answers'
import { NOTHING, nextOf, pictureOf } from './picture'

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

const open: ConsoleView = { ...NOTHING, duty: 'open', waiting: [waiting('12')] }

describe('the picture of a window', () => {
  it('is the live one when no answer is newer', () => {
    const answered = { answer: called(40), at: NINE }

    expect(pictureOf(open, 40, null)).toBe(open)
    expect(pictureOf(open, 40, answered)).toBe(open)
  })

  it('shows the called ticket before the link tells of it', () => {
    const picture = pictureOf(open, 39, {
      answer: called(40),
      at: NINE,
    })

    expect(picture.current).toMatchObject({ number: 'A012', stage: 'called' })
    expect(picture.current!.sinceAt).toBe(NINE)
    expect(picture.waiting).toEqual([])
  })

  it('lets the time at the window run on through a recall', () => {
    const before = pictureOf(open, 39, {
      answer: called(40),
      at: NINE,
    })

    const after = pictureOf(before, 40, {
      answer: called(41),
      at: NINE + 9_000,
    })

    expect(after.current!.sinceAt).toBe(NINE)
  })

  it('starts the time anew when the service begins', () => {
    const before = pictureOf(open, 39, {
      answer: called(40),
      at: NINE,
    })
    const started = {
      answer: called(41, 'serving'),
      at: NINE + 9_000,
    }

    const after = pictureOf(before, 40, started)

    expect(after.current).toMatchObject({ stage: 'serving', sinceAt: NINE + 9_000 })
  })

  it('is free as soon as the service is completed', () => {
    const before = pictureOf(open, 39, {
      answer: called(40),
      at: NINE,
    })
    const done: DeskAnswer = { ...called(41), ticket: null, service: '12.1' }

    const after = pictureOf(before, 40, { answer: done, at: NINE })

    expect(after.current).toBeNull()
    expect(after.duty).toBe('open')
  })

  it('shows a held ticket aside, with the time since it was set aside', () => {
    const held: DeskAnswer = {
      ...called(41),
      ticket: null,
      held: [{ ...called(41).ticket, state: 'held' }],
    }

    const picture = pictureOf(open, 40, { answer: held, at: NINE })

    expect(picture.held).toEqual([
      { ticket: '12', number: 'A012', items: ['SW001'], sinceAt: NINE },
    ])
    expect(picture.waiting).toEqual([])
  })

  it('shows a pause before the link tells of it', () => {
    const paused: DeskAnswer = { ...called(41), ticket: null, state: 'paused' }

    const picture = pictureOf(open, 40, { answer: paused, at: NINE })

    expect(picture).toMatchObject({ duty: 'paused', clerk: 'clerk01' })
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
