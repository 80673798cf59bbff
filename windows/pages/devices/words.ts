/** What this page says. */

import { COMMON } from '@web/refusal'
import { wordsOf } from '@web/words'

import { STAFF } from '../shared/words'
import en from './words/en.json'
import zh from './words/zh.json'

export const words = wordsOf({ zh, en }, STAFF, COMMON)
