import { afterEach, describe, expect, it } from 'vitest'

import { fitted, partsOf, plainWindow, windowName, windowParts } from './numbers'
import { language } from './words'

describe('numbers', () => {
  afterEach(() => void (language.value = 'zh'))

  it('have letters and digits', () => {
    expect(partsOf('VA012')).toEqual({ letters: 'VA', digits: '012' })
    expect(partsOf('012')).toEqual({ letters: '', digits: '012' })
  })

  it('name a window as people say it', () => {
    expect(plainWindow('007')).toBe('7')
    expect(plainWindow('A07')).toBe('A07')
    expect(windowParts('12')).toEqual({ before: '', figure: '12', after: '号窗口' })

    language.value = 'en'

    expect(windowParts('12')).toEqual({ before: 'Window', figure: '12', after: '' })
  })

  it('give a window a name only where it says more than the number', () => {
    const named = (zh: string) => ({
      windows: [{ window: '3', zone: 'z', name: { zh, en: '' }, skills: [] }],
    })

    expect(windowName(named('3号窗口'), '3')).toBe('')
    expect(windowName(named('跨省通办'), '3')).toBe('跨省通办')
    expect(windowName(null, '3')).toBe('')
  })
})

describe('a number on a screen', () => {
  it('stands as large as there is room, and no larger than it may', () => {
    expect(fitted('A012', 77, 22)).toBe(22)
    expect(fitted('VA0123', 62, 18)).toBeCloseTo(15.66)
  })
})
