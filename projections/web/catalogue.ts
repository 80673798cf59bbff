/** The items of a hall, asked for zone by zone and kept. */

import type { Item } from './answers'
import type { Api } from './api'
import { language } from './words'

export interface Catalogue {
  ofZone(zone: string): Promise<Item[]>
  /** Return the best (three) for words as they are spoken, or for pinyin. */
  find(words: string, limit?: number): Promise<Item[]>
  item(code: string): Promise<Item>
  /** Forget everything, after the hall's profile changed. */
  forget(): void
}

interface ItemsAnswer {
  items: Item[]
}

export function openCatalogue(api: Api, hall: string): Catalogue {
  const zones = new Map<string, Promise<Item[]>>()
  const path = `/api/halls/${encodeURIComponent(hall)}/items`
  const ask = async (query: string) => (await api.get<ItemsAnswer>(path + query)).items

  return {
    ofZone(zone) {
      const known = zones.get(zone)
      if (known) return known
      const asked = ask(`?zone=${encodeURIComponent(zone)}`)
      zones.set(zone, asked)
      asked.catch(() => zones.delete(zone))
      return asked
    },
    find: (words, limit = 3) => ask(`?limit=${limit}&q=${encodeURIComponent(words)}`),
    item: (code) => api.get<Item>(`${path}/${encodeURIComponent(code)}`),
    forget: () => zones.clear(),
  }
}

/** Return an item's name in the language spoken now. */
export function itemName(item: Item): string {
  return (language.value === 'en' && item.name_en) || item.name
}

/** Return the alias that words met, so that a person sees why an item was found. */
export function aliasMet(item: Item, words: string): string {
  const wanted = words.trim()
  return item.aliases.find((alias) => alias.includes(wanted)) ?? item.aliases[0] ?? ''
}
