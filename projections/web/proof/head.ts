/** The signed head of a day, as `docs/proof.md` has it. */

import { fromHex } from './bytes'
import {
  ED25519_PREFIX,
  SM2_PREFIX,
  isSignedByEd25519,
  isSignedBySm2,
  sha256,
  type Bytes,
} from './primitives'

export interface SignedHead {
  text: string
  signature: string
  algorithm: string
  public_key: string
  head: string
}

export interface HeadLines {
  hall: string
  date: string
  size: number
  root: string
  at: number
  key: string
}

export type Signature = 'good' | 'wrong' | 'unknown'

interface Way {
  /** What a public key of this kind begins with. */
  prefix: string
  isSigned: (key: Bytes, message: Bytes, signature: Bytes) => Promise<boolean>
}

const WAYS: Partial<Record<string, Way>> = {
  ed25519: { prefix: ED25519_PREFIX, isSigned: isSignedByEd25519 },
  sm2: { prefix: SM2_PREFIX, isSigned: isSignedBySm2 },
}

/** Read what was signed; null if the text is no such head. */
export function readHead(text: string): HeadLines | null {
  const found =
    /^yihao day head [12]\nhall (.+)\ndate (\d{4}-\d\d-\d\d)\nday (\d+) ([0-9a-f]{64})\nbeside \d+ \d+ [0-9a-f]{64}\n(?:audit \d+ [0-9a-f]{64}\n)?previous (?:-|[0-9a-f]{64})\nat (\d+)\nalgorithm \S+\nkey ([0-9a-f]{64})\n$/.exec(
      text,
    )
  if (!found) return null
  const [, hall, date, size, root, at, key] = found as unknown as string[]
  return {
    hall: hall!,
    date: date!,
    size: Number(size),
    root: root!,
    at: Number(at),
    key: key!,
  }
}

/** Whether the signature fits; `unknown` where the way of signing is not known here. */
export async function signatureOf(head: SignedHead): Promise<Signature> {
  const way = WAYS[head.algorithm]
  if (!way) return 'unknown'
  if (!head.public_key.startsWith(way.prefix)) return 'wrong'
  const key = fromHex(head.public_key.slice(way.prefix.length))
  const message = new TextEncoder().encode(head.text) as Bytes
  const signature = fromHex(head.signature)
  return (await way.isSigned(key, message, signature)) ? 'good' : 'wrong'
}

/** The id of a public key. */
export const keyId = (publicKey: string): Promise<Bytes> => sha256(fromHex(publicKey))
