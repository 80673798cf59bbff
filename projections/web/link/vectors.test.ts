/** The link behaves as the vectors say that the Python side is driven by as well. */

import { describe, expect, it } from 'vitest'

import protocolVectors from '../../../tests/link_vectors/protocol.json'
import reduceVectors from '../../../tests/link_vectors/reduce.json'
import * as board from '../topics/board'
import * as console from '../topics/console'
import * as manager from '../topics/manager'
import type { Reducer } from '../topics/reducer'
import * as ticket from '../topics/ticket'
import * as window from '../topics/window'
import { readFrame, type Change } from './frames'
import { LinkProtocol, type Action } from './protocol'

const REDUCERS = { board, window, ticket, console, manager } as unknown as Record<
  string,
  Reducer<unknown>
>

function reducerOf(topic: string): Reducer<unknown> {
  return REDUCERS[topic.split('/')[0]!]!
}

/** What a step must bring about, and what did come of it. */
interface Outcome {
  send?: unknown[]
  updates?: unknown[]
  refused?: unknown[]
  stale?: unknown[]
  reconnect_in?: number
  ended?: number
  drop?: boolean
  states?: Record<string, unknown>
}

interface Step {
  do: string
  now?: number
  topic?: string
  secret?: string
  seq?: number
  code?: number
  frame?: unknown
  expect?: Outcome
}

class Client {
  private readonly protocol: LinkProtocol
  private readonly states: Record<string, unknown> = {}
  private readonly epochs: Record<string, string> = {}
  private now = 0

  constructor(random: number, hello: { token?: string }) {
    this.protocol = new LinkProtocol(() => random, hello.token)
  }

  take(step: Step): Outcome {
    this.now = step.now ?? this.now
    const outcome: Outcome = {}
    for (const action of this.actionsOf(step)) this.note(outcome, action)
    return outcome
  }

  state(topic: string): unknown {
    return this.states[topic]
  }

  private actionsOf(step: Step): Action[] {
    const { protocol, now } = this
    switch (step.do) {
      case 'follow':
        return protocol.follow(step.topic!, now, step.secret)
      case 'unfollow':
        return protocol.unfollow(step.topic!)
      case 'open':
        return protocol.opened(now)
      case 'receive':
        return protocol.receive(readFrame(step.frame), now)
      case 'drawn':
        protocol.drawn(step.topic!, {
          epoch: this.epochs[step.topic!]!,
          seq: step.seq!,
        })
        return []
      case 'tick':
        return protocol.tick(now)
      case 'lost':
        return protocol.closed(step.code!)
      default:
        throw new Error(`no step ${step.do}`)
    }
  }

  private note(outcome: Outcome, action: Action): void {
    const add = (key: 'send' | 'updates' | 'refused' | 'stale', value: unknown) =>
      (outcome[key] = [...(outcome[key] ?? []), value])
    switch (action.do) {
      case 'send':
        return void add('send', action.frame)
      case 'snapshot':
        this.states[action.topic] = reducerOf(action.topic).read(action.state)
        this.epochs[action.topic] = action.at.epoch
        return void add('updates', [action.topic, 'snapshot', action.version, null])
      case 'changes': {
        const { topic, version, changes } = action
        this.states[topic] = changes.reduce(
          (state: unknown, change) => reducerOf(topic).apply(state, change),
          this.states[topic],
        )
        return void add('updates', [topic, 'delta', version, changes])
      }
      case 'refused':
        return void add('refused', [action.topic, action.code, action.message])
      case 'stale':
        return void add('stale', [action.topic, true])
      case 'fresh':
        return void add('stale', [action.topic, false])
      case 'reconnect':
        outcome.reconnect_in = action.after
        return
      case 'stop':
        outcome.ended = action.code
        return
      case 'drop':
        outcome.drop = true
        return
      case 'clock':
    }
  }
}

describe('the protocol of the link', () => {
  it.each(protocolVectors.map((vector) => [vector.name, vector] as const))(
    '%s',
    (_name, vector) => {
      const client = new Client(vector.random, vector.hello as { token?: string })

      for (const step of vector.steps as Step[]) {
        const { states = {}, ...expected } = step.expect ?? {}
        expect(client.take(step), JSON.stringify(step)).toEqual(expected)
        Object.keys(states).forEach((topic) =>
          expect(client.state(topic)).toEqual(states[topic]),
        )
      }
    },
  )
})

describe('the reducers of the topics', () => {
  it.each(reduceVectors.map((vector) => [vector.name, vector] as const))(
    '%s',
    (_name, { topic, before, changes, after }) => {
      const { read, apply } = reducerOf(topic)
      const untouched = JSON.parse(JSON.stringify(before)) as unknown
      const once = (changes as Change[]).reduce(apply, read(before))
      const twice = (changes as Change[]).reduce(
        (state, change) => apply(apply(state, change), change),
        read(before),
      )

      expect(once).toEqual(after)
      expect(twice).toEqual(after)
      expect(before).toEqual(untouched)
    },
  )

  it('an unknown change is not skipped in silence', () => {
    for (const name of Object.keys(REDUCERS)) {
      expect(() => REDUCERS[name]!.apply([], [99])).toThrow(/no change/)
    }
  })
})
