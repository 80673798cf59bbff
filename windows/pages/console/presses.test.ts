import { describe, expect, it } from 'vitest'

import { Refusal, Unreachable } from '@web/api'

import { Presses, type Press } from './presses'

/** A hall that answers when the test says so, and a clock that the test moves. */
function desk() {
  const sent: Press[] = []
  const answered: string[] = []
  const open: { give(value: string): void; refuse(error: unknown): void }[] = []
  const timers: { run: () => void; milliseconds: number }[] = []
  const presses = new Presses<string>({
    send: (press) => {
      sent.push(press)
      return new Promise((give, refuse) => open.push({ give, refuse }))
    },
    answered: (answer) => void answered.push(answer),
    later: (run, milliseconds) => {
      const timer = { run, milliseconds }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
  })
  return {
    presses,
    sent,
    answered,
    timers,
    verbs: () => sent.map((press) => press.verb),
    elapse: () => timers.shift()!.run(),
    answer: async (text = 'ok') => {
      open.shift()!.give(text)
      await settled()
    },
    refuse: async (error: unknown) => {
      open.shift()!.refuse(error)
      await settled()
    },
  }
}

const settled = () => new Promise((done) => setTimeout(done, 0))
const GRACE = 3_000

describe('a press', () => {
  it('is sent at once and answered', async () => {
    const { presses, verbs, answer, answered } = desk()

    presses.press('call-next')
    await answer('A012')

    expect(verbs()).toEqual(['call-next'])
    expect(answered).toEqual(['A012'])
    expect(presses.progress.value).toBeNull()
  })

  it('keeps its one key through lost answers', async () => {
    const { presses, sent, refuse, elapse, answer, answered } = desk()

    presses.press('call-next')
    await refuse(new Unreachable('lost'))
    elapse()
    await refuse(new Refusal(503, 'log-error', '', {}))
    elapse()
    await answer()

    expect(sent.map((press) => press.key)).toEqual(Array(3).fill(sent[0]!.key))
    expect(answered).toHaveLength(1)
  })

  it('has another key than the press before', async () => {
    const { presses, sent, answer } = desk()

    presses.press('recall')
    await answer()
    presses.press('recall')
    await answer()

    expect(sent[0]!.key).not.toBe(sent[1]!.key)
  })

  it('is not sent again after a refusal, which is kept to be read', async () => {
    const { presses, verbs, refuse, timers } = desk()
    const refusal = new Refusal(409, 'window-busy', '', { number: 'A001' })

    presses.press('call-next')
    await refuse(refusal)

    expect(presses.failure.value?.error).toBe(refusal)
    expect(verbs()).toHaveLength(1)
    expect(timers).toHaveLength(0)
  })

  it('clears the refusal of the press before', async () => {
    const { presses, refuse } = desk()
    presses.press('recall')
    await refuse(new Refusal(409, 'announced-enough', '', {}))

    presses.press('start')

    expect(presses.failure.value).toBeNull()
  })

  it('waits longer between attempts, and can be hurried or given up', async () => {
    const { presses, timers, refuse, verbs } = desk()
    presses.press('start')
    await refuse(new Unreachable('lost'))
    const first = timers[0]!.milliseconds

    presses.hurry()
    await refuse(new Unreachable('lost'))

    expect(verbs()).toHaveLength(2)
    expect(timers).toHaveLength(1)
    expect(timers[0]!.milliseconds).toBeGreaterThan(first)
    expect(presses.undo()).toBe(true)
    expect(presses.failure.value?.error).toBeInstanceOf(Unreachable)
    expect(timers).toHaveLength(0)
  })

  it('cannot be undone while its answer is awaited', () => {
    const { presses } = desk()

    presses.press('start')

    expect(presses.undo()).toBe(false)
  })

  it('of a key that is hit twice calls once', async () => {
    const { presses, verbs, answer } = desk()

    presses.press('call-next')
    const second = presses.press('call-next')
    await answer()

    expect(second).toBe(false)
    expect(verbs()).toEqual(['call-next'])
  })

  it('that undoes is not followed by a call that nobody meant', async () => {
    const { presses, verbs, answer } = desk()

    presses.press('undo', {}, 'A012')
    expect(presses.press('call-next')).toBe(false)
    await answer()

    expect(verbs()).toEqual(['undo'])
  })

  it('is ignored while another is under way', async () => {
    const { presses, verbs, answer } = desk()

    presses.press('call-next')
    const taken = presses.press('start')
    await answer()

    expect(taken).toBe(false)
    expect(verbs()).toEqual(['call-next'])
  })
})

describe('an undoable press', () => {
  it('is sent when its time is over', async () => {
    const { presses, verbs, elapse, answer } = desk()

    presses.press('complete', { outcome: 'done' }, 'A012', GRACE)
    expect(verbs()).toEqual([])
    elapse()
    await answer()

    expect(verbs()).toEqual(['complete'])
  })

  it('never happened when it is undone', () => {
    const { presses, sent, timers } = desk()

    presses.press('no-show', { reason: 'nobody' }, 'A012', GRACE)
    const undone = presses.undo()

    expect(undone).toBe(true)
    expect(sent).toEqual([])
    expect(timers).toEqual([])
    expect(presses.failure.value).toBeNull()
  })

  it('is sent before the press that follows it', async () => {
    const { presses, verbs, answer } = desk()

    presses.press('complete', { outcome: 'done' }, 'A012', GRACE)
    presses.press('call-next')
    expect(verbs()).toEqual(['complete'])
    await answer()

    expect(verbs()).toEqual(['complete', 'call-next'])
  })

  it('takes the press that follows it along when it is refused', async () => {
    const { presses, verbs, refuse } = desk()

    presses.press('complete', { outcome: 'done' }, 'A012', GRACE)
    presses.press('call-next')
    await refuse(new Refusal(409, 'service-not-started', '', {}))

    expect(verbs()).toEqual(['complete'])
    expect(presses.failure.value?.press.verb).toBe('complete')
    expect(presses.progress.value).toBeNull()
  })

  it('is followed once, however often the key is hit', async () => {
    const { presses, verbs, answer } = desk()

    presses.press('complete', { outcome: 'done' }, 'A012', GRACE)
    presses.press('call-next')
    presses.press('call-next')
    await answer()
    await answer()

    expect(verbs()).toEqual(['complete', 'call-next'])
  })

  it('is sent at once when the page is left', () => {
    const { presses, verbs } = desk()

    presses.press('complete', { outcome: 'done' }, 'A012', GRACE)
    presses.settle()

    expect(verbs()).toEqual(['complete'])
  })
})
