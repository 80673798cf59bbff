/** Light or dark, as this member of staff chose it on this machine. */

import { startLook, type Theme } from '@web/look'
import { lasting, type Store } from '@web/store'
import { startLanguage } from '@web/words'

const KEPT = 'yihao.theme'

export function keepTheme(theme: Theme, store: Store = lasting): void {
  store.write(KEPT, theme)
}

export function keptTheme(store: Store = lasting): Theme | undefined {
  const kept = store.read(KEPT)
  return kept === 'dark' || kept === 'light' ? kept : undefined
}

/** Start a staff page in the language and theme chosen before; offices are light. */
export function startStaffPage(): void {
  startLanguage()
  startLook(keptTheme() ?? 'light')
}
