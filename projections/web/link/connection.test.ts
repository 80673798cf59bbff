/** The link on a socket that the test holds in its hands. */

import { decode, encode } from '@msgpack/msgpack'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Link, type LinkStatus, type LinkWorld } from './connection'

class FakeSocket {
  binaryType = ''
  readyState = 0
  sent: unknown[] = []
  closed = false
  onopen: (() => void) | null = null
  onmessage: ((message: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  send(bytes: Uint8Array): void {
    this.sent.push(decode(bytes))
  }

  close(): void {
    this.closed = true
  }

  open(): void {
    this.readyState = 1
    this.onopen?.()
  }

  receive(frame: unknown): void {
    this.onmessage?.({ data: encode(frame) })
  }

  lose(code: number): void {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

/** A world whose time the test passes by hand. */
function makeWorld() {
  const sockets: FakeSocket[] = []
  let wake = () => {}
  const world: LinkWorld = {
    socket() {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
    now: () => Date.now(),
    random: () => 0.5,
    onWake(listener) {
      wake = listener
      return () => (wake = () => {})
    },
  }
  return { world, sockets, wake: () => wake() }
}

const WELCOME = [5, '', '', 0, 1000, [1000, 60, 5]]
const SNAPSHOT = [1, 'board/city', 'e.1', 7, 1000, [31, ['state']]]

describe('the link', () => {
  let stop = () => {}
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    stop()
    vi.useRealTimers()
  })

  function start(token = '') {
    const outside = makeWorld()
    const told: unknown[] = []
    const statuses: LinkStatus[] = []
    const link = new Link(
      'ws://hall/',
      {
        status: (status) => statuses.push(status),
        clock: (now, speed) => told.push(['clock', now, speed]),
      },
      token,
      outside.world,
    )
    link.follow('board/city', {
      snapshot: (state, version, at) => told.push(['snapshot', state, version, at.seq]),
      changes: (changes, version) => told.push(['changes', changes, version]),
      stale: () => told.push(['stale']),
      fresh: () => told.push(['fresh']),
    })
    stop = () => link.close()
    return { ...outside, link, told, statuses }
  }

  it('says hello with its token, follows its topics and hands on what comes', () => {
    const { sockets, told } = start('device-token')

    sockets[0]!.open()
    sockets[0]!.receive(WELCOME)
    sockets[0]!.receive(SNAPSHOT)

    expect(sockets[0]!.sent).toEqual([
      [16, '', '', 0, 0, { token: 'device-token' }],
      [17, 'board/city', '', 0, 0, {}],
    ])
    expect(told).toEqual([
      ['clock', 1000, 60],
      ['snapshot', ['state'], 31, 7],
    ])
  })

  it('comes back after a cut and asks for what came since', () => {
    const { sockets, statuses } = start()
    sockets[0]!.open()
    sockets[0]!.receive(WELCOME)
    sockets[0]!.receive(SNAPSHOT)

    sockets[0]!.lose(1006)
    vi.advanceTimersByTime(500)
    sockets[1]!.open()

    expect(sockets[1]!.sent[1]).toEqual([17, 'board/city', 'e.1', 7, 0, {}])
    expect(statuses).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open'])
  })

  it('comes back at once when the network does', () => {
    const { sockets, wake } = start()
    sockets[0]!.lose(1006)

    wake()

    expect(sockets).toHaveLength(2)
  })

  it('stays away when the server says so', () => {
    const { sockets, statuses, wake } = start()
    sockets[0]!.open()

    sockets[0]!.lose(4001)
    wake()
    vi.advanceTimersByTime(60_000)

    expect(sockets).toHaveLength(1)
    expect(statuses[statuses.length - 1]).toBe('stopped')
  })

  it('says that its picture is stale, and gives a silent connection up', () => {
    const { sockets, told } = start()
    sockets[0]!.open()
    sockets[0]!.receive(WELCOME)
    sockets[0]!.receive(SNAPSHOT)
    told.length = 0

    vi.advanceTimersByTime(9_000)
    expect(told).toEqual([['stale']])

    vi.advanceTimersByTime(8_000)
    expect(sockets[0]!.closed).toBe(true)
    expect(sockets).toHaveLength(2)
  })

  it('reports with the heartbeat what was drawn', () => {
    const { sockets, link } = start()
    sockets[0]!.open()
    sockets[0]!.receive(WELCOME)
    sockets[0]!.receive(SNAPSHOT)

    link.drawn('board/city', { epoch: 'e.1', seq: 7 })
    sockets[0]!.receive([3, 'board/city', 'e.1', 7, 6000, 31])

    expect(sockets[0]!.sent[2]).toEqual([19, 'board/city', 'e.1', 7, 0, null])
  })
})
