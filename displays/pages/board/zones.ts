/** What the strip at the foot of the board shows, a leaf at a time. */

/** A zone as the strip knows it. */
export interface ZoneCell {
  zone: string
  name: string
  waiting: number
  /** Who is called next, in each of its queues. */
  next: string[]
}

/** How many wait, who is next, or both beside each other. */
export type Told = 'waiting' | 'next' | 'both'

export interface Leaf {
  told: Told
  columns: number
  rows: number
  cells: ZoneCell[]
}

/** The words that stand beside a count, and before the next numbers. */
export interface StripWords {
  waiting: string
  next: string
}

/** Room in letters of 48 px; on a wide panel a caption takes some of it. */
const LANDSCAPE = 37
const LANDSCAPE_BESIDE_CAPTION = 33.5
const PORTRAIT = 20
const ROWS = 2
const ROWS_TALL = 4
/** Where names take two lines: the calls above need their room. */
const HIGH_ROWS = 1
const HIGH_ROWS_TALL = 2
/** A longer name takes two lines. */
export const LONGEST_LINE = 9
/** Room for the count, before a word or a number, for its sign, between columns. */
const COUNT = 1.7
const BEFORE = 0.45
const SIGN = 0.65
const GAP = 0.85

/** Return the width of a text in Chinese letters; a Latin letter is about half. */
export function widthOf(text: string): number {
  return Array.from(text).reduce(
    (width, sign) => width + (sign.codePointAt(0)! > 0x2e80 ? 1 : 0.56),
    0,
  )
}

/**
 * Divide the zones into leaves that take turns, so that each is shown in turn.
 *
 * Where all fits at once there is one leaf. Else the leaves with the counts come
 * round between any two leaves with the next numbers; zones in which nobody waits
 * have none.
 */
export function leavesOf(
  cells: ZoneCell[],
  portrait: boolean,
  words: StripWords,
): Leaf[] {
  const both = leafOf(cells, 'both', portrait, words)
  if (both.cells.length === cells.length) return [both]
  const waiting = filled(cells, 'waiting', portrait, words)
  const called = cells.filter((cell) => cell.next.length > 0)
  const next = filled(called, 'next', portrait, words)
  if (next.length === 0) return waiting
  const turns = Math.max(waiting.length, next.length)
  return Array.from({ length: turns * 2 }, (_, turn) => {
    const leaves = turn % 2 === 0 ? waiting : next
    return leaves[(turn >> 1) % leaves.length]!
  })
}

/** Fill as many leaves as it takes. */
function filled(
  cells: ZoneCell[],
  told: Told,
  portrait: boolean,
  words: StripWords,
): Leaf[] {
  const leaves: Leaf[] = []
  for (let rest = cells; rest.length > 0;) {
    const leaf = leafOf(rest, told, portrait, words)
    leaves.push(leaf)
    rest = rest.slice(leaf.cells.length)
  }
  return leaves
}

/** Fill one leaf from the front: the fewest rows that hold most. */
function leafOf(
  cells: ZoneCell[],
  told: Told,
  portrait: boolean,
  words: StripWords,
): Leaf {
  const wide = told === 'both' ? LANDSCAPE : LANDSCAPE_BESIDE_CAPTION
  const room = portrait ? PORTRAIT : wide
  const high = cells.some((cell) => widthOf(cell.name) > LONGEST_LINE)
  const tall = high ? HIGH_ROWS_TALL : ROWS_TALL
  const wideRows = high ? HIGH_ROWS : ROWS
  const most = portrait ? tall : wideRows
  for (let count = cells.length; count > 1; count--) {
    const taken = cells.slice(0, count)
    for (let rows = 1; rows <= most; rows++) {
      const columns = Math.ceil(count / rows)
      if (neededFor(taken, columns, told, words) <= room) {
        return { told, columns, rows, cells: taken }
      }
    }
  }
  return { told, columns: 1, rows: 1, cells: cells.slice(0, 1) }
}

/** Return the width of all columns, each as wide as its widest cell. */
function neededFor(
  cells: ZoneCell[],
  columns: number,
  told: Told,
  words: StripWords,
): number {
  const widths = new Array<number>(columns).fill(0)
  cells.forEach((cell, place) => {
    const column = place % columns
    widths[column] = Math.max(widths[column]!, widthOfCell(cell, told, words))
  })
  return widths.reduce((sum, width) => sum + width, 0) + GAP * (columns - 1)
}

function widthOfCell(cell: ZoneCell, told: Told, words: StripWords): number {
  const name = Math.min(LONGEST_LINE, widthOf(cell.name))
  if (told === 'waiting') return name + COUNT
  const next = cell.next.reduce((sum, one) => sum + BEFORE + one.length * SIGN, 0)
  if (told === 'next') return name + next
  const waiting = COUNT + BEFORE + widthOf(words.waiting)
  return name + waiting + (next ? GAP + widthOf(words.next) + next : 0)
}
