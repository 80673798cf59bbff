/** The list of what a citizen must still bring: told once, whole. */

import type { Item } from '@web/answers'

export interface SupplementList {
  /** The materials of the items served, each named once. */
  materials: string[]
  ticked: ReadonlySet<string>
  lines: string[]
}

export function emptyList(items: Item[]): SupplementList {
  const materials = new Set(items.flatMap((item) => item.materials))
  return { materials: Array.from(materials), ticked: new Set(), lines: [] }
}

/** Tick a material, or untick it. */
export function toggled(list: SupplementList, material: string): SupplementList {
  const ticked = new Set(list.ticked)
  if (!ticked.delete(material)) ticked.add(material)
  return { ...list, ticked }
}

/** Add a free line; empty and repeated lines change nothing. */
export function withLine(list: SupplementList, text: string): SupplementList {
  const line = text.trim()
  if (line === '' || wholeList(list).includes(line)) return list
  if (list.materials.includes(line)) return toggled(list, line)
  return { ...list, lines: [...list.lines, line] }
}

export function withoutLine(list: SupplementList, line: string): SupplementList {
  return { ...list, lines: list.lines.filter((other) => other !== line) }
}

/** Return what is told: ticked materials in their order, then the free lines. */
export function wholeList(list: SupplementList): string[] {
  const ticked = list.materials.filter((material) => list.ticked.has(material))
  return [...ticked, ...list.lines]
}
