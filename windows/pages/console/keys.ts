/** Which key was pressed, the same with a Chinese input method on or off. */

export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
  shiftKey: boolean
  repeat: boolean
}

const NAMED: Record<string, string> = {
  Space: 'Space',
  Enter: 'Enter',
  NumpadEnter: 'Enter',
  Escape: 'Escape',
  ArrowUp: 'ArrowUp',
  ArrowDown: 'ArrowDown',
}
/** Keys that may be held down to move through a list. */
const REPEATING = new Set(['ArrowUp', 'ArrowDown'])

/**
 * Return `A`…`Z`, `0`…`9`, `?` or the name of a key; empty for every other press.
 * The key's place counts, because an input method hides the letter.
 */
export function keyOf(press: KeyPress): string {
  if (press.ctrlKey || press.altKey || press.metaKey) return ''
  const key = keyAt(press)
  return press.repeat && !REPEATING.has(key) ? '' : key
}

function keyAt(press: KeyPress): string {
  if (press.key === '?' || press.key === '？') return '?'
  const named = NAMED[press.code]
  if (named) return named
  const letter = /^Key([A-Z])$/.exec(press.code)
  if (letter) return letter[1]!
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)
  if (digit && !press.shiftKey) return digit[1]!
  // Keyboards on screens and in tests send no place.
  if (press.code === '' && /^[a-z0-9]$/i.test(press.key)) return press.key.toUpperCase()
  if (press.code === '' && press.key === ' ') return 'Space'
  return press.code === '' && press.key in NAMED ? press.key : ''
}

/** Return whether the place under the cursor takes text, so that letters are text. */
export function takesText(target: { tagName?: string; type?: string } | null): boolean {
  const tag = target?.tagName?.toUpperCase()
  if (tag === 'TEXTAREA' || tag === 'SELECT') return true
  return (
    tag === 'INPUT' && !['checkbox', 'radio', 'button'].includes(target?.type ?? '')
  )
}

/** Return what is printed on a key, in the language of its keyboard's owner. */
export function keyLabel(key: string, chinese: boolean): string {
  return key === 'Space' && chinese ? '空格' : key
}

/** The number key of the nth choice: 1 to 9, then none. */
export function numberKey(place: number): string {
  return place < 9 ? String(place + 1) : ''
}
