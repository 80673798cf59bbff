import { nextTick, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'

import { Refusal, type Api } from '@web/api'
import type { TicketView } from '@web/topics/ticket'

import { pushFor, type PushBrowser } from './push'

const SUBSCRIPTION = {
  toJSON: () => ({ endpoint: 'https://push', keys: { p256dh: 'P', auth: 'A' } }),
}

/** A house, a browser and what they did. */
function phone(
  options: {
    key?: string | null
    permission?: NotificationPermission
    answer?: NotificationPermission
    wanted?: boolean
    fault?: Error
  } = {},
) {
  const { key = 'KEY', permission = 'default', answer = 'granted' } = options
  const done: string[] = []
  const kept = new Map([['yihao.push.t1', options.wanted ? 'yes' : 'no']])
  const api = {
    get: async () => ({ key }),
    post: async (path: string, body?: object) => {
      done.push(`${path} ${body ? JSON.stringify(body) : ''}`.trim())
      if (options.fault) throw options.fault
    },
  } as unknown as Api
  const subscription = {
    ...SUBSCRIPTION,
    unsubscribe: async () => done.push('unsubscribed'),
  } as unknown as PushSubscription
  const browser: PushBrowser = {
    permission: () => permission,
    ask: async () => answer,
    current: async () => subscription,
    subscribe: async (given) => {
      done.push(`subscribed ${given}`)
      return subscription
    },
  }
  const store = {
    read: (name: string) => kept.get(name) ?? null,
    write: (name: string, value: string) => void kept.set(name, value),
  }
  const view = shallowRef<TicketView | null>(null)
  const push = pushFor('t1', api, view, store, browser)
  return { push, done, kept, view }
}

const settled = async () => {
  for (let turn = 0; turn < 8; turn++) await nextTick()
}

describe('being told on a phone that sleeps', () => {
  it('is asked for by the citizen and by nobody else', async () => {
    const { push, done } = phone()
    await settled()
    expect([push.state.value, done]).toEqual(['off', []])

    await push.toggle()

    expect(push.state.value).toBe('on')
    expect(done).toEqual([
      'subscribed KEY',
      '/api/tickets/t1/push {"endpoint":"https://push","p256dh":"P","auth":"A"}',
    ])
  })

  it('ends when he wishes, in the house and in the browser', async () => {
    const { push, done, kept } = phone({ permission: 'granted', wanted: true })
    await settled()
    expect(push.state.value).toBe('on')

    await push.toggle()

    expect(push.state.value).toBe('off')
    expect(done.slice(-2)).toEqual(['/api/tickets/t1/push/forget', 'unsubscribed'])
    expect(kept.get('yihao.push.t1')).toBe('no')
  })

  it('ends with the ticket', async () => {
    const { done, view } = phone({ permission: 'granted', wanted: true })
    await settled()

    view.value = { stage: 'ended' } as TicketView
    await settled()

    expect(done[done.length - 1]).toBe('unsubscribed')
  })

  it('is not offered where the house or the browser cannot', async () => {
    const { push } = phone({ key: null })
    await settled()
    expect(push.state.value).toBe('impossible')

    const none = pushFor(
      't1',
      {} as Api,
      shallowRef(null),
      { read: () => null, write: () => {} },
      null,
    )
    await settled()
    expect(none.state.value).toBe('impossible')
  })

  it('says that the browser was told to refuse, and that it did not work', async () => {
    const { push } = phone({ answer: 'denied' })
    await settled()
    await push.toggle()
    expect(push.state.value).toBe('refused')

    const other = phone({ fault: new Refusal(422, 'not-acceptable', '', {}) })
    await settled()
    await other.push.toggle()
    expect(other.push.state.value).toBe('failed')
  })
})
