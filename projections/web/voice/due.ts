/** Which calls and recalls are still to be announced: each once, none twice. */

import { passing, type Store } from '@web/store'
import type { BoardCall } from '@web/topics/board'

/** One announcement: the call itself is 1, its first recall 2. */
export interface Announcement {
  call: number
  announcements: number
  number: string
  window: string
}

const KEPT = 'yihao.announced'

/** After a reload only calls as young as this are still worth announcing. */
const YOUNG = 60_000

export class Due {
  private announced = new Map<number, number>()
  private date = ''

  constructor(private readonly store: Store = passing) {}

  /**
   * Take the first picture of the day. What stands there was announced before,
   * unless this tab remembers otherwise and the call is young.
   */
  begin(date: string, calls: BoardCall[], now: number): Announcement[] {
    const remembered = this.recall(date)
    this.date = date
    this.announced = remembered ?? new Map<number, number>()
    const young = calls.filter(
      (call) => remembered !== null && now - call.calledAt < YOUNG,
    )
    calls
      .filter((call) => !young.includes(call))
      .forEach((call) => this.announced.set(call.call, call.announcements))
    return this.take(date, young)
  }

  /** Return what is new in the picture after one change, in the order of the calls. */
  take(date: string, calls: BoardCall[]): Announcement[] {
    if (date !== this.date) {
      this.date = date
      this.announced.clear()
    }
    const due: Announcement[] = []
    for (const { call, announcements, number, window } of calls) {
      const known = this.announced.get(call) ?? 0
      for (let count = known + 1; count <= announcements; count++) {
        due.push({ call, announcements: count, number, window })
      }
      if (announcements > known) this.announced.set(call, announcements)
    }
    this.keep()
    return due
  }

  private keep(): void {
    const rows = Array.from(this.announced).slice(-200)
    this.store.write(KEPT, JSON.stringify([this.date, rows]))
  }

  private recall(date: string): Map<number, number> | null {
    const kept = this.store.read(KEPT)
    if (!kept) return null
    const [keptDate, rows] = JSON.parse(kept) as [string, [number, number][]]
    return keptDate === date ? new Map(rows) : null
  }
}
