/** A refusal as staff need it: what is wrong, and which key or person helps. */

import { Refusal, Unreachable } from '@web/api'
import { wordsForError } from '@web/refusal'
import { wordsOf, type Book } from '@web/words'

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

/** Return whether the session has ended, so that the page must sign in again. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Refusal && error.status === 401
}

const HELP: Book = {
  zh: {
    unreachable: '再按同一个键即可，同一操作只会记一次。',
    'signed-out': '登录已失效。',
    'not-signed-in': '请重新登录，号票都还在。',
    'not-allowed': '需要时请找大厅管理员。',
    again: '请再按一次；仍不行请找大厅管理员。',
    'day-not-open': '请等大厅管理员开始今天的业务。',
    'day-ended': '请到下一个工作日再办。',
    'tickets-left': '等这些号办完或过号，再结束今天。',
    'window-unknown': '按 W 另选窗口。',
    'window-not-open': '先开窗，再叫号。',
    'window-occupied': '按 W 另选窗口，或请对方先关窗。',
    'clerk-elsewhere': '先在那里关窗，再到这里开窗。',
    'not-on-duty': '请先在本窗口开窗。',
    'window-paused': '按 P 恢复后再叫号。',
    'window-not-paused': '可以直接叫号。',
    'window-busy': '先完成 (C)、过号 (M)、挂起 (H) 或转窗 (T)。',
    'tickets-held': '按 B 取回，办完或转走后再关窗。',
    'queue-unknown': '请另选队列。',
    'ticket-unknown': '请核对号码和日期。',
    'ticket-ended': '办事人需要时请重新取号。',
    'no-ticket-at-window': '按空格叫下一位。',
    'ticket-not-callable': '只能叫管理员置顶的、转到本窗口的或本窗口挂起的号。',
    'ticket-not-held': '请看右侧列表再选。',
    'ticket-busy': '可能刚被别的窗口叫走，请看右侧列表。',
    'announced-enough': '人没来按 M 过号，来了按 S 开始。',
    'service-not-started': '人来了先按 S 开始。',
    'service-started': '办好后按 C 完成。',
    'supplement-missing': '按 C、3 勾选或写下要补的材料，一次告知。',
    'transfer-target-unclear': '按 T 另选队列或开着的窗口。',
    'item-unknown': '按 A 另搜一个事项。',
    'live-ticket-exists': '请按原来的号办理。',
    'quota-reached': '请告知办事人改天再来。',
  },
  en: {
    unreachable: 'Press the same key again; it is recorded only once.',
    'signed-out': 'Your sign-in has ended.',
    'not-signed-in': 'Sign in again; no ticket is lost.',
    'not-allowed': 'Ask the hall manager if you need it.',
    again: 'Press again; if it stays, ask the hall manager.',
    'day-not-open': 'Wait until the manager opens the day.',
    'day-ended': 'Come back on the next working day.',
    'tickets-left': 'Finish or miss these tickets, then close the day.',
    'window-unknown': 'Press W to choose another window.',
    'window-not-open': 'Open the window before you call.',
    'window-occupied': 'Press W for another window, or ask them to close it.',
    'clerk-elsewhere': 'Close that window first, then open this one.',
    'not-on-duty': 'Open this window first.',
    'window-paused': 'Press P to go on, then call.',
    'window-not-paused': 'You can call right away.',
    'window-busy': 'First complete (C), miss (M), hold (H) or transfer (T) it.',
    'tickets-held': 'Press B to take it back; finish it before you close.',
    'queue-unknown': 'Choose another queue.',
    'ticket-unknown': 'Check the number and the date.',
    'ticket-ended': 'The visitor can take a new number.',
    'no-ticket-at-window': 'Press Space to call the next one.',
    'ticket-not-callable':
      'Only tickets pinned by a manager, sent here or held here can.',
    'ticket-not-held': 'Look at the list on the right again.',
    'ticket-busy': 'Another window may have just called it; see the list.',
    'announced-enough': 'Press M if nobody comes, S if they are here.',
    'service-not-started': 'Press S when the visitor is here.',
    'service-started': 'Press C when it is done.',
    'supplement-missing': 'Press C, 3 and tick or write every missing paper.',
    'transfer-target-unclear': 'Press T and choose a queue or another open window.',
    'item-unknown': 'Press A and search for another item.',
    'live-ticket-exists': 'Serve it under the number it already has.',
    'quota-reached': 'Ask the visitor to come another day.',
  },
}

const say = wordsOf(HELP)

function helpFor(error: unknown): string {
  if (error instanceof Unreachable) return say('unreachable')
  if (!(error instanceof Refusal)) return say('again')
  if (error.status === 401) return say('not-signed-in')
  if (error.code in HELP.zh) return say(error.code)
  return say(error.status === 403 ? 'not-allowed' : 'again')
}
