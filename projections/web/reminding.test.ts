import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'

import { Refusal, type Api } from '@web/api'

import { groupedPhone, plainPhone, reminderFor } from './reminding'

function house(options: { ahead?: number; phone?: string; fault?: Error } = {}) {
  const done: string[] = []
  let phone = options.phone ?? null
  const ahead = options.ahead ?? 3
  const api = {
    get: async () => ({ ahead, phone }),
    post: async (path: string, body: { phone?: string } = {}) => {
      done.push(`${path} ${JSON.stringify(body)}`)
      if (options.fault) throw options.fault
      phone = body.phone ? '138****5678' : null
      return { ahead, phone }
    },
  } as unknown as Api
  return { reminder: reminderFor('t1', api), done }
}

const settled = async () => {
  for (let turn = 0; turn < 4; turn++) await nextTick()
}

describe('a phone as it is typed', () => {
  it.each([
    ['13812345678', '13812345678'],
    ['138 1234-5678', '13812345678'],
    ['+86 13812345678', '13812345678'],
    ['12812345678', ''],
    ['1381234567', ''],
    ['', ''],
  ])('%s is %s', (typed, plain) => expect(plainPhone(typed)).toBe(plain))

  it('is shown in the groups in which it is read', () => {
    expect(groupedPhone('13812')).toBe('138 12')
    expect(groupedPhone('13812345678')).toBe('138 1234 5678')
  })
})

describe('being reminded by SMS', () => {
  it('is not offered where the house sends nothing', async () => {
    const { reminder, done } = house({ ahead: 0 })
    await settled()

    await reminder.want('13812345678')

    expect([reminder.state.value, done]).toEqual(['impossible', []])
  })

  it('is wished with a phone, of which only the mask is kept, and taken back', async () => {
    const { reminder, done } = house()
    await settled()
    expect(reminder.state.value).toBe('off')

    await reminder.want('138 1234 5678')
    expect([reminder.state.value, reminder.phone.value]).toEqual(['on', '138****5678'])
    await reminder.forget()

    expect([reminder.state.value, reminder.phone.value]).toEqual(['off', ''])
    expect(done).toEqual([
      '/api/tickets/t1/reminder {"phone":"13812345678"}',
      '/api/tickets/t1/reminder/forget {}',
    ])
  })

  it('asks for another phone where it is none, and says where it failed', async () => {
    const { reminder, done } = house()
    await settled()
    await reminder.want('12345')
    expect([reminder.error.value, done]).toEqual(['phone', []])

    const refused = house({ fault: new Refusal(422, 'not-acceptable', '', {}) })
    const broken = house({ fault: new Refusal(503, 'store-unavailable', '', {}) })
    await settled()
    await refused.reminder.want('13812345678')
    await broken.reminder.want('13812345678')

    expect(refused.reminder.error.value).toBe('phone')
    expect(broken.reminder.error.value).toBe('failed')
    expect(broken.reminder.state.value).toBe('off')
  })
})
