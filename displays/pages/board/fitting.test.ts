import { describe, expect, it } from 'vitest'

import { AT_A_GLANCE, sizesFor, type CardSituation } from './fitting'

const USUAL: CardSituation = {
  number: 'A012',
  figure: '3',
  words: '号窗口',
  alone: false,
  portrait: false,
  low: false,
}

describe('the sizes of a call', () => {
  it('are as large as the card allows', () => {
    expect(sizesFor(USUAL)).toMatchObject({ number: 15, window: 12.5, arrow: true })
    expect(sizesFor({ ...USUAL, alone: true })).toMatchObject({
      number: 16.5,
      window: 12.5,
    })
  })

  it.each([false, true])('are readable for the longest names, tall %s', (portrait) => {
    for (const words of ['号窗口', 'Window ']) {
      for (const alone of [false, true]) {
        const longest = { number: 'VA012', figure: '125', words, alone, portrait }

        const { number, window } = sizesFor({ ...USUAL, ...longest })

        expect(number).toBeGreaterThanOrEqual(AT_A_GLANCE - 0.01)
        expect(window).toBeGreaterThanOrEqual(AT_A_GLANCE - 0.01)
      }
    }
  })

  it('shrink rather than leave the card', () => {
    const long = sizesFor({ ...USUAL, number: 'VAB0123456', figure: '12345' })

    expect(long.number).toBeLessThan(AT_A_GLANCE)
    expect(long.window).toBeLessThan(AT_A_GLANCE)
  })

  it('leave the arrow out, and then some of the words, before the figure', () => {
    const english = { ...USUAL, words: 'Window ' }

    const two = sizesFor({ ...english, figure: '48' })
    const three = sizesFor({ ...english, figure: '125' })

    expect(two.arrow).toBe(false)
    expect(three.words).toBeLessThan(two.words)
    expect(three.window).toBeCloseTo(AT_A_GLANCE)
  })

  it('are smaller under a notice, but as readable', () => {
    const low = sizesFor({ ...USUAL, low: true })

    expect(low.number).toBeLessThan(sizesFor(USUAL).number)
    expect(low.number).toBeGreaterThanOrEqual(AT_A_GLANCE)
    expect(low.window).toBeGreaterThanOrEqual(AT_A_GLANCE)
  })
})
