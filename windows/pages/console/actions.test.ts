import { describe, expect, it } from 'vitest'

import type { ConsoleView, CurrentTicket } from '@web/topics/console'

import { actionAt, actionsOf } from './actions'
import { NOTHING } from './picture'

const LIMIT = 3
const open: ConsoleView = { ...NOTHING, duty: 'open', clerk: 'clerk01' }
const ticket: CurrentTicket = {
  ticket: 't1',
  number: 'A012',
  ticketClass: 'ordinary',
  queue: 'a',
  items: ['SW001'],
  stage: 'called',
  call: 7,
  announcements: 1,
  sinceAt: 0,
  service: '',
}
const called: ConsoleView = { ...open, current: ticket }
const serving: ConsoleView = { ...open, current: { ...ticket, stage: 'serving' } }
const held = [{ ticket: 't2', number: 'A009', items: [], sinceAt: 0 }]

const names = (view: ConsoleView) => actionsOf(view, LIMIT).map((action) => action.name)
const main = (view: ConsoleView) =>
  actionsOf(view, LIMIT).find((action) => action.main)?.name

describe('the actions of a window', () => {
  it('are none while it is closed', () => {
    expect(names(NOTHING)).toEqual([])
  })

  it('lead with what is pressed most at each stage', () => {
    expect(main(open)).toBe('next')
    expect(main(called)).toBe('start')
    expect(main(serving)).toBe('complete')
    expect(main({ ...open, duty: 'paused' })).toBe('resume')
  })

  it('never offer to call over a ticket that is at the window', () => {
    expect(names(called)).not.toContain('next')
    expect(names(serving)).not.toContain('next')
    expect(actionAt(actionsOf(called, LIMIT), 'Enter')).toBeUndefined()
    expect(actionAt(actionsOf(serving, LIMIT), 'Space')).toBeUndefined()
  })

  it('say when the call has been announced often enough', () => {
    const spent: ConsoleView = { ...called, current: { ...ticket, announcements: 3 } }

    const recall = actionAt(actionsOf(spent, LIMIT), 'R')

    expect(recall?.hindrance).toBe('hindrance.recalled')
  })

  it('offer to take a held ticket back, and keep the window open for it', () => {
    const holding: ConsoleView = { ...open, held }

    expect(names(holding)).toContain('take-back')
    expect(names(open)).not.toContain('take-back')
    expect(actionAt(actionsOf(holding, LIMIT), 'Q')?.hindrance).toBe('hindrance.held')
  })

  it('give every key of a stage to one action', () => {
    for (const view of [open, { ...open, held }, called, serving]) {
      const keys = actionsOf(view, LIMIT).map((action) => action.key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  it('call the next one by Space or Enter', () => {
    const actions = actionsOf(open, LIMIT)

    expect(actionAt(actions, 'Space')?.name).toBe('next')
    expect(actionAt(actions, 'Enter')?.name).toBe('next')
  })
})
