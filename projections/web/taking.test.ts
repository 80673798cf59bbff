import { describe, expect, it } from 'vitest'

import type { Item } from './answers'
import { Refusal, Unreachable, type Api } from './api'
import { startTaking } from './taking'

const ITEM = { item: 'SW001' } as Item

/** An interface that answers each press from a list and notes the keys. */
function apiWith(...answers: (object | Error)[]) {
  const keys: string[] = []
  const bodies: (object | undefined)[] = []
  const post = async (_path: string, body?: object, key = '') => {
    keys.push(key)
    bodies.push(body)
    await Promise.resolve()
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer
  }
  return { keys, bodies, api: { post } as unknown as Api }
}

describe('taking a number', () => {
  it('is one ticket for a double tap', async () => {
    const { keys, api } = apiWith({ number: 'A012' }, { number: 'A013' })
    const { take, busy } = startTaking(api, 'city', ITEM, 'kiosk')

    const [first, second] = await Promise.all([
      take('ordinary', 'zh'),
      take('ordinary', 'zh'),
    ])

    expect(first).toEqual({ number: 'A012' })
    expect(second).toBeNull()
    expect(keys).toHaveLength(1)
    expect(busy.value).toBeNull()
  })

  it('goes on under the same key when no answer came', async () => {
    const { keys, api } = apiWith(new Unreachable('cut'), { number: 'A012' })
    const { take, error } = startTaking(api, 'city', ITEM, 'kiosk')

    await take('ordinary', 'zh')
    expect(error.value).toBeInstanceOf(Unreachable)
    const ticket = await take('ordinary', 'zh')

    expect(ticket).toEqual({ number: 'A012' })
    expect(keys[0]).toBe(keys[1])
    expect(error.value).toBeNull()
  })

  it('asks again word for word, whatever was chosen meanwhile', async () => {
    const { bodies, api } = apiWith(new Unreachable('cut'), { number: 'A012' })
    const { take } = startTaking(api, 'city', ITEM, 'kiosk')

    await take('ordinary', 'zh', { print: true })
    await take('ordinary', 'en', { print: false })

    expect(bodies[0]).toMatchObject({ language: 'zh', print: true })
    expect(bodies[1]).toEqual(bodies[0])
  })

  it('names every item of a visit', async () => {
    const { bodies, api } = apiWith({ number: 'A012' })
    const both = [ITEM, { item: 'RS003' } as Item]

    await startTaking(api, 'city', both, 'help-desk').take('green', 'en')

    expect(bodies[0]).toEqual({
      items: ['SW001', 'RS003'],
      class: 'green',
      channel: 'help-desk',
      language: 'en',
    })
  })

  it('is a new wish after a refusal, and for another class', async () => {
    const refusal = new Refusal(409, 'no-window-serves', '', {})
    const { keys, api } = apiWith(refusal, new Unreachable('cut'), { number: 'VA012' })
    const { take } = startTaking(api, 'city', ITEM, 'kiosk')

    await take('ordinary', 'zh')
    await take('ordinary', 'zh')
    await take('green', 'zh')

    expect(new Set(keys).size).toBe(3)
  })
})
