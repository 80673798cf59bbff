import { describe, expect, it } from 'vitest'

import {
  THANKS_MS,
  bodyOf,
  declined,
  elapsed,
  given,
  graded,
  indicated,
  lacksGround,
  seen,
  sending,
  sleeping,
  touched,
  type Asking,
  type Pad,
} from './asking'

const PATIENCE = 60_000
const NOW = 1_000_000
const served = { service: 't1.1', number: 'A012', finishedAt: 5 }
const next = { service: 't2.1', number: 'A013', finishedAt: 6 }

const see = (pad: Pad, what: typeof served | null, age = 0) =>
  seen(pad, what, age, PATIENCE, NOW)
const awake = () => see(sleeping(), served) as Asking

describe('an evaluation pad', () => {
  it('wakes when a service has ended, with nothing chosen', () => {
    expect(awake()).toMatchObject({
      is: 'asking',
      service: 't1.1',
      number: 'A012',
      grade: null,
      indicators: [],
      text: '',
    })
  })

  it('sleeps on when nobody has been served', () => {
    expect(see(sleeping(), null).is).toBe('asleep')
  })

  it('does not ask about a service that ended long ago', () => {
    expect(see(sleeping(), served, PATIENCE + 1).is).toBe('asleep')
  })

  it('goes to sleep without a grade after a minute, and asks no more', () => {
    const pad = elapsed(awake(), NOW + PATIENCE)

    expect(pad).toEqual({ is: 'asleep', done: 't1.1' })
    expect(see(pad, served).is).toBe('asleep')
  })

  it('asks again when the completion was undone and the service ends after all', () => {
    const undone = seen(awake(), null, 0, PATIENCE, NOW, 'A012')

    expect(undone.is).toBe('asleep')
    expect(see(undone, served).is).toBe('asking')
  })

  it('gives the whole minute again to whoever touches it', () => {
    const pad = touched(awake(), PATIENCE, NOW + 59_000)

    expect(elapsed(pad, NOW + PATIENCE).is).toBe('asking')
    expect(elapsed(pad, NOW + 59_000 + PATIENCE).is).toBe('asleep')
  })

  it('sleeps when the citizen would rather not say', () => {
    expect(declined(awake())).toEqual({ is: 'asleep', done: 't1.1' })
  })

  it('keeps what is being chosen while the window says the same again', () => {
    const pad = graded(awake(), 'satisfied')

    expect(see(pad, { ...served })).toBe(pad)
  })

  it('asks the next citizen afresh', () => {
    const pad = graded(awake(), 'dissatisfied')

    expect(see(pad, next)).toMatchObject({ service: 't2.1', grade: null })
  })

  it('sleeps when the citizen has evaluated on the phone', () => {
    expect(see(awake(), null)).toEqual({ is: 'asleep', done: 't1.1' })
  })

  it('waits for its own answer when the link is quicker', () => {
    const pad = sending(graded(awake(), 'satisfied'), true)

    expect(see(pad, null)).toBe(pad)
    expect(elapsed(pad, NOW + PATIENCE)).toBe(pad)
    expect(see(sending(pad, false), null).is).toBe('asleep')
  })

  it('thanks, and then sleeps', () => {
    const thanks = given(awake(), NOW)

    expect(elapsed(thanks, NOW + THANKS_MS - 1).is).toBe('thanks')
    expect(elapsed(thanks, NOW + THANKS_MS)).toEqual({ is: 'asleep', done: 't1.1' })
  })

  it('may be asked about the next service while it still thanks', () => {
    expect(see(given(awake(), NOW), next)).toMatchObject({ service: 't2.1' })
  })
})

describe('a grade', () => {
  it('lets go the indicators of another grade', () => {
    const low = indicated(graded(awake(), 'dissatisfied'), '214')

    expect(graded(low, 'satisfied').indicators).toEqual([])
    expect(graded(low, 'dissatisfied').indicators).toEqual(['214'])
  })

  it('can have indicators chosen and taken back', () => {
    const once = indicated(graded(awake(), 'satisfied'), '413')

    expect(once.indicators).toEqual(['413'])
    expect(indicated(once, '413').indicators).toEqual([])
  })

  it('that is low needs an indicator or a few words', () => {
    const low = graded(awake(), 'very-dissatisfied')

    expect(lacksGround(low)).toBe(true)
    expect(lacksGround({ ...low, text: '  ' })).toBe(true)
    expect(lacksGround({ ...low, text: '等太久' })).toBe(false)
    expect(lacksGround(indicated(low, '115'))).toBe(false)
    expect(lacksGround(graded(awake(), 'basically-satisfied'))).toBe(false)
  })

  it('is sent by its name, with what was said', () => {
    const low = { ...indicated(graded(awake(), 'dissatisfied'), '214'), text: ' 慢 ' }

    expect(bodyOf(low)).toEqual({
      grade: 'dissatisfied',
      indicators: ['214'],
      text: '慢',
      channel: 'pad',
    })
  })
})
