import { describe, expect, it } from 'vitest'

import type { IssuedTicket, Item } from '@web/answers'

import { START, back, current, forward, stageOf } from './flow'
import { IDLE_SECONDS, Idle } from './idle'

const item = { item: 'SW001' } as Item
const ticket = { number: 'A012' } as IssuedTicket

describe('the way through the machine', () => {
  it('is three taps long', () => {
    const atItems = forward(START, { at: 'items', zone: 'social' })
    const atItem = forward(atItems, { at: 'item', item })
    const taken = forward(atItem, { at: 'taken', item, ticket })

    expect([START, atItems, atItem, taken].map((way) => stageOf(current(way)))).toEqual(
      [1, 1, 2, 3],
    )
  })

  it('goes back step by step, and never before the start', () => {
    const way = forward(forward(START, { at: 'search' }), { at: 'item', item })

    expect(current(back(way))).toEqual({ at: 'search' })
    expect(current(back(back(way)))).toEqual({ at: 'zones' })
    expect(back(START)).toEqual(START)
  })

  it('does not go back from a number that was taken', () => {
    const way = forward(forward(START, { at: 'item', item }), {
      at: 'taken',
      item,
      ticket,
    })

    expect(way).toHaveLength(1)
    expect(current(back(way))).toEqual({ at: 'zones' })
  })
})

describe('a machine that nobody touches', () => {
  it('starts anew after a minute, counted from the last touch', () => {
    const idle = new Idle(0)
    expect(idle.left(0)).toBe(IDLE_SECONDS)
    expect(idle.left(59_500)).toBe(1)

    idle.touch(30_000)

    expect(idle.left(59_500)).toBe(31)
    expect(idle.left(200_000)).toBe(0)
  })
})
