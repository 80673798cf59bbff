/** What the auditor asks and is told. */

import { dateOf, timeWithSeconds } from '@web/clock'

export interface AuditLine {
  at: number
  hall: string
  by: string
  action: string
  whom: string
  place: string
  address: string
  times: number
  since_at: number
  detail: string
  stream: string
  version: number
}

export interface AuditFilter {
  hall: string
  first: string
  last: string
  account: string
  action: string
  commands: boolean
}

/** What is noted beside the commands in the record. */
export const ACTIONS: readonly string[] = [
  'signed-in',
  'signed-out',
  'session-ended',
  'came-from',
  'sign-in-refused',
  'locked-out',
  'refused',
  'account-added',
  'role-changed',
  'account-disabled',
  'account-enabled',
  'password-changed',
  'second-factor-added',
  'second-factor-removed',
  'recovery-code-used',
  'device-added',
  'device-revoked',
]

/** Return the query of a filter; what is empty leaves nothing out. */
export function queryOf(filter: AuditFilter): string {
  const query = new URLSearchParams()
  for (const name of ['hall', 'first', 'last', 'account', 'action'] as const) {
    if (filter[name]) query.set(name, filter[name])
  }
  if (!filter.commands) query.set('commands', 'false')
  return query.toString()
}

/** Return an instant in the hall's time: `2026-03-02 09:05:07`. */
export function timeLabel(at: number): string {
  return `${dateOf(at)} ${timeWithSeconds(at)}`
}
