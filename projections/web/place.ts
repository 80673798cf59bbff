/** Where a page is: its path, its options and what its address was given once. */

import { lasting, type Store } from './store'

/** Return the path's parts after the page's own name: `/sign/city/3` → city, 3. */
export function placesOf(pathname: string): string[] {
  return pathname
    .split('/')
    .filter((part) => part !== '')
    .slice(1)
    .map(decodeURIComponent)
}

/** Return one option of the query, or an empty string. */
export function option(name: string, search: string = location.search): string {
  return new URLSearchParams(search).get(name) ?? ''
}

/**
 * Return the device's token. A token in the address (`#token=…`) is kept and taken
 * out of the address, so that it stands neither on the screen nor in the history.
 */
export function deviceToken(page: string, store: Store = lasting): string {
  const key = `yihao.device.${page}`
  const given = /^#token=([\x21-\x7e]+)$/.exec(location.hash)
  if (given) {
    store.write(key, decodeURIComponent(given[1]!))
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return store.read(key) ?? (given ? decodeURIComponent(given[1]!) : '')
}

/** Keep the token of a device that has just been enrolled. */
export function keepDeviceToken(
  page: string,
  token: string,
  store: Store = lasting,
): void {
  store.write(`yihao.device.${page}`, token)
}

/** Forget a token that the server does not know any more. */
export function forgetDeviceToken(page: string, store: Store = lasting): void {
  store.remove(`yihao.device.${page}`)
}
