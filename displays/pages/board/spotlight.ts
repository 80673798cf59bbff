/**
 * Which call stands large: every new call and every recall, each for a while.
 *
 * A call keeps the place for eight seconds; when others wait for it, for three.
 */

import type { BoardCall } from '@web/topics/board'

import { inOrder } from './turning'

export const HOLDS = 8_000
export const HOLDS_IN_A_RUSH = 3_000

export class Spotlight {
  private waiting: number[] = []
  private current: number | null = null
  private since = 0

  /** A call was made or announced again: it wants the place. */
  arrive(call: number): void {
    if (!this.waiting.includes(call)) this.waiting.push(call)
  }

  /** Return the call that stands large now. */
  pick(calls: BoardCall[], now: number): BoardCall | null {
    const find = (id: number | null) => calls.find((call) => call.call === id) ?? null
    this.waiting = this.waiting.filter((id) => find(id) !== null)
    const held = now - this.since
    const shown = find(this.current)
    if (this.waiting.length > 0) {
      const holds = this.waiting.length > 1 ? HOLDS_IN_A_RUSH : HOLDS
      if (!shown || held >= holds) return this.show(find(this.waiting.shift()!), now)
      return shown
    }
    if (shown && (!shown.here || held < HOLDS)) return shown
    const best = inOrder(calls)[0] ?? null
    // Nobody arrived: whoever does next need not wait for this one.
    return best?.call === this.current ? best : this.show(best, now - HOLDS)
  }

  private show(call: BoardCall | null, since: number): BoardCall | null {
    this.current = call ? call.call : null
    this.since = since
    return call
  }
}
