/**
 * The client's side of the live link, pure: frames and instants in, actions out.
 *
 * First load, reconnect and a lost frame take one path: subscribe with the
 * (epoch, seq) at hand, and the server sends the missed changes or one snapshot.
 * Instants are milliseconds of any clock that never runs backwards.
 */

import {
  BadFrame,
  DELTA,
  DRAWN,
  HEARTBEAT,
  HELLO,
  REFUSED,
  SNAPSHOT,
  SUBSCRIBE,
  UNSUBSCRIBE,
  WELCOME,
  readDelta,
  readSnapshot,
  type Change,
  type Frame,
} from './frames'

export type Action =
  | { do: 'send'; frame: Frame }
  | { do: 'snapshot'; topic: string; epoch: string; version: number; state: unknown }
  | {
      do: 'changes'
      topic: string
      epoch: string
      version: number
      changes: Change[]
    }
  | { do: 'refused'; topic: string; code: string; message: string }
  | { do: 'clock'; now: number; speed: number }
  | { do: 'stale'; topic: string; since: number }
  | { do: 'fresh'; topic: string }
  | { do: 'drop' }
  | { do: 'reconnect'; after: number }
  | { do: 'stop'; code: number }

/** What is known of one topic that the page follows. */
interface Followed {
  secret: string
  epoch: string
  seq: number
  asked: boolean
  freshAt: number
  stale: boolean
  refused: boolean
}

/** Codes after which the server does not want this client back. */
const STAY_AWAY = new Set([1008, 4001])
const BACKOFF_FIRST = 1_000
const BACKOFF_LAST = 30_000
const DEFAULT_HEARTBEAT = 5_000

/** A picture older than this many heartbeats is stale. */
const STALE_HEARTBEATS = 1.5
/** A connection silent for this many heartbeats is given up. */
const DEAD_HEARTBEATS = 3

export class LinkProtocol {
  private readonly topics = new Map<string, Followed>()
  private heartbeat = DEFAULT_HEARTBEAT
  private open = false
  private heardAt = 0
  private failures = 0

  /** `random` gives numbers in [0, 1); `token` belongs to the device or session. */
  constructor(
    private readonly random: () => number = Math.random,
    private token = '',
  ) {}

  // What the page asks for.

  follow(topic: string, now: number, secret = ''): Action[] {
    const followed: Followed = {
      secret,
      epoch: '',
      seq: 0,
      asked: false,
      freshAt: now,
      stale: false,
      refused: false,
    }
    this.topics.set(topic, followed)
    return this.open ? [this.subscribe(topic, followed)] : []
  }

  unfollow(topic: string): Action[] {
    if (!this.topics.delete(topic) || !this.open) return []
    return [{ do: 'send', frame: [UNSUBSCRIBE, topic, '', 0, 0, null] }]
  }

  /** Ask for a whole snapshot, because the page could not use what it got. */
  forget(topic: string): Action[] {
    const followed = this.topics.get(topic)
    if (!followed) return []
    followed.epoch = ''
    followed.seq = 0
    return this.open ? [this.subscribe(topic, followed)] : []
  }

  /** Report what stands on the screen, so that the manager sees a stale board. */
  drawn(topic: string): Action[] {
    const followed = this.topics.get(topic)
    if (!followed || !this.open || followed.epoch === '') return []
    const { epoch, seq } = followed
    return [{ do: 'send', frame: [DRAWN, topic, epoch, seq, 0, null] }]
  }

  // What happens to the connection.

  opened(now: number): Action[] {
    this.open = true
    this.heardAt = now
    const hello = this.token ? { token: this.token } : {}
    const actions: Action[] = [{ do: 'send', frame: [HELLO, '', '', 0, 0, hello] }]
    this.topics.forEach((followed, topic) => {
      followed.refused = false
      actions.push(this.subscribe(topic, followed))
    })
    return actions
  }

