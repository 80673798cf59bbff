import { describe, expect, it } from 'vitest'

import type { ManagerZone } from '@web/topics/manager'
import type { OfficeNotice } from '@web/topics/notices'

import { aHall } from '../shared/samples'
import { HELP_MINUTES, LIMITS, askedBefore, helpFor } from './help'

const NOW = 1_763_780_400_000
const zone: ManagerZone = {
  zone: 'tax',
  waiting: 31,
  parked: 0,
  serving: 2,
  openWindows: 2,
  pausedWindows: 0,
  oldestIssuedAt: NOW - 42 * 60_000,
}

describe('a request for help', () => {
  it('tells the windows in both languages who waits where, and since when', () => {
    const asked = helpFor(aHall(), zone, ['3', '012'], NOW)

    expect(asked).toEqual({
      zh: '办税服务 31 人在等，最久 42 分，请 3、12 号窗口支援',
      en: 'Tax: 31 waiting, longest 42 min. Windows 3, 12, please help',
      windows: ['3', '012'],
      minutes: HELP_MINUTES,
    })
    expect(helpFor(aHall(), zone, ['3'], NOW).en).toMatch(/Window 3, please help$/)
  })

  it('names as many windows as the text has room for', () => {
    const windows = Array.from({ length: 40 }, (_, place) => String(100 + place))

    const asked = helpFor(aHall(), zone, windows, NOW)

    expect(asked.windows.length).toBeGreaterThan(3)
    expect(asked.windows.length).toBeLessThan(40)
    expect(asked.zh.length).toBeLessThanOrEqual(LIMITS.zh)
    expect(asked.zh).toContain(`${asked.windows[asked.windows.length - 1]} 号窗口`)
  })

  it('is known to stand by the windows that standing notices name', () => {
    const notice = (staff: boolean, ...windows: string[]) =>
      ({ staff, windows }) as OfficeNotice

    const asked = askedBefore([notice(true, '1', '2'), notice(true), notice(false)])

    expect(Array.from(asked)).toEqual(['1', '2'])
  })
})
