/**
 * Which calls stand on the board together: a page at a time, and none left out.
 *
 * One call stands large; beside it a page of others. People who have been called and
 * are on their way come first, and their pages come round again between any two pages
 * of people who are already at a window.
 */

import type { BoardCall } from '@web/topics/board'

import { widthOf } from './zones'

/** Calls beside the large one on a wide panel, so that eight stand on a page. */
const BESIDE = 7
/** A tall panel gives room to one less. */
const BESIDE_TALL = 6
/** A page stands this long before the next one. */
export const PAGE_STANDS = 8_000

/** Chinese letters of a notice that stand on a line of a tall panel. */
const LINE_TALL = 16

/**
 * How many calls stand beside the large one under these notices. A notice takes the
 * room of a row, on a tall panel of two, and of three if it is long.
 */
export function rowsBeside(portrait: boolean, notices: string[]): number {
  if (notices.length === 0) return portrait ? BESIDE_TALL : BESIDE
  if (!portrait) return BESIDE - 1
  const longest = Math.max(...notices.map((text) => widthOf(text)))
  return BESIDE_TALL - (longest > 2 * LINE_TALL ? 3 : 2)
}

export interface Share {
  page: number
  of: number
}

/** Read `2/3` as the second of three boards that share the calls. */
export function shareOf(option: string): Share {
  const found = /^(\d{1,2})\/(\d{1,2})$/.exec(option)
  const page = Number(found?.[1] ?? 1)
  const of = Number(found?.[2] ?? 1)
  return page >= 1 && page <= of ? { page, of } : { page: 1, of: 1 }
}

/** Put those who are still on their way first, the newest call before older ones. */
export function inOrder(calls: BoardCall[]): BoardCall[] {
  return calls
    .slice()
    .sort((a, b) => Number(a.here) - Number(b.here) || b.call - a.call)
}

/** Return the calls of one of several boards: the first page, the next page, … */
export function callsOfShare(
  calls: BoardCall[],
  share: Share,
  beside: number,
): BoardCall[] {
  return inOrder(calls).filter(
    (_, place) => Math.floor(place / (beside + 1)) % share.of === share.page - 1,
  )
}

/** The pages beside the large call, and the order in which they take turns. */
export interface Turns {
  pages: BoardCall[][]
  order: number[]
}

/** Divide the calls into pages; those who are on their way come round most often. */
export function turnsOf(
  calls: BoardCall[],
  large: BoardCall | null,
  beside: number,
): Turns {
  const others = inOrder(calls).filter((call) => call.call !== large?.call)
  const pages = chunks(others, beside)
  const often = pages.filter((page) => page.some((call) => !call.here)).length
  const first = pages.slice(0, often).map((_, place) => place)
  const order: number[] = []
  for (let seldom = often; seldom < pages.length; seldom++) order.push(...first, seldom)
  return { pages, order: order.length ? order : first }
}

function chunks(calls: BoardCall[], size: number): BoardCall[][] {
  const pages: BoardCall[][] = []
  for (let place = 0; place < calls.length; place += size) {
    pages.push(calls.slice(place, place + size))
  }
  return pages
}
