import { describe, expect, it } from 'vitest'

import { Refusal, Unreachable } from './api'
import { COMMON, wordsForError } from './refusal'

/** The classes of refusals, as the rules write them. */
const SOURCES = import.meta.glob<string>('/queue_core/errors/*.py', {
  eager: true,
  query: '?raw',
  import: 'default',
})
const CODE = /^ {4}code = "[\w-]+"$/gm

describe('a refusal in words', () => {
  it('knows every reason of the rules, in both languages', () => {
    const lines = Object.keys(SOURCES).map((path) => SOURCES[path]!.match(CODE) ?? [])
    const codes = lines
      .reduce<string[]>((all, some) => [...all, ...some], [])
      .map((line) => line.slice(line.indexOf('"') + 1, -1))

    expect(codes.length).toBeGreaterThan(30)
    for (const code of codes) {
      expect(COMMON.zh, code).toHaveProperty([`refused.${code}`])
      expect(COMMON.en, code).toHaveProperty([`refused.${code}`])
    }
  })

  it('says why, with its values, and what to do next', () => {
    const refusal = new Refusal(409, 'no-window-serves', '', {
      item: 'SW001',
      help_desk: '一楼导办台',
    })

    expect(wordsForError(refusal)).toBe('现在没有窗口办理此事项，请到一楼导办台咨询。')
  })

  it('writes instants as times of the hall', () => {
    const refusal = new Refusal(409, 'doors-closed', '', {
      opens_at: Date.UTC(2026, 2, 2, 0, 30),
      cut_off_at: Date.UTC(2026, 2, 2, 8, 45),
    })

    expect(wordsForError(refusal)).toContain('08:30 至 16:45')
  })

  it('has words for what it does not know', () => {
    const words = [
      new Unreachable('cut'),
      new Refusal(403, 'something-new', '', {}),
      new Refusal(429, 'something-new', '', {}),
      new Refusal(418, 'something-new', '', {}),
      new Error('surprise'),
    ].map(wordsForError)

    expect(words.every((line) => line.length > 5 && !line.includes('error.'))).toBe(
      true,
    )
  })
})
