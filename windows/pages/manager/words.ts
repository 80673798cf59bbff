/** What the manager's page says. */

import { plainWindow } from '@web/numbers'
import { COMMON } from '@web/refusal'
import { wordsIn, wordsOf, type Language, type Words } from '@web/words'

import { STAFF } from '../shared/words'
import type { Said } from './hurts'
import en from './words/en.json'
import zh from './words/zh.json'

const BOOK = { zh, en }

export const words = wordsOf(BOOK, STAFF, COMMON)

/** Say why it hurts, or what would help; windows as people call them. */
export function say({ key, values, window }: Said): string {
  return words(key, { ...values, ...(window ? { window: plainWindow(window) } : {}) })
}

/** What is recorded is said in both languages, whichever the manager reads. */
export const wordsFor: Record<Language, Words> = {
  zh: wordsIn('zh', BOOK),
  en: wordsIn('en', BOOK),
}
