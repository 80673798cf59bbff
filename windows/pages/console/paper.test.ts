import { beforeEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'

import { Unreachable } from '@web/api'
import type { Store } from '@web/store'

import type { DeskAnswer } from '../shared/answers'
import { openPaper, type Supplement } from './paper'
import type { Press } from './presses'

const said = (printed: boolean, reason: string | null): Supplement => ({
  service: 't1.1',
  hall: '云山市政务服务中心',
  number: 'A012',
  items: ['低保'],
  missing: ['户口簿'],
  window: '42',
  clerk: 'li.na',
  told: '2026-03-02 09:05',
  language: 'zh',
  printed,
  reason,
})
const press = (verb: Press['verb'], outcome = ''): Press => ({
  verb,
  body: outcome ? { outcome } : {},
  number: 'A012',
  key: 'k',
})
const answer = (more: Partial<DeskAnswer> = {}) =>
  ({ ticket: null, service: 't1.1', ...more }) as DeskAnswer
const someTicket = { number: 'A013' } as DeskAnswer['ticket']
const NEEDS = press('complete', 'needs-supplement')

let asked: string[]
let dialogs: number
let kept: Record<string, string>
let answers: (Supplement | Error)[]
const hint = ref('')

function paperAt() {
  const store: Store = {
    read: (key) => kept[key] ?? null,
    write: (key, value) => void (kept[key] = value),
    remove: (key) => void delete kept[key],
  }
  return openPaper({
    print: async (service) => {
      asked.push(service)
      const next = answers.shift()!
      if (next instanceof Error) throw next
      return next
    },
    hint,
    dialog: () => (dialogs += 1),
    store,
  })
}
const settled = () => new Promise((done) => setTimeout(done, 0))

beforeEach(() => {
  asked = []
  dialogs = 0
  kept = {}
  answers = []
  hint.value = ''
})

describe('the paper with what to bring', () => {
  it('comes out at the window as soon as the list is told', async () => {
    const paper = paperAt()
    answers = [said(true, null)]

    paper.answered(answer(), NEEDS)
    await settled()

    expect(asked).toEqual(['t1.1'])
    expect(dialogs).toBe(0)
    expect(hint.value).toContain('A012')
  })

  it('is printed by the browser where the window has no printer', async () => {
    const paper = paperAt()
    answers = [said(false, 'no-printer')]

    paper.answered(answer(), NEEDS)
    await settled()

    expect(dialogs).toBe(1)
    expect(paper.sheet.value!.missing).toEqual(['户口簿'])
    expect(hint.value).toBe('')
  })

  it('is printed by the browser, and says why, when the printer cannot', async () => {
    const paper = paperAt()
    answers = [said(false, 'paper-out')]

    paper.answered(answer(), NEEDS)
    await settled()

    expect(dialogs).toBe(1)
    expect(hint.value).not.toBe('')
  })

  it('is not printed where the clerk wants none, and he is asked no more', async () => {
    const paper = paperAt()
    paper.wanted.value = false

    paper.answered(answer(), NEEDS)
    await settled()

    expect(asked).toEqual([])
    expect(paper.last.value).toEqual({ service: 't1.1', number: 'A012' })
    expect(paperAt().wanted.value).toBe(false)
  })

  it('can be printed again until the next ticket comes', async () => {
    const paper = paperAt()
    answers = [said(true, null), said(true, null)]
    paper.answered(answer(), NEEDS)
    await settled()

    await paper.print()
    expect(asked).toEqual(['t1.1', 't1.1'])

    paper.answered(answer(), press('call-next'))
    expect(paper.last.value).not.toBeNull()
    paper.answered(answer({ ticket: someTicket }), press('call-next'))
    expect(paper.last.value).toBeNull()
    await paper.print()
    expect(asked).toHaveLength(2)
  })

  it('belongs to services that end with a list only', async () => {
    const paper = paperAt()

    paper.answered(answer(), press('complete', 'done'))
    await settled()

    expect(paper.last.value).toBeNull()
    expect(asked).toEqual([])
  })

  it('says so when the house cannot be reached', async () => {
    const paper = paperAt()
    answers = [new Unreachable('gone')]

    paper.answered(answer(), NEEDS)
    await settled()

    expect(dialogs).toBe(0)
    expect(hint.value).not.toBe('')
  })
})
