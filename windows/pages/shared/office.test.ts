import { describe, expect, it } from 'vitest'
import { nextTick, shallowRef } from 'vue'

import type { SessionAnswer } from '@web/answers'
import { Refusal } from '@web/api'

import { openOffice } from './office'
import type { StaffSession } from './session'

function aSession(who: object | null): StaffSession {
  return {
    who: shallowRef(who as SessionAnswer | null),
    resume: () => Promise.resolve(),
  } as unknown as StaffSession
}

const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await nextTick()
}

describe('a page of lists and forms', () => {
  it('loads what it shows for whoever is signed in, and for nobody else', async () => {
    const loaded: StaffSession[] = []
    const load = async (session: StaffSession) => void loaded.push(session)
    const known = aSession({ account: 'wang.min' })

    openOffice(load, known)
    openOffice(load, aSession(null))
    await settled()

    expect(loaded).toEqual([known])
  })

  it('says what keeps it from opening', async () => {
    const refusal = new Refusal(403, 'not-allowed', '', {})

    const office = openOffice(() => Promise.reject(refusal), aSession({}))
    await settled()

    expect(office.trouble.value).toBe(refusal)
  })

  it('says what was refused until the next press, and does one at a time', async () => {
    const office = openOffice(async () => {}, aSession({}))
    const refusal = new Refusal(409, 'code-unknown', '', {})
    const done: number[] = []

    await office.attempt(() => Promise.reject(refusal))
    expect(office.wrong.value).toBe(refusal)
    await Promise.all(
      [1, 2].map((press) => office.attempt(async () => void done.push(press))),
    )

    expect(office.wrong.value).toBeUndefined()
    expect(done).toEqual([1])
    expect(office.busy.value).toBe(false)
  })
})
