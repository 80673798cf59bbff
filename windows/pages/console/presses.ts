/**
 * What becomes of a press: a moment to undo it, then one command, sent until it is
 * answered. A press has one idempotency key for its whole life, so a repeat after a
 * lost answer never happens twice.
 */

import { shallowRef, type Ref } from 'vue'

import { Refusal, Unreachable, newKey } from '@web/api'

export type Verb =
  | 'open'
  | 'pause'
  | 'resume'
  | 'close'
  | 'call-next'
  | 'call'
  | 'recall'
  | 'no-show'
  | 'start'
  | 'hold'
  | 'resume-ticket'
  | 'transfer'
  | 'add-item'
  | 'complete'
  | 'undo'

/** Commands that bring a ticket to the window: one is enough. */
const BRINGING: Verb[] = ['call-next', 'call', 'resume-ticket', 'undo']

/** One intention of the clerk. */
export interface Press {
  verb: Verb
  body: Record<string, unknown>
  /** The number it is about, to say which. */
  number: string
  key: string
}

export type Progress =
  | { is: 'undoable'; press: Press; graceMs: number }
  | { is: 'sending'; press: Press; attempt: number }
  | { is: 'waiting'; press: Press; attempt: number; afterMs: number }

export interface Failure {
  press: Press
  error: unknown
}

export interface PressWorld<Answer> {
  send(press: Press): Promise<Answer>
  answered(answer: Answer, press: Press): void
  later?(run: () => void, milliseconds: number): () => void
}

/** Waits before the second, third, … attempt; the last one repeats. */
const RETRIES_MS = [500, 1_000, 2_000, 4_000]
/** After so many attempts a press is given up and said to be lost. */
const ATTEMPTS = 20

export class Presses<Answer> {
  /** What is under way; null when the keys are free. */
  readonly progress: Readonly<Ref<Progress | null>>
  /** The last press that came to nothing, until the next press. */
  readonly failure: Readonly<Ref<Failure | null>>

  private readonly under = shallowRef<Progress | null>(null)
  private readonly failed = shallowRef<Failure | null>(null)
  private readonly later: (run: () => void, milliseconds: number) => () => void
  private stopTimer: () => void = () => {}
  private following: Press | null = null

  constructor(private readonly world: PressWorld<Answer>) {
    this.progress = this.under
    this.failure = this.failed
    this.later = world.later ?? browserTimer
  }

  /**
   * Take a press. With `graceMs` it can be undone for so long. A press upon an
   * undoable one sends that at once and follows it; while a command is under way
   * only `call-next` may follow, and only what does not bring a ticket itself: a key
   * hit twice is one call. Return whether the press was taken.
   */
  press(verb: Verb, body: Press['body'] = {}, number = '', graceMs = 0): boolean {
    const press = { verb, body, number, key: newKey() }
    const now = this.under.value
    if (now === null) {
      this.begin(press, graceMs)
      return true
    }
    if (this.following) return false
    const mayFollow = verb === 'call-next' && !BRINGING.includes(now.press.verb)
    if (now.is !== 'undoable' && !mayFollow) return false
    this.following = press
    this.settle()
    return true
  }

  /** Send at once what could still be undone. */
  settle(): void {
    const now = this.under.value
    if (now?.is === 'undoable') this.attempt(now.press, 1)
  }

  /** Take the undoable press back, or give up one that finds no answer. */
  undo(): boolean {
    const now = this.under.value
    if (now === null || now.is === 'sending') return false
    this.stopTimer()
    this.following = null
    this.under.value = null
    if (now.is === 'waiting') this.fail(now.press, new Unreachable('given up'))
    return true
  }

  /** Try again now instead of after the wait. */
  hurry(): void {
    const now = this.under.value
    if (now?.is === 'waiting') this.attempt(now.press, now.attempt + 1)
  }

  forgetFailure(): void {
    this.failed.value = null
  }

  private begin(press: Press, graceMs: number): void {
    this.failed.value = null
    if (graceMs <= 0) {
      this.attempt(press, 1)
      return
    }
    this.under.value = { is: 'undoable', press, graceMs }
    this.stopTimer = this.later(() => this.attempt(press, 1), graceMs)
  }

  private attempt(press: Press, attempt: number): void {
    this.stopTimer()
    this.under.value = { is: 'sending', press, attempt }
    this.world.send(press).then(
      (answer) => this.answered(answer, press),
      (error: unknown) => this.unanswered(error, press, attempt),
    )
  }

  private answered(answer: Answer, press: Press): void {
    const next = this.following
    this.following = null
    this.under.value = null
    this.world.answered(answer, press)
    if (next) this.begin(next, 0)
  }

  private unanswered(error: unknown, press: Press, attempt: number): void {
    if (!mayPass(error) || attempt >= ATTEMPTS) {
      this.following = null
      this.under.value = null
      this.fail(press, error)
      return
    }
    const afterMs = RETRIES_MS[attempt - 1] ?? RETRIES_MS[RETRIES_MS.length - 1]!
    this.under.value = { is: 'waiting', press, attempt, afterMs }
    this.stopTimer = this.later(() => this.attempt(press, attempt + 1), afterMs)
  }

  private fail(press: Press, error: unknown): void {
    this.failed.value = { press, error }
  }
}

/** A lost answer and a house that cannot record now may pass; a refusal stays. */
function mayPass(error: unknown): boolean {
  return (
    error instanceof Unreachable || (error instanceof Refusal && error.status === 503)
  )
}

function browserTimer(run: () => void, milliseconds: number): () => void {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}
