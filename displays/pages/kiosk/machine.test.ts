import { describe, expect, it } from 'vitest'

import { watchMachine } from './machine'

/** A house that answers as a test says, and a tick that a test gives. */
function houseWith(token = 'd.secret') {
  const asked: string[] = []
  const answers: (() => Promise<Response>)[] = []
  let tick = () => {}
  const machine = watchMachine('city', {
    token,
    fetch: async (path) => {
      asked.push(String(path))
      const answer = answers.shift()
      if (!answer) throw new TypeError('cut')
      return answer()
    },
    every: (again) => {
      tick = again
      return () => {}
    },
  })
  return { machine, asked, answers, tick: () => tick() }
}

const told = (printer: string) => async () =>
  new Response(JSON.stringify({ printer }), { status: 200 })
const refused = (status: number) => async () =>
  new Response(JSON.stringify({ error: { code: 'no' } }), { status })

describe('the watch over a machine', () => {
  it('knows that the paper is out, and that it is in again', async () => {
    const { machine, answers, asked } = houseWith()
    answers.push(told('paper-out'))
    await machine.look()
    expect(machine.printer.value).toBe('paper-out')

    answers.push(told('ready'))
    await machine.look()

    expect(machine.printer.value).toBe('ready')
    expect(asked[0]).toBe('/api/halls/city/machine')
  })

  it('knows at once that the house cannot be reached, and that it is back', async () => {
    const { machine, answers } = houseWith()
    await machine.look()
    expect(machine.reachable.value).toBe(false)

    answers.push(refused(503))
    await machine.look()
    expect(machine.reachable.value).toBe(false)

    answers.push(told('ready'))
    await machine.look()
    expect(machine.reachable.value).toBe(true)
  })

  it('knows that it was taken out of service', async () => {
    const { machine, answers } = houseWith()
    answers.push(refused(401))

    await machine.look()

    expect(machine.enrolled.value).toBe(false)
    expect(machine.reachable.value).toBe(true)
  })

  it('asks nothing without a token', () => {
    const { machine, asked } = houseWith('')

    expect(machine.enrolled.value).toBe(false)
    expect(asked).toEqual([])
  })

  it('believes the newest question, whatever answers late', async () => {
    const { machine, answers } = houseWith()
    let late = () => {}
    answers.push(
      () =>
        new Promise((answer) => {
          late = () => answer(new Response('{"printer":"paper-out"}'))
        }),
      told('ready'),
    )
    const first = machine.look()
    await machine.look()

    late()
    await first

    expect(machine.printer.value).toBe('ready')
  })
})
