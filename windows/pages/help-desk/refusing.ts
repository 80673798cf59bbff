/** A refusal as the help desk needs it: nobody here is sent to the help desk. */

import { Refusal } from '@web/api'

import { tell, type Told } from '../shared/refusals'
import { BOOK, words } from './words'

export interface RefusedHere extends Told {
  /** The ticket that stands in the way, to be looked at. */
  ticket: { ticket: string; number: string } | null
}

/** Word why no number was given, and what to do next. */
export function refusedHere(error: unknown): RefusedHere {
  const told = { ...tell(error), ticket: null }
  if (!(error instanceof Refusal)) return told
  const { code, details } = error
  const wrong = own(`wrong.${code}`, details)
  const help = own(`help.${code}`, details)
  return {
    wrong: wrong || told.wrong,
    help: help || told.help,
    ticket: code === 'live-ticket-exists' ? ticketIn(details) : null,
  }
}

function own(key: string, details: Record<string, unknown>): string {
  if (!(key in BOOK.zh)) return ''
  return words(key, { number: String(details['number'] ?? '') })
}

function ticketIn(details: Record<string, unknown>) {
  const { ticket, number } = details
  if (typeof ticket !== 'string' || typeof number !== 'string') return null
  return { ticket, number }
}
