/** How the windows of a row of zones stand: in as few lines as the page has room for. */

/** Sizes in pixels of what is drawn. */
export interface Measures {
  /** The least width of a tile. */
  tile: number
  /** Between tiles, and between zones. */
  gap: number
  /** What a zone takes besides its tiles. */
  edge: number
  /** So many columns a zone's name needs. */
  least: number
}

/** With more lines than this a row of zones is divided instead. */
const MOST_LINES = 4

/**
 * Return how many tiles stand side by side in each zone of a row. All zones have the
 * same number of lines, and each is as narrow as its windows allow.
 */
export function columnsOf(
  windows: number[],
  room: number,
  { tile, gap, edge, least }: Measures,
): number[] {
  for (let lines = 1; ; lines += 1) {
    const columns = windows.map((count) => Math.max(least, Math.ceil(count / lines)))
    const total = columns.reduce((sum, count) => sum + count * (tile + gap) + edge, 0)
    const needed = total + gap * (windows.length - 1)
    if (needed <= room || lines === MOST_LINES) return columns
  }
}
