/** A refusal as staff need it: what is wrong, and which key or person helps. */

import { Refusal, Unreachable } from '@web/api'
import { wordsForError } from '@web/refusal'
import { wordsOf, type Book } from '@web/words'

import en from './help/en.json'
import zh from './help/zh.json'

/** One failure in words. */
export interface Told {
  wrong: string
  help: string
}

/** Word any error of a request; it never throws. */
export function tell(error: unknown): Told {
  const wrong = isSignedOut(error) ? say('signed-out') : wordsForError(error)
  return { wrong, help: helpFor(error) }
}

/** How the live link refuses a topic when nobody is signed in. */
export const NOT_SIGNED_IN = 'not-signed-in'

/** Return whether the session has ended, so that the page must sign in again. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Refusal && error.status === 401
}

const HELP: Book = { zh, en }
const say = wordsOf(HELP)

function helpFor(error: unknown): string {
  if (error instanceof Unreachable) return say('unreachable')
  if (!(error instanceof Refusal)) return say('again')
  if (error.status === 401) return say('not-signed-in')
  if (error.code in HELP.zh) return say(error.code)
  return say(error.status === 403 ? 'not-allowed' : 'again')
}
