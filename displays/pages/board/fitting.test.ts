import { describe, expect, it } from 'vitest'

import { sizesFor, type CardSituation } from './fitting'

/** 140 px of a panel with 1,080 lines: what 15 m want, in rem. */
const READABLE = 140 / 16

const USUAL: CardSituation = {
  number: 'A012',
  figure: '3',
  words: '号窗口',
  alone: false,
  portrait: false,
}

describe('the sizes of a call', () => {
  it('are as large as the card allows', () => {
    expect(sizesFor(USUAL)).toEqual({ number: 15, window: 11.5 })
    expect(sizesFor({ ...USUAL, alone: true })).toEqual({ number: 16.5, window: 12.5 })
  })

  it.each([false, true])('are readable for the longest names, tall %s', (portrait) => {
    for (const words of ['号窗口', 'Window ']) {
      for (const alone of [false, true]) {
        const longest = { number: 'VA012', figure: '125', words, alone, portrait }

        const { number, window } = sizesFor({ ...USUAL, ...longest })

        expect(number).toBeGreaterThanOrEqual(READABLE)
        expect(window).toBeGreaterThanOrEqual(READABLE)
      }
    }
  })

  it('shrink rather than leave the card', () => {
    const long = sizesFor({ ...USUAL, number: 'VAB0123456', figure: '12345' })

    expect(long.number).toBeLessThan(READABLE)
    expect(long.window).toBeLessThan(READABLE)
  })
})
