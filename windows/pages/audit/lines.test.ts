import { describe, expect, it } from 'vitest'

import { ACTIONS, queryOf, timeLabel } from './lines'
import en from './words/en.json'
import zh from './words/zh.json'

const ANY = { hall: '', first: '', last: '', account: '', action: '', commands: true }

describe('what the auditor asks', () => {
  it('leaves nothing out where nothing is filled in', () => {
    expect(queryOf(ANY)).toBe('')
    expect(queryOf({ ...ANY, account: 'li na&x', commands: false })).toBe(
      'account=li+na%26x&commands=false',
    )
  })

  it('has words for every action in both languages', () => {
    for (const action of ACTIONS) {
      expect(zh).toHaveProperty([`action.${action}`])
      expect(en).toHaveProperty([`action.${action}`])
    }
  })

  it('writes an instant to the second', () => {
    expect(timeLabel(1_772_416_507_000)).toBe('2026-03-02 09:55:07')
  })
})
