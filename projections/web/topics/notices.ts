/** Notices to the hall, as several topics tell them; their list always comes whole. */

import type { Label } from '../words'

export type NoticeRow = [
  notice: string,
  at: number,
  untilAt: number,
  zh: string,
  en: string,
  zones: string[],
]
/** What the manager's page is told besides: for whom it is, and by whom. */
export type OfficeNoticeRow = [
  ...NoticeRow,
  audience: number,
  windows: string[],
  by: string,
]

export interface Notice {
  notice: string
  at: number
  untilAt: number
  text: Label
  /** None: the whole hall is told. */
  zones: string[]
}
export interface OfficeNotice extends Notice {
  /** For the clerks at their consoles, and not for citizens. */
  staff: boolean
  /** None: all whom it is for. */
  windows: string[]
  by: string
}

export function noticeOf(row: NoticeRow | OfficeNoticeRow): Notice {
  const [notice, at, untilAt, zh, en, zones] = row
  return { notice, at, untilAt, text: { zh, en: en || null }, zones }
}

export function officeNoticeOf(row: OfficeNoticeRow): OfficeNotice {
  return { ...noticeOf(row), staff: row[6] === 1, windows: row[7], by: row[8] }
}

/** The notices that stand now: nobody withdraws one whose time is over. */
export function standing<Kind extends Notice>(notices: Kind[], now: number): Kind[] {
  return notices.filter((one) => now < one.untilAt)
}
