/** What this phone last knew of a ticket, kept so that it opens without a network. */

import type { Hall, TicketAnswer } from '@web/answers'
import { lasting, type Store } from '@web/store'
import type { TicketStage, TicketView } from '@web/topics/ticket'

export interface Picture {
  answer: TicketAnswer
  view: TicketView
  hall: Hall | null
  /** The hall's time when this was true. */
  at: number
}

const key = (ticket: string) => `yihao.picture.${ticket}`

export function keptPicture(ticket: string, store: Store = lasting): Picture | null {
  const kept = store.read(key(ticket))
  if (!kept) return null
  const picture = JSON.parse(kept) as Picture
  // What was kept may be old, and so may the notices: nobody is told them again.
  return { ...picture, view: { ...picture.view, notices: [] } }
}

export function keepPicture(picture: Picture, store: Store = lasting): void {
  store.write(key(picture.answer.ticket), JSON.stringify(picture))
}

/** Return the view that the link would give, from the answer of a request. */
export function viewOf(answer: TicketAnswer): TicketView {
  return {
    stage: answer.state as TicketStage,
    number: answer.number,
    ahead: answer.people_ahead,
    queue: answer.queue,
    window: answer.window ?? '',
    call: answer.call,
    announcements: answer.announcements,
    sinceAt: answer.called_at ?? answer.issued_at,
    untilAt: answer.pause.until_at ?? 0,
    service: '',
    endedReason: answer.ended_reason ?? '',
    services: answer.services.map((row) => ({
      service: row.service,
      window: row.window,
      outcome: row.outcome,
      finishedAt: row.finished_at,
      evaluated: row.evaluated,
    })),
    notices: [],
  }
}

/** Return whether a change is one that the answer tells more about than the link. */
export function wantsAnswer(before: TicketView | null, now: TicketView): boolean {
  return (
    before === null ||
    before.stage !== now.stage ||
    before.queue !== now.queue ||
    before.services.length !== now.services.length
  )
}
