/** The live link on a WebSocket: it only carries out what the protocol says. */

import { decode, encode } from '@msgpack/msgpack'

import { BadFrame, readFrame, type Change } from './frames'
import { LinkProtocol, type Action, type Mark } from './protocol'

/** What a page is told about the topic that it follows. */
export interface Follower {
  snapshot(state: unknown, version: number, at: Mark): void
  changes(changes: Change[], version: number, at: Mark): void
  stale?(since: number): void
  fresh?(): void
  refused?(code: string, message: string): void
}

export type LinkStatus = 'connecting' | 'open' | 'waiting' | 'stopped'

/** What is told about the link itself. */
export interface LinkWatcher {
  status?(status: LinkStatus): void
  clock?(now: number, speed: number): void
}

/** The world outside, so that tests can be without one. */
export interface LinkWorld {
  socket(url: string): WebSocket
  now(): number
  random(): number
  /** Tell when the page is looked at or touched again, or the network is back. */
  onWake(listener: () => void): () => void
}

const BROWSER: LinkWorld = {
  socket: (url) => new WebSocket(url),
  now: () => performance.now(),
  random: Math.random,
  onWake(listener) {
    const wake = () => {
      if (document.visibilityState !== 'hidden') listener()
    }
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
    document.addEventListener('pointerdown', wake)
    return () => {
      window.removeEventListener('online', wake)
      document.removeEventListener('pointerdown', wake)
      document.removeEventListener('visibilitychange', wake)
    }
  },
}

const TICK = 1_000
const LOST = 1006

export class Link {
  private readonly protocol: LinkProtocol
  private readonly followers = new Map<string, Follower>()
  private socket: WebSocket | null = null
  private retry: ReturnType<typeof setTimeout> | undefined
  private readonly ticking: ReturnType<typeof setInterval>
  private readonly sleep: () => void
  private status: LinkStatus = 'connecting'

  constructor(
    private readonly url: string,
    private readonly watcher: LinkWatcher = {},
    token = '',
    private readonly world: LinkWorld = BROWSER,
  ) {
    this.protocol = new LinkProtocol(world.random, token)
    this.ticking = setInterval(
      () => this.run(this.protocol.tick(this.world.now())),
      TICK,
    )
    this.sleep = world.onWake(() => this.woken())
    this.connect()
  }

  /** Follow a topic until the returned function is called. */
  follow(topic: string, follower: Follower, secret = ''): () => void {
    this.followers.set(topic, follower)
    this.run(this.protocol.follow(topic, this.world.now(), secret))
    return () => {
      this.followers.delete(topic)
      this.run(this.protocol.unfollow(topic))
    }
  }

  /** Note that the picture of this mark stands on the screen. */
  drawn(topic: string, mark: Mark): void {
    this.protocol.drawn(topic, mark)
  }

  /** Ask for the topic's whole state again. */
  forget(topic: string): void {
    this.run(this.protocol.forget(topic, this.world.now()))
  }

  /** Leave for good. */
  close(): void {
    this.tell('stopped')
    clearInterval(this.ticking)
    clearTimeout(this.retry)
    this.sleep()
    this.letGo()
  }

  // The socket.

  private connect(): void {
    this.tell('connecting')
    let socket: WebSocket
    try {
      socket = this.world.socket(this.url)
    } catch {
      // A page served over https may not open ws://: nothing to retry faster.
      this.run(this.protocol.closed(LOST))
      return
    }
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      this.tell('open')
      this.run(this.protocol.opened(this.world.now()))
    }
    socket.onmessage = (message) => this.take(message.data as ArrayBuffer)
    socket.onclose = (event) => {
      this.socket = null
      this.run(this.protocol.closed(event.code))
    }
    this.socket = socket
  }

  private take(data: ArrayBuffer): void {
    try {
      const frame = readFrame(decode(data))
      this.run(this.protocol.receive(frame, this.world.now()))
    } catch (error) {
      if (!(error instanceof BadFrame || error instanceof RangeError)) throw error
      console.error('the live link sent what this page cannot read', error)
      this.lose()
    }
  }

  private lose(): void {
    this.letGo()
    this.run(this.protocol.closed(LOST))
  }

  /** A dead connection may take minutes to close, so it is not waited for. */
  private letGo(): void {
    const socket = this.socket
    this.socket = null
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  private woken(): void {
    if (this.status === 'waiting') {
      clearTimeout(this.retry)
      this.connect()
    } else {
      this.run(this.protocol.tick(this.world.now()))
    }
  }

  // What the protocol wants done.

  private run(actions: Action[]): void {
    for (const action of actions) this.perform(action)
  }

  private perform(action: Action): void {
    switch (action.do) {
      case 'send':
        if (this.socket && this.socket.readyState === 1) {
          this.socket.send(encode(action.frame))
        }
        return
      case 'clock':
        return this.watcher.clock?.(action.now, action.speed)
      case 'drop':
        return this.lose()
      case 'stop':
        return this.tell('stopped')
      case 'reconnect':
        this.tell('waiting')
        this.retry = setTimeout(() => this.connect(), action.after)
        return
      default:
        this.inform(action)
    }
  }

  private inform(action: Extract<Action, { topic: string }>): void {
    const follower = this.followers.get(action.topic)
    if (!follower) return
    switch (action.do) {
      case 'snapshot':
        return follower.snapshot(action.state, action.version, action.at)
      case 'changes':
        return follower.changes(action.changes, action.version, action.at)
      case 'stale':
        return follower.stale?.(action.since)
      case 'fresh':
        return follower.fresh?.()
      case 'refused':
        return follower.refused?.(action.code, action.message)
    }
  }

  private tell(status: LinkStatus): void {
    if (this.status === 'stopped') return
    this.status = status
    this.watcher.status?.(status)
  }
}
