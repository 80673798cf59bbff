/** How the zones' names fit into the strip at the foot of the board. */

export interface Arrangement {
  columns: number
  rows: number
}

/** Room in letters of 48 px, beside the caption on a wide panel, below it on a tall. */
const LANDSCAPE = 34
const PORTRAIT = 20.5
/** A longer name takes two lines. */
export const LONGEST_LINE = 9
/** Room for the count, and between two columns. */
const COUNT = 1.7
const GAP = 0.85

/** Return the width of a text in Chinese letters; a Latin letter is about half. */
export function widthOf(text: string): number {
  return Array.from(text).reduce(
    (width, sign) => width + (sign.codePointAt(0)! > 0x2e80 ? 1 : 0.56),
    0,
  )
}

/** Choose the fewest rows that show all zones; what does not fit takes turns. */
export function arrange(names: string[], portrait: boolean): Arrangement {
  const room = portrait ? PORTRAIT : LANDSCAPE
  const most = portrait ? 4 : 2
  for (let rows = 1; rows <= most; rows++) {
    const columns = Math.max(1, Math.ceil(names.length / rows))
    if (neededFor(names, columns) <= room) return { columns, rows }
  }
  let columns = Math.max(1, Math.ceil(names.length / most) - 1)
  while (columns > 1 && neededFor(names, columns) > room) columns -= 1
  return { columns, rows: most }
}

/** Return the width of all columns, each as wide as its longest name. */
function neededFor(names: string[], columns: number): number {
  const widths = new Array<number>(columns).fill(0)
  names.forEach((name, place) => {
    const column = place % columns
    const width = Math.min(LONGEST_LINE, widthOf(name)) + COUNT
    widths[column] = Math.max(widths[column]!, width)
  })
  return widths.reduce((sum, width) => sum + width, 0) + GAP * (columns - 1)
}
