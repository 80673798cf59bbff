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

/**
 * Read a delta: the hall version and the topic's changes.
 *
 * A call on a board stands in a frame as how many versions it lies before the frame's
 * own, and how many milliseconds before the frame was sent.
 */
export function readDelta(frame: Frame): [version: number, changes: Change[]] {
  const [, topic, , , sentAt, body] = frame
  if (!Array.isArray(body) || body.length !== 2 || !Array.isArray(body[1])) {
    throw new BadFrame('a delta carries a version and a list of changes')
  }
  const [version, changes] = body as [number, Change[]]
  if (topic.slice(0, 6) !== 'board/') return [version, changes]
  return [version, changes.map((change) => absolute(change, version, sentAt))]
}

function absolute(change: Change, version: number, sentAt: number): Change {
  if (change[0] !== 0) return change
  const [kind, before, number, window, age, ...rest] = change
  const call = version - (before as number)
  return [kind, call, number, window, sentAt - (age as number), ...rest]
}
