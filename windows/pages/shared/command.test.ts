import { describe, expect, it } from 'vitest'

import { Refusal, Unreachable } from '@web/api'

import { openCommand } from './command'

/** A house that answers each press with what is next, and keeps the keys it saw. */
function house(...answers: (Error | object)[]) {
  const keys: string[] = []
  const post = <T>(_path: string, _body?: object, key = ''): Promise<T> => {
    keys.push(key)
    const answer = answers.shift()!
    if (answer instanceof Error) return Promise.reject(answer)
    return Promise.resolve(answer as T)
  }
  return { keys, command: openCommand({ post }) }
}

const refusal = new Refusal(409, 'day-closed', 'the day is closed', {})

describe('what a manager presses', () => {
  it('is done under a key of its own each time', async () => {
    const { keys, command } = house({}, {})

    expect(await command.send('/a')).toBe(true)
    expect(await command.send('/a')).toBe(true)

    expect(command.trouble.value).toBe('')
    expect(new Set(keys).size).toBe(2)
  })

  it('says why it was refused, and may be pressed anew', async () => {
    const { keys, command } = house(refusal, {})

    expect(await command.send('/a')).toBe(false)
    expect(command.trouble.value).not.toBe('')
    expect(await command.send('/a')).toBe(true)

    expect(command.trouble.value).toBe('')
    expect(keys[0]).not.toBe(keys[1])
  })

  it('is the same press as before when the answer was lost', async () => {
    const { keys, command } = house(new Unreachable('lost'), {})

    await command.send('/a')
    await command.send('/a')

    expect(keys[0]).toBe(keys[1])
  })

  it('is another press when it says something else', async () => {
    const { keys, command } = house(new Unreachable('lost'), {})

    await command.send('/a', { zh: '请稍候' })
    await command.send('/a', { zh: '请到二楼' })

    expect(keys[0]).not.toBe(keys[1])
  })

  it('is not sent twice at once', async () => {
    const { keys, command } = house({}, {})

    const both = await Promise.all([command.send('/a'), command.send('/a')])

    expect(both).toEqual([true, false])
    expect(keys).toHaveLength(1)
  })
})
