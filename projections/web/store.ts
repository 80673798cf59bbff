/** Small things a page keeps in the browser; a browser that keeps nothing is fine. */

export interface Store {
  read(key: string): string | null
  write(key: string, value: string): void
  remove(key: string): void
}

/** Wrap a browser storage that may be switched off, full or absent. */
export function makeStore(storage: () => Storage): Store {
  return {
    read(key) {
      try {
        return storage().getItem(key)
      } catch {
        return null
      }
    },
    write(key, value) {
      try {
        storage().setItem(key, value)
      } catch {
        // Private windows refuse to keep things; the page works without.
      }
    },
    remove(key) {
      try {
        storage().removeItem(key)
      } catch {
        // Nothing was kept, so nothing is left.
      }
    },
  }
}

/** Kept until it is removed. */
export const lasting = makeStore(() => localStorage)
/** Kept for the life of the tab, through reloads. */
export const passing = makeStore(() => sessionStorage)
