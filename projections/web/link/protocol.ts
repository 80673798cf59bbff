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
  | { do: 'snapshot'; topic: string; at: Mark; version: number; state: unknown }
  | { do: 'changes'; topic: string; at: Mark; version: number; changes: Change[] }
  | { do: 'refused'; topic: string; code: string; message: string }
  | { do: 'clock'; now: number; speed: number }
  | { do: 'stale'; topic: string; since: number }
  | { do: 'fresh'; topic: string }
  | { do: 'drop' }
  | { do: 'reconnect'; after: number }
  | { do: 'stop'; code: number }

/** Where a picture of a topic stands. */
export interface Mark {
  epoch: string
  seq: number
}

/** What is known of one topic that the page follows. */
interface Followed extends Mark {
  secret: string
  asked: boolean
  askedAt: number
  drawn: Mark | null
  freshAt: number
  stale: boolean
  refused: boolean
}

/** Codes after which the server does not want this client back. */
const STAY_AWAY = new Set([1008, 4001])
const BACKOFF_FIRST = 1_000
const BACKOFF_LAST = 30_000
const DEFAULT_HEARTBEAT = 5_000

/** A picture is stale when it was not confirmed for a heartbeat and this much. */
const STALE_AFTER = 2_500
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
      askedAt: now,
      drawn: null,
      freshAt: now,
      stale: false,
      refused: false,
    }
    this.topics.set(topic, followed)
    return this.open ? [this.subscribe(topic, followed, now)] : []
  }

  unfollow(topic: string): Action[] {
    if (!this.topics.delete(topic) || !this.open) return []
    return [{ do: 'send', frame: [UNSUBSCRIBE, topic, '', 0, 0, null] }]
  }

  /** Ask for a whole snapshot, because the page could not use what it got. */
  forget(topic: string, now: number): Action[] {
    const followed = this.topics.get(topic)
    if (!followed) return []
    followed.epoch = ''
    followed.seq = 0
    return this.open ? [this.subscribe(topic, followed, now)] : []
  }

  /** Note what stands on the screen; each heartbeat reports it to the server. */
  drawn(topic: string, mark: Mark): void {
    const followed = this.topics.get(topic)
    if (followed) followed.drawn = mark
  }

  // What happens to the connection.

  opened(now: number): Action[] {
    this.open = true
    this.heardAt = now
    const hello = this.token ? { token: this.token } : {}
    const actions: Action[] = [{ do: 'send', frame: [HELLO, '', '', 0, 0, hello] }]
    this.topics.forEach((followed, topic) => {
      if (!followed.refused) actions.push(this.subscribe(topic, followed, now))
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
      if (followed.epoch === '') return
      if (now - followed.freshAt <= this.heartbeat + STALE_AFTER) return
      actions.push(...doubt(topic, followed))
    })
    if (this.open && now - this.heardAt > this.heartbeat * DEAD_HEARTBEATS) {
      this.open = false
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
    switch (kind) {
      case SNAPSHOT:
        return this.snapshot(topic, followed, epoch, seq, body, now)
      case DELTA:
        return this.delta(topic, followed, frame, now)
      case HEARTBEAT:
        return this.beat(topic, followed, frame, now)
      default:
        throw new BadFrame(`a server sends no frame of kind ${kind}`)
    }
  }

  // One kind of frame each.

  private welcome(body: unknown): Action[] {
    const [now, speed, heartbeatSeconds] = body as [number, number, number]
    this.heartbeat = heartbeatSeconds * 1_000
    this.failures = 0
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
    const [version, state] = readSnapshot(body)
    followed.epoch = epoch
    followed.seq = seq
    const drawn: Action = { do: 'snapshot', topic, at: { epoch, seq }, version, state }
    return [drawn, ...this.refresh(topic, followed, now)]
  }

  private delta(
    topic: string,
    followed: Followed,
    frame: Frame,
    now: number,
  ): Action[] {
    const [, , epoch, seq] = frame
    if (epoch !== followed.epoch || seq > followed.seq + 1) {
      return this.gap(topic, followed, now)
    }
    if (seq <= followed.seq) return []
    const [version, changes] = readDelta(frame)
    followed.seq = seq
    const drawn: Action = { do: 'changes', topic, at: { epoch, seq }, version, changes }
    return [drawn, ...this.refresh(topic, followed, now)]
  }

  /**
   * A heartbeat shows a loss without traffic, and is answered with what was drawn. One
   * without a version says that nobody can tell whether the picture is the newest.
   */
  private beat(topic: string, followed: Followed, frame: Frame, now: number): Action[] {
    const [, , epoch, seq, , version] = frame
    if (epoch !== followed.epoch || seq !== followed.seq) {
      return this.gap(topic, followed, now)
    }
    const actions =
      version === null ? doubt(topic, followed) : this.refresh(topic, followed, now)
    const { drawn } = followed
    if (drawn) {
      const frame: Frame = [DRAWN, topic, drawn.epoch, drawn.seq, 0, null]
      actions.push({ do: 'send', frame })
    }
    return actions
  }

  /** Ask for what is missing: once, and again when a heartbeat's time brought nothing. */
  private gap(topic: string, followed: Followed, now: number): Action[] {
    if (followed.asked && now - followed.askedAt < this.heartbeat) return []
    return [this.subscribe(topic, followed, now)]
  }

  private refresh(topic: string, followed: Followed, now: number): Action[] {
    followed.asked = false
    followed.freshAt = now
    if (!followed.stale) return []
    followed.stale = false
    return [{ do: 'fresh', topic }]
  }

  private subscribe(topic: string, followed: Followed, now: number): Action {
    followed.asked = true
    followed.askedAt = now
    const body = followed.secret ? { secret: followed.secret } : {}
    const { epoch, seq } = followed
    return { do: 'send', frame: [SUBSCRIBE, topic, epoch, seq, 0, body] }
  }
}

/** Say that a picture may be an old one, unless that was said before. */
function doubt(topic: string, followed: Followed): Action[] {
  if (followed.stale) return []
  followed.stale = true
  return [{ do: 'stale', topic, since: followed.freshAt }]
}
