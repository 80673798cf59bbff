/** A machine that nobody touches starts anew, and says so first. */

export const IDLE_SECONDS = 60
export const WARN_SECONDS = 15

export class Idle {
  private touchedAt: number

  constructor(now: number) {
    this.touchedAt = now
  }

  touch(now: number): void {
    this.touchedAt = now
  }

  /** Return the whole seconds that are left before the new start, never below 0. */
  left(now: number): number {
    return Math.max(0, Math.ceil(IDLE_SECONDS - (now - this.touchedAt) / 1_000))
  }
}
