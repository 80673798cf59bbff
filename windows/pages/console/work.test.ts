import { computed, nextTick, ref, shallowRef, type Ref } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'

import type { ConsoleView, CurrentTicket, WaitingTicket } from '@web/topics/console'

import { actionsOf } from './actions'
import type { UndoNow } from './desk'
import { NOTHING, nextOf } from './picture'
import type { Failure, Progress } from './presses'
import { workAt, type Work, type WorkDesk } from './work'

const waiting = (ticket: string, more: Partial<WaitingTicket> = {}): WaitingTicket => ({
  ticket,
  number: ticket.toUpperCase(),
  ticketClass: 'ordinary',
  queue: 'a',
  items: [],
  issuedAt: 0,
  effectiveAt: 0,
  offsetSeconds: 0,
  pinned: false,
  transferredHere: false,
  returned: false,
  notYetDue: false,
  sequence: 0,
  ...more,
})
const current = (stage: 'called' | 'serving'): CurrentTicket => ({
  ticket: 't9',
  number: 'A009',
  ticketClass: 'ordinary',
  queue: 'a',
  items: [],
  stage,
  call: 1,
  announcements: 1,
  sinceAt: 0,
  service: '',
})
const held = { ticket: 'h1', number: 'H1', items: [], sinceAt: 0 }

let picture: ReturnType<typeof shallowRef<ConsoleView>>
let given: { verb: string; body: object; number: string; undoable: boolean }[]
let settled: number
let desk: WorkDesk
let work: Work
let revealed: string[]
let undo: ReturnType<typeof shallowRef<UndoNow | null>> & { value: UndoNow | null }
let paper: { value: { service: string; number: string } | null }
let now: Ref<number>
let printed: number
let takenBack: number

beforeEach(() => {
  undo = shallowRef<UndoNow | null>(null) as typeof undo
  paper = shallowRef(null)
  now = ref(60_000)
  printed = takenBack = 0
  picture = shallowRef<ConsoleView>(NOTHING)
  given = []
  settled = 0
  revealed = []
  const seen = picture as { value: ConsoleView }
  desk = {
    picture: seen as WorkDesk['picture'],
    get actions() {
      return { value: actionsOf(seen.value, 3) } as WorkDesk['actions']
    },
    next: computed(() => nextOf(seen.value.waiting, 0)),
    hint: ref(''),
    warning: ref(''),
    undo,
    now,
    announcedAt: ref(0),
    paper: { last: paper, print: async () => void (printed += 1) } as WorkDesk['paper'],
    press(verb, body = {}, number = '', undoable = false) {
      given.push({ verb, body, number, undoable })
      return true
    },
    presses: {
      progress: shallowRef<Progress | null>(null),
      failure: shallowRef<Failure | null>(null),
      settle: () => (settled += 1),
      undo: () => (takenBack += 1) > 0,
    } as unknown as WorkDesk['presses'],
  }
  work = workAt(desk, (ticket) => revealed.push(ticket))
})

const stand = (more: Partial<ConsoleView>) => {
  picture.value = { ...NOTHING, duty: 'open', ...more }
}
const press = (...keys: string[]) => keys.forEach((key) => work.take(key))
const verbs = () => given.map((one) => one.verb)

describe('at a free window', () => {
  it('Space and Enter call the next one', () => {
    stand({ waiting: [waiting('a1')] })

    press('Space', 'Enter')

    expect(verbs()).toEqual(['call-next', 'call-next'])
  })

  it('a pinned ticket is called by going to it and pressing Enter', () => {
    stand({ waiting: [waiting('a1'), waiting('a2', { pinned: true })] })

    press('ArrowDown', 'ArrowDown', 'Enter')

    expect(given).toEqual([
      { verb: 'call', body: { ticket: 'a2' }, number: 'A2', undoable: false },
    ])
    expect(revealed).toEqual(['a1', 'a2'])
  })

  it('an ordinary ticket further back is not called, and the clerk is told why', () => {
    stand({ waiting: [waiting('a1'), waiting('a2')] })

    press('ArrowUp', 'Enter')

    expect(work.chosen.value).toBe('a2')
    expect(verbs()).toEqual([])
    expect(desk.hint.value).not.toBe('')
  })

  it('the one held ticket comes back at once, of several one is chosen', () => {
    stand({ held: [held] })
    press('B')
    expect(given[0]).toMatchObject({ verb: 'resume-ticket', body: { ticket: 'h1' } })

    stand({ held: [held, { ...held, ticket: 'h2' }] })
    press('B')
    expect(work.sheet.value).toBe('take-back')
  })

  it('closing can be undone, and is refused while a ticket is held', () => {
    stand({})
    press('Q')
    expect(given).toEqual([{ verb: 'close', body: {}, number: '', undoable: true }])

    stand({ held: [held] })
    press('Q')
    expect(given).toHaveLength(1)
    expect(desk.hint.value).not.toBe('')
  })
})

