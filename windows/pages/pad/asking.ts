/**
 * The pad's one question, pure: when it wakes, what has been chosen, when it sleeps.
 *
 * Nothing is ever chosen for the citizen. A pad that nobody touches goes to sleep
 * without a grade, and does not ask about the same service again.
 */

import type { Grade } from '@web/answers'

export const GRADES: Grade[] = [
  'very-satisfied',
  'satisfied',
  'basically-satisfied',
  'dissatisfied',
  'very-dissatisfied',
]

/** The thanks stand this long. */
export const THANKS_MS = 5_000

export interface Evaluable {
  service: string
  number: string
  finishedAt: number
}

/** Whoever served, where the hall tells it. */
export interface Clerk {
  clerk: string | null
  clerk_name: string | null
}

export type Pad =
  | { is: 'asleep'; done: string }
  | {
      is: 'asking'
      done: string
      service: string
      number: string
      grade: Grade | null
      indicators: string[]
      text: string
      sending: boolean
      /** The local instant at which the pad gives up. */
      until: number
    }
  | { is: 'thanks'; done: string; until: number }

export type Asking = Extract<Pad, { is: 'asking' }>

/** `done` is the last service this pad has asked about; it is kept over a reload. */
export function sleeping(done = ''): Pad {
  return { is: 'asleep', done }
}

/**
 * Take in what the window says. `age` is how long ago the service ended, in the
 * citizen's own time: nobody stands there any more after `patience`. `serving` is the
 * number that is being served: a completion that was undone is asked about later.
 */
export function seen(
  pad: Pad,
  evaluable: Evaluable | null,
  age: number,
  patience: number,
  now: number,
  serving = '',
): Pad {
  if (pad.is === 'asking' && pad.service === evaluable?.service) return pad
  // The link may tell of this pad's own evaluation before its answer is here.
  if (pad.is === 'asking' && pad.sending && !evaluable) return pad
  if (pad.is === 'asking' && pad.number === serving) return sleeping(pad.done)
  // Given on a phone meanwhile, or another citizen has been served since.
  const rest: Pad = pad.is === 'asking' ? sleeping(pad.service) : pad
  if (!evaluable || evaluable.service === rest.done || age > patience) return rest
  return {
    is: 'asking',
    done: rest.done,
    service: evaluable.service,
    number: evaluable.number,
    grade: null,
    indicators: [],
    text: '',
    sending: false,
    until: now + patience,
  }
}

/** Every touch gives the citizen the whole time again. */
export function touched(pad: Pad, patience: number, now: number): Pad {
  return pad.is === 'asking' ? { ...pad, until: now + patience } : pad
}

/** Let time pass. */
export function elapsed(pad: Pad, now: number): Pad {
  if (pad.is === 'asleep' || now < pad.until) return pad
  if (pad.is === 'asking' && pad.sending) return pad
  return pad.is === 'asking' ? sleeping(pad.service) : sleeping(pad.done)
}

/** The citizen would rather not say. */
export function declined(pad: Pad): Pad {
  return pad.is === 'asking' ? sleeping(pad.service) : pad
}

/** Another grade has other indicators, so those chosen before are let go. */
export function graded(asking: Asking, grade: Grade): Asking {
  return asking.grade === grade ? asking : { ...asking, grade, indicators: [] }
}

export function indicated(asking: Asking, code: string): Asking {
  const has = asking.indicators.includes(code)
  const indicators = has
    ? asking.indicators.filter((other) => other !== code)
    : [...asking.indicators, code]
  return { ...asking, indicators }
}

export function isLow(grade: Grade | null): boolean {
  return grade === 'dissatisfied' || grade === 'very-dissatisfied'
}

/** A low grade needs an indicator or a few words before it can be given. */
export function lacksGround(asking: Asking): boolean {
  const said = asking.indicators.length > 0 || asking.text.trim() !== ''
  return isLow(asking.grade) && !said
}

/** The evaluation is on its way; the pad stays awake until it is answered. */
export function sending(asking: Asking, way: boolean): Asking {
  return { ...asking, sending: way }
}

export function given(asking: Asking, now: number): Pad {
  return { is: 'thanks', done: asking.service, until: now + THANKS_MS }
}

/** What is sent for a chosen grade. */
export function bodyOf(asking: Asking): Record<string, unknown> {
  return {
    grade: asking.grade,
    indicators: asking.indicators,
    text: asking.text.trim(),
    channel: 'pad',
  }
}
