import { describe, expect, it } from 'vitest'

import { wordsOfDay } from './day'

const at = (time: string) => Date.parse(`2026-03-02T${time}:00+08:00`)
const HOURS = {
  doors_at: at('08:30'),
  sessions: [{ opens_at: at('09:00'), closes_at: at('17:00') }],
  closing_soon_at: at('16:30'),
  cut_off_at: at('16:50'),
  closes_at: at('17:00'),
}

describe('before a window is opened', () => {
  it('a clerk who is early reads when the doors open', () => {
    const hall = { hours: HOURS, state: 'not-open' as const }

    expect(wordsOfDay(hall, at('08:10'))).toMatch(/还没有开始，\d\d:\d\d 开门/)
    expect(wordsOfDay(hall, at('08:30'))).toBe('')
  })

  it('nothing is said while the hall serves, even before the doors', () => {
    const hall = { hours: HOURS, state: 'open' as const }

    expect(wordsOfDay(hall, at('08:10'))).toBe('')
    expect(wordsOfDay(hall, at('12:00'))).toBe('')
  })

  it('after hours only extended windows are worth opening', () => {
    const hall = { hours: HOURS, state: 'closed' as const }

    expect(wordsOfDay(hall, at('17:00'))).toContain('只有延时窗口还能叫号')
  })

  it('on a day without hours the hall does not serve', () => {
    expect(wordsOfDay({ hours: null, state: 'not-open' }, at('09:00'))).toBe(
      '今天不办公。',
    )
  })
})
