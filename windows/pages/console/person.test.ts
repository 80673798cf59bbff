import { nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'

import { Refusal } from '@web/api'

import { personAt } from './person'

const MASKS = { name: '王**', identity: null, phone: '138****5678' }

function house(answers: Record<string, object | Error>) {
  const asked: string[] = []
  const ticket = ref('')
  const api = {
    async get<Answer>(path: string): Promise<Answer> {
      asked.push(path)
      const answer = answers[ticket.value]
      if (answer instanceof Error) throw answer
      return { ticket: ticket.value, ...answer } as Answer
    },
  }
  return { asked, ticket, person: personAt(api, '/api/halls/h/windows/3', ticket) }
}

const settled = async () => {
  for (let turn = 0; turn < 6; turn++) await nextTick()
}

describe('who stands at the window', () => {
  it('is asked for when a ticket comes, and forgotten when it goes', async () => {
    const { asked, ticket, person } = house({ t1: MASKS })
    await settled()
    expect(asked).toEqual([])

    ticket.value = 't1'
    await settled()
    expect(person.value?.name).toBe('王**')
    ticket.value = ''
    await settled()

    expect(person.value).toBeNull()
    expect(asked).toEqual(['/api/halls/h/windows/3/person'])
  })

  it('is nobody where nothing is kept, or the house says no', async () => {
    const nothing = { name: null, identity: null, phone: null }
    const refused = new Refusal(403, 'not-on-duty', '', {})
    const { ticket, person } = house({ t1: nothing, t2: refused })

    ticket.value = 't1'
    await settled()
    expect(person.value).toBeNull()
    ticket.value = 't2'
    await settled()

    expect(person.value).toBeNull()
  })

  it('is not shown with another ticket than the one it belongs to', async () => {
    const { ticket, person } = house({ t1: { ...MASKS, ticket: 't0' } })

    ticket.value = 't1'
    await settled()

    expect(person.value).toBeNull()
  })
})
