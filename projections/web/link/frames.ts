/**
 * The six-element frames of the live link, and nothing else.
 *
 * `[kind, topic, epoch, seq, sentAt, body]`: `epoch` names the hall-day and the
 * server's start, `seq` is gap-free per topic within an epoch.
 */

export const SNAPSHOT = 1
export const DELTA = 2
export const HEARTBEAT = 3
export const REFUSED = 4
export const WELCOME = 5
export const HELLO = 16
export const SUBSCRIBE = 17
export const UNSUBSCRIBE = 18
export const DRAWN = 19

export type Frame = [
  kind: number,
  topic: string,
  epoch: string,
  seq: number,
  sentAt: number,
  body: unknown,
]

/** One change of a topic: an operation and its operands. */
export type Change = readonly unknown[]

/** The bytes were understood, but they are no frame of this link. */
export class BadFrame extends Error {}

/** Read a decoded MessagePack value as a frame of the server. */
export function readFrame(raw: unknown): Frame {
  if (!Array.isArray(raw) || raw.length !== 6) {
    throw new BadFrame('a frame has six elements')
  }
  const [kind, topic, epoch, seq, sentAt] = raw as unknown[]
  if (typeof kind !== 'number' || kind < SNAPSHOT || kind > WELCOME) {
    throw new BadFrame(`a server sends no frame of kind ${String(kind)}`)
  }
  if (typeof topic !== 'string' || typeof epoch !== 'string') {
    throw new BadFrame('topic and epoch are strings')
  }
  if (typeof seq !== 'number' || typeof sentAt !== 'number') {
    throw new BadFrame('seq and time of sending are numbers')
  }
  return raw as Frame
}

/** Read the body of a snapshot: the hall version and the topic's state. */
export function readSnapshot(body: unknown): [version: number, state: unknown] {
  if (!Array.isArray(body) || body.length !== 2 || typeof body[0] !== 'number') {
    throw new BadFrame('a snapshot carries a version and a state')
  }
  return body as [number, unknown]
}

/** Read the body of a delta: the hall version and the topic's changes. */
export function readDelta(body: unknown): [version: number, changes: Change[]] {
  if (!Array.isArray(body) || body.length !== 2 || !Array.isArray(body[1])) {
    throw new BadFrame('a delta carries a version and a list of changes')
  }
  return body as [number, Change[]]
}
