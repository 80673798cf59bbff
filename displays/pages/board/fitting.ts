/**
 * How large the large call may be: as large as the card allows, and never too small
 * to be read from the end of the hall.
 *
 * Sizes are in rem, of which 120 are the width of a wide panel and 67.5 that of a
 * tall one; one is 16 px of a 1920 × 1080 panel.
 */

import { HEAVY_SIGN, fitted } from '@web/numbers'

import { widthOf } from './zones'

export interface CardSituation {
  /** The ticket's number. */
  number: string
  /** The window's figure, and the words before and after it. */
  figure: string
  words: string
  /** No other call stands beside this one. */
  alone: boolean
  portrait: boolean
}

export interface CardSizes {
  number: number
  window: number
}

/** The room inside the card, from edge to edge. */
const BESIDE_OTHERS = 46.5
const ALONE = 105
const TALL = 55
/** How large number and window are where there is room enough. */
const LARGEST = { number: 15, window: 11.5 }
const LARGEST_ALONE = { number: 16.5, window: 12.5 }
const LARGEST_ALONE_TALL = { number: 20, window: 14.5 }
/** The width of a letter of the words, and of the arrow, in em. */
const WORDS = 0.56
const ARROW = 0.98

/** Choose the sizes of a call on the card. */
export function sizesFor(call: CardSituation): CardSizes {
  const alone = call.portrait ? LARGEST_ALONE_TALL : LARGEST_ALONE
  const largest = call.alone ? alone : LARGEST
  const room = call.portrait ? TALL : call.alone ? ALONE : BESIDE_OTHERS
  const figure = call.figure.length * HEAVY_SIGN
  const window = ARROW + figure + widthOf(call.words) * WORDS
  return {
    number: fitted(call.number, room, largest.number),
    window: Math.min(largest.window, room / window),
  }
}
