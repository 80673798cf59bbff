/** The guides of the items that a screen speaks of, each fetched once. */

import { shallowReactive } from 'vue'

import type { Item } from '@web/answers'
import { Refusal, Unreachable, type Api } from '@web/api'

export interface ItemGuides {
  /** Return the guide if it is known; ask for it if not. */
  of(code: string): Item | null
  /** Return the name to show now: the guide's, or the code until it is known. */
  nameOf(code: string): string
  /** Keep guides that came with another answer. */
  keep(items: Item[]): void
}

/** Ask again for a guide that could not be had. */
const AGAIN_MS = 10_000

export function itemGuides(api: Api, hall: string): ItemGuides {
  const known = shallowReactive(new Map<string, Item>())
  const asked = new Set<string>()

  async function ask(code: string): Promise<void> {
    asked.add(code)
    const path = `/api/halls/${encodeURIComponent(hall)}/items/${encodeURIComponent(code)}`
    try {
      known.set(code, await api.get<Item>(path))
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

  return {
    of,
    nameOf: (code) => of(code)?.name ?? code,
    keep: (items) => items.forEach((item) => known.set(item.item, item)),
  }
}
