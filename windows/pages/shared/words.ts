/** Lines that all staff pages use. */

import type { Book } from '@web/words'

import en from './words/en.json'
import zh from './words/zh.json'

export const STAFF: Book = { zh, en }
