import { ref } from 'vue'
import { describe, expect, it } from 'vitest'

import type { Hall } from '@web/answers'

import type { TicketRow } from '../shared/answers'
import type { MomentKey } from './behind'
import { findNumber } from './finding'
import type { Floor } from './floor'

const row = (ticket: string) =>
  ({ ticket, number: 'A001', state: 'waiting', pinned: false }) as TicketRow

/** A floor whose server answers with some tickets, and what it was asked. */
function floorWith(tickets: TicketRow[], moment: MomentKey | null = null) {
  const asked: string[] = []
  const get = (path: string) => {
    asked.push(path)
    return Promise.resolve({ tickets })
  }
  const floor = {
    hall: { hall: 'city' } as Hall,
    session: { api: { get } },
    moment: ref(moment),
  } as unknown as Floor
  return { floor, asked }
}

describe('a number that is looked for', () => {
  it('is the ticket that got it last, and may be pinned today', async () => {
    const { floor, asked } = floorWith([row('first'), row('second')])

    expect(await findNumber(floor, 'A001')).toEqual({
      is: 'history',
      ticket: 'second',
      number: 'A001',
      canBePinned: true,
    })
    expect(asked).toEqual(['/api/halls/city/tickets?number=A001'])
  })

  it('is looked for as the hall stood at the moment that is shown', async () => {
    const { floor, asked } = floorWith([row('one')], { date: '2026-03-02', version: 7 })

    await findNumber(floor, 'A001')

    expect(asked[0]).toContain('number=A001&date=2026-03-02&at=7')
  })

  it('of another day is told with its day, and cannot be pinned', async () => {
    const { floor, asked } = floorWith([row('one')], { date: '2026-03-02', version: 7 })

    const found = await findNumber(floor, 'A001', '2026-02-27')

    expect(found).toMatchObject({ date: '2026-02-27', canBePinned: false })
    expect(asked[0]).toMatch(/number=A001&date=2026-02-27$/)
  })

  it('that nobody had leads nowhere', async () => {
    expect(await findNumber(floorWith([]).floor, 'Z999')).toBeNull()
  })
})
