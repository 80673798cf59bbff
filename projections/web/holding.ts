/** What may be done with a number for its holder, by himself or by the help desk. */

import type { TicketStage } from './topics/ticket'

export interface HolderMay {
  pause: boolean
  resume: boolean
  cancel: boolean
}

/** How often a ticket may still leave the line is told by its answer. */
export function holderMay(stage: TicketStage, pausesLeft: number): HolderMay {
  return {
    pause: stage === 'waiting' && pausesLeft > 0,
    resume: stage === 'paused',
    cancel: ['waiting', 'missed', 'paused', 'preparing'].includes(stage),
  }
}
