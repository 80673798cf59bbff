/** The pages of the office that somebody may use, in the order of his work. */

import type { SessionAnswer } from '@web/answers'

export type OfficePage = 'manager' | 'devices' | 'audit' | 'account'

const PAGES: Record<string, readonly OfficePage[]> = {
  manager: ['manager', 'devices', 'account'],
  inspector: ['manager', 'account'],
  administrator: ['devices', 'account'],
  auditor: ['audit', 'manager', 'account'],
}
const OF_A_HALL: readonly OfficePage[] = ['manager', 'devices']

export function pagesOf(
  who: Pick<SessionAnswer, 'role' | 'hall'>,
): { page: OfficePage; path: string }[] {
  const hall = encodeURIComponent(who.hall)
  return (PAGES[who.role] ?? [])
    .filter((page) => who.hall !== '' || !OF_A_HALL.includes(page))
    .map((page) => ({
      page,
      path: OF_A_HALL.includes(page) ? `/${page}/${hall}` : `/${page}`,
    }))
}
