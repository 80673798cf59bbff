/** What the pad says. */

import { COMMON } from '@web/refusal'
import { wordsOf } from '@web/words'

import en from './words/en.json'
import zh from './words/zh.json'

export const words = wordsOf({ zh, en }, COMMON)
