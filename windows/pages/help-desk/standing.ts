/** How a number stands, in one line for whoever asks about it. */

import { timeOf } from '@web/clock'
import { plainWindow } from '@web/numbers'
import type { TicketView } from '@web/topics/ticket'

import { words } from './words'

export function standingOf(view: TicketView): string {
  const window = plainWindow(view.window)
  switch (view.stage) {
    case 'waiting':
      if (view.ahead === null) return words('state.waiting')
      return words(view.ahead ? 'stands.ahead' : 'stands.next', { n: view.ahead })
    case 'called':
      return words('stands.called', { window })
    case 'serving':
    case 'held':
      return words(`stands.${view.stage}`, { window })
    case 'paused':
      return words('stands.paused', { time: timeOf(view.untilAt) })
    case 'ended':
      return words(`ended.${view.endedReason}`)
    default:
      return words(`state.${view.stage}`)
  }
}