  closed(code: number): Action[] {
    this.open = false
    this.topics.forEach((followed) => (followed.asked = false))
    if (STAY_AWAY.has(code)) return [{ do: 'stop', code }]
    const ceiling = Math.min(BACKOFF_LAST, BACKOFF_FIRST * 2 ** this.failures)
    this.failures += 1
    return [{ do: 'reconnect', after: Math.floor(this.random() * ceiling) }]
  }

  /** Let time pass: call it about once a second. */
  tick(now: number): Action[] {
    const actions: Action[] = []
    this.topics.forEach((followed, topic) => {
      const age = now - followed.freshAt
      if (followed.stale || followed.refused) return
      if (age <= this.heartbeat * STALE_HEARTBEATS) return
      followed.stale = true
      actions.push({ do: 'stale', topic, since: followed.freshAt })
    })
    if (this.open && now - this.heardAt > this.heartbeat * DEAD_HEARTBEATS) {
      actions.push({ do: 'drop' })
    }
    return actions
  }

  /** Take in one frame of the server. Raises BadFrame for what is none. */
  receive(frame: Frame, now: number): Action[] {
    this.heardAt = now
    const [kind, topic, epoch, seq, , body] = frame
    if (kind === WELCOME) return this.welcome(body)
    const followed = this.topics.get(topic)
    if (!followed) return []
    if (kind === REFUSED) return this.refuse(topic, followed, body)
    this.failures = 0
    switch (kind) {
      case SNAPSHOT:
        return this.snapshot(topic, followed, epoch, seq, body, now)
      case DELTA:
        return this.delta(topic, followed, epoch, seq, body, now)
      case HEARTBEAT:
        return this.beat(topic, followed, epoch, seq, now)
      default:
        throw new BadFrame(`a server sends no frame of kind ${kind}`)
    }
  }

  // One kind of frame each.

  private welcome(body: unknown): Action[] {
    const [now, speed, heartbeatSeconds] = body as [number, number, number]
    this.heartbeat = heartbeatSeconds * 1_000
    return [{ do: 'clock', now, speed }]
  }

  private refuse(topic: string, followed: Followed, body: unknown): Action[] {
    const [code, message] = body as [string, string]
    followed.refused = true
    followed.asked = false
    return [{ do: 'refused', topic, code, message }]
  }

  private snapshot(
    topic: string,
    followed: Followed,
    epoch: string,
    seq: number,
    body: unknown,
    now: number,
  ): Action[] {
    if (epoch === followed.epoch && seq < followed.seq) return []
    const [version, state] = readSnapshot(body)
    followed.epoch = epoch
    followed.seq = seq
    const drawn: Action = { do: 'snapshot', topic, epoch, version, state }
    return [drawn, ...this.refresh(topic, followed, now)]
  }

  private delta(
    topic: string,
    followed: Followed,
    epoch: string,
    seq: number,
    body: unknown,
    now: number,
  ): Action[] {
    if (epoch !== followed.epoch || seq > followed.seq + 1) {
      return followed.asked ? [] : [this.subscribe(topic, followed)]
    }
    if (seq <= followed.seq) return []
    const [version, changes] = readDelta(body)
    followed.seq = seq
    const drawn: Action = { do: 'changes', topic, epoch, version, changes }
    return [drawn, ...this.refresh(topic, followed, now)]
  }

  /** A heartbeat shows a loss without traffic; it also repeats an unheard request. */
  private beat(
    topic: string,
    followed: Followed,
    epoch: string,
    seq: number,
    now: number,
  ): Action[] {
    if (epoch === followed.epoch && seq <= followed.seq) {
      return this.refresh(topic, followed, now)
    }
    return [this.subscribe(topic, followed)]
  }

  private refresh(topic: string, followed: Followed, now: number): Action[] {
    followed.asked = false
    followed.freshAt = now
    if (!followed.stale) return []
    followed.stale = false
    return [{ do: 'fresh', topic }]
  }

  private subscribe(topic: string, followed: Followed): Action {
    followed.asked = true
    const body = followed.secret ? { secret: followed.secret } : {}
    const { epoch, seq } = followed
    return { do: 'send', frame: [SUBSCRIBE, topic, epoch, seq, 0, body] }
  }
}
