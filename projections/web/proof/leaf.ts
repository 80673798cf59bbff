/** A leaf is exactly what is stored of an event: see `docs/proof.md`. */

import { decode } from '@msgpack/msgpack'

export interface Leaf {
  stream: string
  version: number
  topic: string
  /** The fields of the event, in their order. */
  fields: unknown[]
}

export interface Issued {
  at: number
  ticket: string
  number: string
}

/** Read a leaf; throws if the bytes are none. */
export function readLeaf(bytes: Uint8Array): Leaf {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = new TextDecoder('utf-8', { fatal: true })
  let at = 0
  const next = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new Error('the leaf is cut off')
    at += length
    return bytes.subarray(at - length, at)
  }
  const name = (): string => {
    const length = view.getUint32(at)
    at += 4
    return text.decode(next(length))
  }
  const stream = name()
  const version = view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4)
  at += 8
  const topic = name()
  const fields = decode(bytes.subarray(at))
  if (!Array.isArray(fields)) throw new Error('the leaf holds no event')
  return { stream, version, topic, fields }
}

/** What a leaf says of the ticket it issued; null if it is about something else. */
export function issuedIn(leaf: Leaf): Issued | null {
  const [at, , , ticket, number] = leaf.fields
  const fits =
    leaf.topic === 'ticket-issued.1' &&
    typeof at === 'number' &&
    typeof ticket === 'string' &&
    typeof number === 'string'
  return fits ? { at, ticket, number } : null
}
