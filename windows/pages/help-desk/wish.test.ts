import { describe, expect, it } from 'vitest'

import { keepTimeOf, timeOf } from '@web/clock'

import { aHall, anItem } from '../shared/samples'
import { mayGive } from './desk'
import {
  MOST_ITEMS,
  bookedAt,
  faultOf,
  freshWish,
  offeredAt,
  servedNow,
  wishesOf,
  withItem,
  withoutItem,
} from './wish'

const MORNING = Date.parse('2026-11-20T01:30:00Z')
const HOURS = {
  doors_at: MORNING - 60 * 60_000,
  sessions: [{ opens_at: MORNING - 30 * 60_000, closes_at: MORNING + 9 * 3_600_000 }],
  closing_soon_at: MORNING + 7 * 3_600_000,
  cut_off_at: MORNING + 8 * 3_600_000,
  closes_at: MORNING + 9 * 3_600_000,
}
const NOTHING = { green: false, extended: false, subject: false }

keepTimeOf(aHall())

describe('the items of one number', () => {
  it('stand in the order in which they were said, each once', () => {
    const [one, two] = [anItem('A1'), anItem('B2')]
    const both = withItem(withItem(withItem([], one), two), { ...one })

    expect(both.map(({ item }) => item)).toEqual(['A1', 'B2'])
    expect(withoutItem(both, one)).toEqual([two])
  })

  it('are no more than the house takes', () => {
    const many = Array.from({ length: MOST_ITEMS + 2 }, (_, n) => anItem(`I${n}`))

    expect(many.reduce(withItem, [])).toHaveLength(MOST_ITEMS)
  })
})

describe('a booked time', () => {
  it.each(['9:30', '09:30', '0930', '9：30', ' 09.30 '])('is read from %j', (typed) => {
    expect(timeOf(bookedAt(typed, MORNING)!)).toBe('09:30')
    expect(bookedAt(typed, MORNING)).toBe(MORNING)
  })

  it.each(['', '9', '24:00', '09:60', 'soon'])('is none in %j', (typed) => {
    expect(bookedAt(typed, MORNING)).toBeNull()
  })
})

describe('what may be asked for', () => {
  it('follows the rules of the hall', () => {
    const hall = { ...aHall(), hours: HOURS }
    hall.rules = { ...hall.rules, green_channels: ['kiosk'], subject_daily_limit: 0 }
    expect(offeredAt(hall, MORNING)).toEqual(NOTHING)

    hall.rules = { ...hall.rules, green_channels: ['help-desk'], card_name: true }
    expect(offeredAt(hall, HOURS.cut_off_at)).toEqual({
      green: true,
      extended: true,
      subject: true,
    })
  })

  it('lets nobody ask without an item, or for a booking without its time', () => {
    const wish = freshWish()
    expect(faultOf(wish, MORNING)).toBe('items')

    wish.items = [anItem('A1')]
    expect(faultOf(wish, MORNING)).toBe('')

    wish.ticketClass = 'appointment'
    expect(faultOf(wish, MORNING)).toBe('booked')
  })

  it('sends only what is wished and offered', () => {
    const wish = { ...freshWish(), booked: '10:00', extended: true, subject: ' 42 ' }
    expect(wishesOf(wish, MORNING, NOTHING)).toEqual({})

    wish.ticketClass = 'appointment'
    const all = { green: true, extended: true, subject: true }
    expect(wishesOf(wish, MORNING, all)).toEqual({
      booked_at: MORNING + 30 * 60_000,
      extended: true,
      subject: '42',
    })
  })
})

describe('an item', () => {
  const closed = { ...anItem('A1'), open_windows: 0 }
  const hall = { ...aHall(), hours: HOURS }

  it('is served by windows on duty, or before the first of them comes', () => {
    expect(servedNow(anItem('A1'), hall, MORNING)).toBe('open')
    expect(servedNow(closed, hall, MORNING)).toBe('none')
    expect(servedNow(closed, hall, HOURS.sessions[0]!.opens_at - 1)).toBe('before')
  })
})

describe('numbers for others', () => {
  it.each([
    ['help-desk', 'city', true],
    ['manager', 'city', true],
    ['clerk', 'city', false],
    ['help-desk', 'township', false],
  ] as const)('are given by a %s of %s: %s', (role, hall, may) => {
    expect(mayGive({ role, hall }, 'city')).toBe(may)
  })
})
