import { describe, expect, it } from 'vitest'

import { Refusal, Unreachable } from '@web/api'

import { isSignedOut, tell } from './refusals'

describe('a refusal', () => {
  it('says what is wrong with its values, and which key helps', () => {
    const busy = new Refusal(409, 'window-busy', '', { window: '3', number: 'A001' })

    const told = tell(busy)

    expect(told.wrong).toContain('A001')
    expect(told.help).toContain('C')
  })

  it('has words even where this page does not know its code', () => {
    const told = tell(new Refusal(409, 'brand-new', '', {}))

    expect(told.wrong).not.toBe('')
    expect(told.wrong).not.toContain('brand-new')
    expect(told.help).not.toBe('')
  })

  it('tells a lost answer from a lost session', () => {
    const lost = tell(new Unreachable('lost'))
    const ended = tell(new Refusal(401, 'session-ended', '', {}))

    expect(lost.wrong).not.toBe(ended.wrong)
    expect(isSignedOut(new Refusal(401, 'session-ended', '', {}))).toBe(true)
    expect(isSignedOut(new Unreachable('lost'))).toBe(false)
  })
})
