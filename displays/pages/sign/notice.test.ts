import { describe, expect, it } from 'vitest'

import { read, view, type WindowState } from '@web/topics/window'

import { noticeOf, type SignSituation } from './notice'

function situation(state: WindowState | null, other: Partial<SignSituation> = {}) {
  const seen = state ? view(read(state)) : null
  return { trouble: null, unknown: false, refused: false, view: seen, ...other }
}

const FREE: WindowState = [1, null, null, null, 0, 0, 500, null, null]
const CALLED: WindowState = [1, null, 'A012', 8, 1, 1, 900, null, null]
const PAUSED: WindowState = [2, null, null, null, 0, 0, 500, null, '午休']
const CLOSED: WindowState = [0, null, null, null, 0, 0, null, null, null]

describe('a window sign', () => {
  it.each([
    ['a number that was called', CALLED, ''],
    ['a window that is free', FREE, 'free'],
    ['a pause', PAUSED, 'paused'],
    ['a closed window', CLOSED, 'closed'],
    ['nothing yet', null, 'connecting'],
  ])('has words for %s', (_name, state, notice) => {
    expect(noticeOf(situation(state))).toBe(notice)
  })

  it('shows the ticket of a window that was paused meanwhile', () => {
    const serving: WindowState = [2, null, 'A012', 8, 1, 2, 900, null, '设备维护']

    expect(noticeOf(situation(serving))).toBe('')
  })

  it('says what is wrong with itself before anything else', () => {
    expect(noticeOf(situation(CALLED, { refused: true }))).toBe('not-enrolled')
    expect(noticeOf(situation(CALLED, { unknown: true }))).toBe('unknown-window')
    expect(noticeOf(situation(null, { trouble: 'unreachable' }))).toBe('unreachable')
  })
})
