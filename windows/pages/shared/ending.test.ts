import { describe, expect, it } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'

import type { Hall } from '@web/answers'
import { Refusal, Unreachable, type Api } from '@web/api'
import type { LinkStatus } from '@web/link/connection'

import { watchEnding } from './ending'
import { aHall } from './samples'

const SIGNED_OUT = new Refusal(401, 'not-signed-in', '', {})

/** A screen whose session the house answers for as said. */
function screen(told: Error | null, state: Hall['state'] = 'open') {
  const hall = shallowRef<Hall | null>(aHall())
  const get = <T>() => (told ? Promise.reject(told) : Promise.resolve({} as T))
  const status = ref<LinkStatus>('open')
  const reload = async () => void (hall.value = { ...aHall(), state })
  const session = { api: { get } as unknown as Api }
  return { status, ...watchEnding(session, { hall, reload }, () => status.value) }
}

const settled = async () => {
  for (let turn = 0; turn < 9; turn += 1) await nextTick()
}

describe('a screen that the house no longer speaks to', () => {
  it('says that the day is closed when the session ended with it', async () => {
    const { ending, status } = screen(SIGNED_OUT, 'closed')

    status.value = 'stopped'
    await settled()

    expect(ending.value).toBe('day')
  })

  it('says that the session ended when the hall is still open', async () => {
    const { ending, look } = screen(SIGNED_OUT)

    await look()

    expect(ending.value).toBe('session')
  })

  it.each([null, new Unreachable('lost'), new Refusal(503, 'busy', '', {})])(
    'says nothing when the session lives or nobody can tell: %s',
    async (told) => {
      const { ending, status } = screen(told, 'closed')

      status.value = 'stopped'
      await settled()

      expect(ending.value).toBeNull()
    },
  )

  it('goes on as it was while the link is only lost', async () => {
    const { ending, status } = screen(SIGNED_OUT, 'closed')

    status.value = 'waiting'
    await settled()

    expect(ending.value).toBeNull()
  })
})
