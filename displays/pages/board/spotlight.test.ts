import { describe, expect, it } from 'vitest'

import type { BoardCall } from '@web/topics/board'

import { HOLDS, HOLDS_IN_A_RUSH, Spotlight } from './spotlight'

function aCall(call: number, here = false): BoardCall {
  return {
    call,
    number: `A${call}`,
    window: '1',
    calledAt: 0,
    announcements: 1,
    here,
    ticketClass: 'ordinary',
  }
}

describe('the large call', () => {
  it('is the newest of those who are on their way', () => {
    const light = new Spotlight()

    expect(light.pick([], 0)).toBeNull()
    expect(light.pick([aCall(1), aCall(2), aCall(3, true)], 0)?.call).toBe(2)
  })

  it('gives its place to a new call at once, when nobody has just arrived', () => {
    const light = new Spotlight()
    light.pick([aCall(1)], 0)

    light.arrive(2)

    expect(light.pick([aCall(1), aCall(2)], 100)?.call).toBe(2)
  })

  it('keeps a new call for eight seconds, though another one follows', () => {
    const light = new Spotlight()
    light.arrive(1)
    light.pick([aCall(1)], 0)
    const both = [aCall(1), aCall(2)]

    light.arrive(2)

    expect(light.pick(both, HOLDS - 1)?.call).toBe(1)
    expect(light.pick(both, HOLDS)?.call).toBe(2)
  })

  it('shows each of many for a shorter while, and leaves none out', () => {
    const light = new Spotlight()
    const many = [1, 2, 3, 4].map((call) => aCall(call))
    many.forEach((call) => light.arrive(call.call))

    const shown = [0, 1, 2, 3, 4, 5].map(
      (step) => light.pick(many, step * HOLDS_IN_A_RUSH)?.call,
    )

    expect(shown).toEqual([1, 2, 3, 3, 3, 4])
  })

  it('comes back for a recall', () => {
    const light = new Spotlight()
    const both = [aCall(1), aCall(2)]
    light.pick(both, 0)

    light.arrive(1)

    expect(light.pick(both, 100)?.call).toBe(1)
  })

  it('stays its eight seconds though the citizen is at the window already', () => {
    const light = new Spotlight()
    const both = [aCall(1), aCall(2, true)]
    light.arrive(2)

    expect(light.pick(both, 0)?.call).toBe(2)
    expect(light.pick(both, HOLDS - 1)?.call).toBe(2)
    expect(light.pick(both, HOLDS)?.call).toBe(1)
  })

  it('leaves with its call', () => {
    const light = new Spotlight()
    light.arrive(1)
    light.pick([aCall(1)], 0)

    expect(light.pick([aCall(7)], 10)?.call).toBe(7)
    expect(light.pick([], 20)).toBeNull()
  })
})
