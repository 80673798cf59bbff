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
  /** A notice stands above, and takes some of the height. */
  low: boolean
}

export interface CardSizes {
  number: number
  window: number
  /** The words beside the figure, in its own size. */
  words: number
  /** There is room for an arrow before the window. */
  arrow: boolean
}

/** The room inside the card, from edge to edge. */
const BESIDE_OTHERS = 46.5
const ALONE = 105
const TALL = 55
/** How large number and window are where there is room enough. */
const LARGEST = { number: 15, window: 12.5 }
const LARGEST_LOW = { number: 12.5, window: 12.3 }
const LARGEST_ALONE = { number: 16.5, window: 12.5 }
const LARGEST_ALONE_TALL = { number: 20, window: 14.5 }
/** What can be read at a glance from 15 m on a panel of 55 inches: 90.9 mm. */
export const AT_A_GLANCE = 12.3
/** The words in the size of the figure, and the least that is still read well. */
const WORDS = 0.545
const SMALL_WORDS = 0.4
/** The width of a heavy Latin letter, and of the arrow, in em. */
const HEAVY_LATIN = 0.6
const ARROW = 0.75

/**
 * Choose the sizes of a call on the card: the figure of the window is as readable as
 * the number, so the arrow goes first where there is no room, and then the words
 * become smaller.
 */
export function sizesFor(call: CardSituation): CardSizes {
  const alone = call.portrait ? LARGEST_ALONE_TALL : LARGEST_ALONE
  const beside = call.low && !call.portrait ? LARGEST_LOW : LARGEST
  const largest = call.alone && !call.low ? alone : beside
  const room = call.portrait ? TALL : call.alone ? ALONE : BESIDE_OTHERS
  const figure = call.figure.length * HEAVY_SIGN
  const width = widthOf(call.words, HEAVY_LATIN) * 1.03
  const arrow = ARROW + figure + width * WORDS <= room / AT_A_GLANCE
  const left = room / AT_A_GLANCE - figure - (arrow ? ARROW : 0)
  const words = Math.max(SMALL_WORDS, Math.min(WORDS, left / width))
  const all = (arrow ? ARROW : 0) + figure + width * words
  return {
    number: fitted(call.number, room, largest.number),
    window: Math.min(largest.window, room / all),
    words,
    arrow,
  }
}
