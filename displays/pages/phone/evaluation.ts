/** An evaluation as it is being filled in: nothing is chosen for the citizen. */

import type { Grade } from '@web/answers'

export const GRADES: Grade[] = [
  'very-satisfied',
  'satisfied',
  'basically-satisfied',
  'dissatisfied',
  'very-dissatisfied',
]
export const LONGEST_TEXT = 1_000

const BAD: readonly Grade[] = ['dissatisfied', 'very-dissatisfied']

export interface Draft {
  grade: Grade | null
  indicators: string[]
  text: string
}

export type Fault = 'grade-missing' | 'ground-missing'

export function emptyDraft(): Draft {
  return { grade: null, indicators: [], text: '' }
}

export function isBad(grade: Grade | null): boolean {
  return grade !== null && BAD.includes(grade)
}

/** Choose a grade; the reasons of another grade do not fit it. */
export function withGrade(draft: Draft, grade: Grade): Draft {
  return draft.grade === grade ? draft : { ...draft, grade, indicators: [] }
}

/** Return what is still missing: a low grade needs a reason or a few words. */
export function faultOf(draft: Draft): Fault | null {
  if (draft.grade === null) return 'grade-missing'
  const grounds = draft.indicators.length > 0 || draft.text.trim() !== ''
  return isBad(draft.grade) && !grounds ? 'ground-missing' : null
}

/** Return the request, with the text in lines that any log can hold. */
export function requestOf(draft: Draft): object {
  return {
    grade: draft.grade,
    indicators: draft.indicators,
    text: draft.text.trim().replace(/\r\n?/g, '\n'),
    channel: 'phone',
  }
}
