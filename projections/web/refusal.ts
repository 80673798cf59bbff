/** A refusal in the citizen's or clerk's own words: why, and what to do next. */

import { Refusal, Unreachable } from './api'
import { timeOf } from './clock'
import type { Values } from './words'
import { wordsOf, type Book } from './words'
import en from './words/en.json'
import zh from './words/zh.json'

/** The lines every page may use; pass it last to `wordsOf`. */
export const COMMON: Book = { zh, en }

const say = wordsOf(COMMON)

/** Say why the server refused, with its values; anything else is "try again". */
export function wordsForError(error: unknown): string {
  if (error instanceof Unreachable) return say('error.unreachable')
  if (!(error instanceof Refusal)) return say('error.unknown')
  const key = `refused.${error.code}`
  const line = say(key, valuesOf(error.details))
  if (line !== key) return line
  if (error.status === 401 || error.status === 403) return say('error.not-allowed')
  if (error.status === 429) return say('error.too-many')
  if (error.status === 503) return say('error.busy')
  return say('error.unknown')
}

/** Write instants as times; leave the other values as they are. */
function valuesOf(details: Record<string, unknown>): Values {
  const values: Values = {}
  Object.keys(details).forEach((name) => {
    const value = details[name]
    if (typeof value === 'number') {
      values[name] = name.endsWith('_at') ? timeOf(value) : value
    } else if (Array.isArray(value)) {
      values[name] = value.join(', ')
    } else {
      values[name] = String(value ?? '')
    }
  })
  return values
}
