/**
 * The way to the provider of unified sign-on and back.
 *
 * What the house gave along stays in this tab: what another page has begun, or another
 * person, cannot be finished here.
 */

import { passing, type Store } from '@web/store'

const KEPT = 'yihao.sign-on'

export interface SignOnBegun {
  address: string
  begun: string
}

export interface Brought {
  begun: string
  state: string
  /** Empty for one who turned back at the provider. */
  code: string
  /** The page that was asked for before. */
  next: string
}

/** Keep what must be brought back, and where to go then. */
export function keepBegun(begun: string, next: string, store: Store = passing): void {
  store.write(KEPT, JSON.stringify({ begun, next }))
}

/**
 * Return what the provider has sent along, with what was kept here; nothing if this
 * is no way back. It is taken out of the address, and out of the store.
 *
 * Whoever turned back at the provider brings no code. Whoever has begun in another tab
 * brings nothing that was kept: the house will refuse him.
 */
export function broughtBack(
  store: Store = passing,
  page: Pick<Location, 'pathname' | 'search'> = location,
): Brought | null {
  const query = new URLSearchParams(page.search)
  const state = query.get('state')
  const code = query.get('code') ?? ''
  if (!state || !(code || query.has('error'))) return null
  const kept = store.read(KEPT)
  store.remove(KEPT)
  history.replaceState(history.state, '', page.pathname)
  if (!kept) return { begun: '-', next: '', state, code }
  const { begun, next } = JSON.parse(kept) as { begun: string; next: string }
  return { begun, next, state, code }
}
