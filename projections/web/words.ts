/** What a page says, in Chinese and English: a book of lines per language. */

import { ref } from 'vue'

import { lasting } from './store'

export type Language = 'zh' | 'en'
export type Book = Record<Language, Record<string, string>>
export type Label = { zh: string; en?: string | null }
export type Values = Record<string, string | number>
export type Words = (key: string, values?: Values) => string

const KEPT = 'yihao.language'

/** The language spoken now. Change it with `speak`. */
export const language = ref<Language>('zh')

/** Choose a language: the address's, the one chosen before, or the browser's. */
export function chooseLanguage(
  search: string,
  kept: string | null,
  browser: string,
): Language {
  const asked = new URLSearchParams(search).get('lang') ?? kept ?? browser
  return asked.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

/** Speak this language from now on; `keep` remembers it for the next visit. */
export function speak(chosen: Language, keep = false): void {
  language.value = chosen
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en'
  if (keep) lasting.write(KEPT, chosen)
}

/** Start in the language that this visitor wants; `keep` it for the next page. */
export function startLanguage(
  browser: string = navigator.language,
  keep = false,
): void {
  speak(chooseLanguage(location.search, lasting.read(KEPT), browser), keep)
}

/**
 * Return the function that looks a line up and fills its `{values}` in. A line
 * `key.one` is taken when the value `n` is 1; the first book that knows the key wins.
 */
export function wordsOf(...books: Book[]): Words {
  return (key, values = {}) => filled(books, language.value, key, values)
}

/** Return the function that says the same in one language, whatever is spoken now. */
export function wordsIn(chosen: Language, ...books: Book[]): Words {
  return (key, values = {}) => filled(books, chosen, key, values)
}

function filled(books: Book[], chosen: Language, key: string, values: Values): string {
  const line = lineOf(books, chosen, key, values['n'] === 1)
  return line.replace(/\{(\w+)\}/g, (hole, name: string) =>
    name in values ? String(values[name]) : hole,
  )
}

function lineOf(books: Book[], chosen: Language, key: string, one: boolean): string {
  for (const book of books) {
    const lines = book[chosen]
    const line = (one ? lines[`${key}.one`] : undefined) ?? lines[key]
    if (line !== undefined) return line
  }
  return key
}

/** Return a label of the hall in the language spoken now; Chinese is always there. */
export function labelOf(label: Label | null | undefined): string {
  if (!label) return ''
  return (language.value === 'en' ? label.en : label.zh) || label.zh
}
