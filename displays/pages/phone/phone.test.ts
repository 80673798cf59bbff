import { describe, expect, it } from 'vitest'

import type { TicketAnswer } from '@web/answers'
import type { Store } from '@web/store'
import { view, type TicketState } from '@web/topics/ticket'

import { emptyDraft, faultOf, requestOf, withGrade } from './evaluation'
import { keepPicture, keptPicture, viewOf, wantsAnswer } from './picture'
import { readPlace, writePlace } from './places'
import { dropTicket, keepTicket, keptTickets } from './tickets'
import { announcementOf, isNear } from './turn'

function memory(): Store {
  const kept = new Map<string, string>()
  return {
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
  }
}

const WAITING: TicketState = [
  ...[0, 'A004', 3, 'q1', null, null, 0, 900],
  ...[null, null, null, [], []],
] as unknown as TicketState
const CALLED: TicketState = [
  ...[4, 'A004', null, 'q1', '3', 21, 2, 5000],
  ...[null, null, null, [], []],
] as unknown as TicketState

const ANSWER: TicketAnswer = {
  ticket: 't1',
  number: 'A004',
  state: 'waiting',
  class: 'ordinary',
  queue: 'q1',
  zone: 'z1',
  items: ['SW001'],
  people_ahead: 3,
  window: null,
  windows: ['3'],
  call: null,
  announcements: 0,
  issued_at: 900,
  called_at: null,
  pause: { used: 0, limit: 1, until_at: null },
  services: [],
  ended_reason: null,
  hall: 'city',
  version: 8,
}

describe('an evaluation', () => {
  it('has nothing chosen beforehand', () => {
    expect(emptyDraft()).toEqual({ grade: null, indicators: [], text: '' })
    expect(faultOf(emptyDraft())).toBe('grade-missing')
  })

  it('needs a reason or words for a low grade, and none for a good one', () => {
    const bad = withGrade(emptyDraft(), 'dissatisfied')

    expect(faultOf(bad)).toBe('ground-missing')
    expect(faultOf({ ...bad, text: '  ' })).toBe('ground-missing')
    expect(faultOf({ ...bad, text: '等了很久' })).toBeNull()
    expect(faultOf({ ...bad, indicators: ['209'] })).toBeNull()
    expect(faultOf(withGrade(emptyDraft(), 'satisfied'))).toBeNull()
  })

  it('drops the reasons of the grade before, and keeps the words', () => {
    const first = { grade: 'dissatisfied', indicators: ['209'], text: '慢' } as const
    const draft = { ...first, indicators: ['209'] }

    expect(withGrade(draft, 'very-dissatisfied')).toEqual({
      grade: 'very-dissatisfied',
      indicators: [],
      text: '慢',
    })
    expect(withGrade(draft, 'dissatisfied')).toBe(draft)
  })

  it('is sent with plain lines', () => {
    const draft = { grade: 'satisfied', indicators: [], text: ' 好\r\n快 ' } as const

    expect(requestOf({ ...draft, indicators: [] })).toEqual({
      grade: 'satisfied',
      indicators: [],
      text: '好\n快',
      channel: 'phone',
    })
  })
})

describe('the picture of a ticket', () => {
  it('is kept and found again', () => {
    const store = memory()
    expect(keptPicture('t1', store)).toBeNull()

    keepPicture({ answer: ANSWER, view: view(WAITING), hall: null, at: 7 }, store)

    expect(keptPicture('t1', store)).toMatchObject({ at: 7, view: { ahead: 3 } })
  })

  it('is the same from an answer and from the link', () => {
    expect(viewOf(ANSWER)).toEqual(view(WAITING))
  })

  it('asks again when the stage changes, not when people leave the line', () => {
    const waiting = view(WAITING)

    expect(wantsAnswer(null, waiting)).toBe(true)
    expect(wantsAnswer(waiting, { ...waiting, ahead: 2 })).toBe(false)
    expect(wantsAnswer(waiting, view(CALLED))).toBe(true)
  })
})

describe('your turn', () => {
  it('is announced by call and count, and only while called', () => {
    expect(announcementOf(view(WAITING))).toBe('')
    expect(announcementOf(view(CALLED))).toBe('21.2')
    expect(announcementOf(null)).toBe('')
  })

  it('is near when three are ahead, and nobody can say it of a called ticket', () => {
    const ahead = (people: number) =>
      view([0, 'A004', people, ...WAITING.slice(3)] as TicketState)

    expect([4, 3, 0].map((people) => isNear(ahead(people)))).toEqual([
      false,
      true,
      true,
    ])
    expect([isNear(view(CALLED)), isNear(null)]).toEqual([null, null])
  })
})

describe('the places of the phone', () => {
  it('stand in the address, beside other options', () => {
    expect(readPlace('?zone=social&item=SW001')).toEqual({
      zone: 'social',
      item: 'SW001',
    })
    expect(writePlace('?lang=en&item=SW001', { zone: 'social' })).toBe(
      '?lang=en&zone=social',
    )
    expect(writePlace('?zone=social', {})).toBe('')
  })
})

describe('the tickets of this phone', () => {
  it('are kept once each, the newest first, until they end', () => {
    const store = memory()
    const row = (id: string) => ({ number: id, path: `/t/${id}#s`, date: '2026-03-02' })

    keepTicket('city', row('t1'), store)
    keepTicket('city', row('t2'), store)
    keepTicket('city', row('t1'), store)
    expect(keptTickets('city', store).map((one) => one.number)).toEqual(['t1', 't2'])

    dropTicket('city', 't1', store)
    expect(keptTickets('city', store).map((one) => one.number)).toEqual(['t2'])
    expect(keptTickets('town', store)).toEqual([])
  })
})
