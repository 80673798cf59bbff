/** The guides of the items that a screen speaks of, each fetched once. */

import { shallowReactive } from 'vue'

import type { Item } from '@web/answers'
import { Refusal, Unreachable } from '@web/api'
import { itemName, type Catalogue } from '@web/catalogue'

export interface ItemGuides {
  /** Return the guide if it is known; ask for it if not. */
  of(code: string): Item | null
  /** Return the name to show now: the guide's, or the code until it is known. */
  nameOf(code: string): string
  /** Keep guides that came with another answer. */
  keep(items: Item[]): void
  /** Keep guides that are asked for at once, before any is needed. */
  fill(asked: Promise<Item[]>): Promise<void>
}

/** Ask again for a guide that could not be had. */
const AGAIN_MS = 10_000

export function itemGuides(catalogue: Pick<Catalogue, 'item'>): ItemGuides {
  const known = shallowReactive(new Map<string, Item>())
  const asked = new Set<string>()

  async function ask(code: string): Promise<void> {
    asked.add(code)
    try {
      known.set(code, await catalogue.item(code))
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error
      setTimeout(() => asked.delete(code), AGAIN_MS)
    }
  }

  function of(code: string): Item | null {
    const item = known.get(code)
    if (!item && !asked.has(code)) void ask(code)
    return item ?? null
  }

  const keep = (items: Item[]) => items.forEach((item) => known.set(item.item, item))

  return {
    of,
    nameOf(code) {
      const item = of(code)
      return item ? itemName(item) : code
    },
    keep,
    async fill(asked) {
      try {
        keep(await asked)
      } catch (error) {
        // Each is asked for by itself when it is needed.
        if (!(error instanceof Refusal || error instanceof Unreachable)) throw error
      }
    },
  }
}
