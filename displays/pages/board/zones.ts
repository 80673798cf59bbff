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
  /** Long names take two lines. */
  folds: boolean
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
const FOLDED_ROWS = 1
const FOLDED_ROWS_TALL = 2
/** Names in one line are folded if they are longer, and take at most so much then. */
export const LONGEST_LINE = 9
const LATIN = 0.52
/** Room for the count, before a word or a number, for its sign, between columns. */
const COUNT = 1.7
const BEFORE = 0.45
const SIGN = 0.65
const GAP = 0.85
/** What a folded line may be wider than it was reckoned. */
const SLACK = 0.4

/** Return the width of a text in Chinese letters; a Latin letter is about half. */
export function widthOf(text: string, latin = LATIN): number {
  return Array.from(text).reduce((width, sign) => width + widthOfSign(sign, latin), 0)
}

function widthOfSign(sign: string, latin: number): number {
  return sign.codePointAt(0)! > 0x2e80 ? 1 : latin
}

/** Return how wide a name is in two lines; a short name stays in one. */
export function foldedWidth(name: string): number {
  const whole = widthOf(name)
  if (whole <= LONGEST_LINE) return whole
  let before = 0
  let best = whole
  for (const sign of Array.from(name)) {
    before += widthOfSign(sign, LATIN)
    const breaks = sign === ' ' || sign === '-' || sign.codePointAt(0)! > 0x2e80
    if (breaks) best = Math.min(best, Math.max(before, whole - before))
  }
  return Math.min(LONGEST_LINE, best + SLACK)
}

/**
 * Divide the zones into leaves that take turns, so that each is shown in turn.
 *
 * Where all fits at once there is one leaf. Else all leaves with the counts follow
 * each other, and one leaf with next numbers comes between their rounds; zones in
 * which nobody waits have none.
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
  return next.reduce<Leaf[]>((leaves, leaf) => leaves.concat(waiting, leaf), [])
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

/** Fill one leaf from the front, with names in one line or folded: what holds most. */
function leafOf(
  cells: ZoneCell[],
  told: Told,
  portrait: boolean,
  words: StripWords,
): Leaf {
  const wide = told === 'both' ? LANDSCAPE : LANDSCAPE_BESIDE_CAPTION
  const room = portrait ? PORTRAIT : wide
  const inOne = packed(cells, told, room, portrait ? ROWS_TALL : ROWS, words, false)
  const rows = portrait ? FOLDED_ROWS_TALL : FOLDED_ROWS
  const inTwo = packed(cells, told, room, rows, words, true)
  return inTwo.cells.length > inOne.cells.length ? inTwo : inOne
}

/** Return the leaf with the fewest rows that holds most. */
function packed(
  cells: ZoneCell[],
  told: Told,
  room: number,
  most: number,
  words: StripWords,
  folds: boolean,
): Leaf {
  for (let count = cells.length; count > 0; count--) {
    const taken = cells.slice(0, count)
    for (let rows = 1; rows <= most; rows++) {
      const columns = Math.ceil(count / rows)
      if (neededFor(taken, columns, told, words, folds) <= room) {
        return { told, columns, rows, folds, cells: taken }
      }
    }
  }
  const first = folds ? cells.slice(0, 1) : []
  return { told, columns: 1, rows: 1, folds, cells: first }
}

/** Return the width of all columns, each as wide as its widest cell. */
function neededFor(
  cells: ZoneCell[],
  columns: number,
  told: Told,
  words: StripWords,
  folds: boolean,
): number {
  const widths = new Array<number>(columns).fill(0)
  cells.forEach((cell, place) => {
    const column = place % columns
    widths[column] = Math.max(widths[column]!, widthOfCell(cell, told, words, folds))
  })
  return widths.reduce((sum, width) => sum + width, 0) + GAP * (columns - 1)
}

function widthOfCell(
  cell: ZoneCell,
  told: Told,
  words: StripWords,
  folds: boolean,
): number {
  const name = folds ? foldedWidth(cell.name) : widthOf(cell.name)
  if (told === 'waiting') return name + COUNT
  const next = cell.next.reduce((sum, one) => sum + BEFORE + one.length * SIGN, 0)
  if (told === 'next') return name + next
  const waiting = COUNT + BEFORE + widthOf(words.waiting)
  return name + waiting + (next ? GAP + widthOf(words.next) + next : 0)
}