describe('with a ticket at the window', () => {
  it('Space never calls another, and says what to do', () => {
    stand({ current: current('called'), waiting: [waiting('a1')] })

    press('Space')

    expect(verbs()).toEqual([])
    expect(desk.hint.value).toContain('A009')
  })

  it('a second Space right after the call does not start the service', () => {
    stand({ waiting: [waiting('a1')] })
    press('Space')
    stand({ current: current('called') })
    press('Space')

    expect(verbs()).toEqual(['call-next'])
  })

  it('S starts, R calls again, and neither asks anything', () => {
    stand({ current: current('called') })

    press('R', 'S')

    expect(verbs()).toEqual(['recall', 'start'])
  })

  it('M, H, T and C ask first; their sheet takes the next key', () => {
    stand({ current: current('called') })
    const taken: string[] = []
    const sheet = { take: (key: string) => taken.push(key) > 0 }

    press('M')
    work.open.value = sheet
    press('1')

    expect(work.sheet.value).toBe('missed')
    expect(taken).toEqual(['1'])
    expect(verbs()).toEqual([])
  })

  it('what could still be undone is sent before the next question', () => {
    stand({ current: current('serving') })

    press('C')

    expect(settled).toBe(1)
  })

  it('a key without a meaning says so', () => {
    stand({ current: current('serving') })

    press('S')

    expect(verbs()).toEqual([])
    expect(desk.hint.value).toContain('?')
  })

  it('a sheet closes when the ticket is gone', async () => {
    stand({ current: current('serving') })
    press('C')
    await nextTick()

    stand({})
    await nextTick()

    expect(work.sheet.value).toBeNull()
  })
})

describe('when another window calls the next one first', () => {
  beforeEach(async () => {
    stand({ waiting: [waiting('a1'), waiting('a2')] })
    await nextTick()
    stand({ waiting: [waiting('a2')] })
    await nextTick()
  })

  it('the press that comes too late is asked for again, with both numbers', () => {
    press('Space')
    expect(verbs()).toEqual([])
    expect(desk.hint.value).toContain(waiting('a1').number)
    expect(desk.hint.value).toContain(waiting('a2').number)

    press('Space')
    expect(verbs()).toEqual(['call-next'])
  })

  it('a press that comes after one could read it calls at once', () => {
    now.value += 2_000

    press('Space')

    expect(verbs()).toEqual(['call-next'])
  })

  it('what the window itself has called is no surprise', async () => {
    stand({ current: current('serving'), waiting: [waiting('a3')] })
    await nextTick()
    stand({ waiting: [waiting('a3')] })
    await nextTick()

    press('Space')

    expect(verbs()).toEqual(['call-next'])
  })

  it('a chosen ticket that has left the line is not called', async () => {
    stand({ waiting: [waiting('a2'), waiting('a3')] })
    press('ArrowDown', 'ArrowDown')
    stand({ waiting: [waiting('a2')] })
    await nextTick()

    press('Enter')

    expect(verbs()).toEqual([])
    expect(desk.hint.value).toBe('选中的号刚离开等候：被别的窗口叫走，或已取消')
  })
})

describe('a call that was made just now', () => {
  beforeEach(() => (now.value = 3_000))

  it('is announced again only when R is pressed twice', () => {
    stand({ current: current('called') })

    press('R')
    expect(verbs()).toEqual([])
    expect(desk.hint.value).toContain('A009')
    expect(desk.hint.value).toContain('3')
    expect(desk.warning.value).toBe(desk.hint.value)

    press('R')
    expect(verbs()).toEqual(['recall'])
  })

  it('is announced again at once when it has been spoken', () => {
    now.value = 8_000
    stand({ current: current('called') })

    press('R')

    expect(verbs()).toEqual(['recall'])
  })
})

describe('Z', () => {
  const missed: UndoNow = {
    ...{ what: 'missed', ticket: 't9', number: 'A009', untilAt: 90_000, left: 30 },
  }

  it('undoes what the window did last', () => {
    stand({})
    undo.value = missed

    press('Z')

    expect(given).toEqual([{ verb: 'undo', body: {}, number: 'A009', undoable: false }])
  })

  it('takes back what has not been sent yet', () => {
    stand({})
    undo.value = missed
    const waiting = { verb: 'close' as const, body: {}, number: '', key: 'k' }
    const under = desk.presses.progress as { value: Progress | null }
    under.value = { is: 'undoable', press: waiting, graceMs: 3_000 }

    press('Z')

    expect(takenBack).toBe(1)
    expect(given).toEqual([])
  })

  it('says so when there is nothing to undo', () => {
    stand({})

    press('Z')

    expect(given).toEqual([])
    expect(desk.hint.value).not.toBe('')
  })
})

describe('N', () => {
  it('prints the list again that was told last', () => {
    stand({})
    press('N')
    expect(desk.hint.value).not.toBe('')

    paper.value = { service: 't9.1', number: 'A009' }
    press('N')
    expect(printed).toBe(1)
  })
})

describe('Escape', () => {
  it('leads from the list of papers back to the outcomes, then to the buttons', () => {
    stand({ current: current('serving') })
    work.sheet.value = 'supplement'

    expect(work.back()).toBe(true)
    expect(work.sheet.value).toBe('outcome')
    expect(work.back()).toBe(true)
    expect(work.sheet.value).toBeNull()
  })

  it('lets go a chosen ticket, and leaves the rest to the desk', () => {
    stand({ waiting: [waiting('a1')] })
    press('ArrowDown')

    expect(work.back()).toBe(true)
    expect(work.chosen.value).toBe('')
    expect(work.back()).toBe(false)
  })
})

describe('at a paused window', () => {
  it('nothing is called, and Space says how to go on', () => {
    stand({ duty: 'paused', waiting: [waiting('a1')] })

    press('Space', 'ArrowDown', 'Enter')

    expect(verbs()).toEqual([])
    expect(desk.hint.value).toContain('P')
  })
})
