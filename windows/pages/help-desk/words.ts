/** What the help desk's page says. */

import { COMMON } from '@web/refusal'
import { wordsIn, wordsOf, type Book, type Language, type Words } from '@web/words'

import { STAFF } from '../shared/words'
import en from './words/en.json'
import zh from './words/zh.json'

export const BOOK: Book = { zh, en }

export const words = wordsOf(BOOK, STAFF, COMMON)

/** The slip speaks the citizen's language, whatever the desk reads. */
export const wordsFor: Record<Language, Words> = {
  zh: wordsIn('zh', BOOK, STAFF, COMMON),
  en: wordsIn('en', BOOK, STAFF, COMMON),
}
