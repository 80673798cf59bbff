/** What a sign says instead of a number, and why. */

import type { HallTrouble } from '@web/hall'
import type { WindowView } from '@web/topics/window'

export interface SignSituation {
  trouble: HallTrouble
  /** The hall has no such window. */
  unknown: boolean
  /** The server does not serve this window to this device. */
  refused: boolean
  view: WindowView | null
}

/** Return the key of the words to show, or nothing when a number stands there. */
export function noticeOf(situation: SignSituation): string {
  const { trouble, unknown, refused, view } = situation
  if (trouble) return trouble
  if (unknown) return 'unknown-window'
  if (refused) return 'not-enrolled'
  if (!view) return 'connecting'
  if (view.duty === 'closed') return 'closed'
  if (view.number && view.stage !== 'none') return ''
  return view.duty === 'paused' ? 'paused' : 'free'
}
