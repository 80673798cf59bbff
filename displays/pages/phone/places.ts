/** Where in the taking of a number one is, kept in the address: Back works. */

import { ref, type Ref } from 'vue'

export interface Place {
  zone: string
  item: string
}

export interface Places {
  place: Ref<Place>
  go(place: Partial<Place>): void
}

export function readPlace(search: string): Place {
  const query = new URLSearchParams(search)
  return { zone: query.get('zone') ?? '', item: query.get('item') ?? '' }
}

/** Write a place as a query; options that are not places (`lang`, `theme`) stay. */
export function writePlace(search: string, place: Partial<Place>): string {
  const query = new URLSearchParams(search)
  query.delete('zone')
  query.delete('item')
  if (place.zone) query.set('zone', place.zone)
  if (place.item) query.set('item', place.item)
  const text = query.toString()
  return text ? `?${text}` : ''
}

export function openPlaces(): Places {
  const place = ref(readPlace(location.search))
  window.addEventListener('popstate', () => {
    place.value = readPlace(location.search)
  })
  return {
    place,
    go(next) {
      const address = location.pathname + writePlace(location.search, next)
      history.pushState(null, '', address)
      place.value = readPlace(location.search)
      window.scrollTo(0, 0)
    },
  }
}
