/** Checking proofs of a Merkle tree (RFC 9162, 2.1.3.2 and 2.1.4.2). */

import { areEqual, joined } from './bytes'
import { sha256, type Bytes } from './primitives'

const LEAF = new Uint8Array([0])
const NODE = new Uint8Array([1])

export const leafHash = (leaf: Bytes): Promise<Bytes> => sha256(joined(LEAF, leaf))

const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> =>
  sha256(joined(NODE, left, right))

/** Whether a leaf's hash stands at an index of the tree with this root. */
export async function isIncluded(
  leaf: Bytes,
  index: number,
  size: number,
  path: Bytes[],
  root: Bytes,
): Promise<boolean> {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  let at = index
  let last = size - 1
  let made = leaf
  for (const beside of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      made = await nodeHash(beside, made)
      while (at % 2 === 0 && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else {
      made = await nodeHash(made, beside)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && areEqual(made, root)
}

/** Whether the tree with the first root is the beginning of the second. */
export async function isBeginning(
  first: number,
  firstRoot: Bytes,
  second: number,
  secondRoot: Bytes,
  proof: Bytes[],
): Promise<boolean> {
  if (!isCount(first) || !isCount(second) || first > second) return false
  if (first === second) return proof.length === 0 && areEqual(firstRoot, secondRoot)
  if (first === 0 || proof.length === 0) return false
  let at = first - 1
  let last = second - 1
  while (at % 2 === 1) {
    at = half(at)
    last = half(last)
  }
  // A whole subtree as the beginning is its own first step, and not sent.
  const [start, ...steps] = at === 0 ? [firstRoot, ...proof] : proof
  let older = start!
  let newer = start!
  for (const beside of steps) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      older = await nodeHash(beside, older)
      newer = await nodeHash(beside, newer)
      while (at % 2 === 0 && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else {
      newer = await nodeHash(newer, beside)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && areEqual(older, firstRoot) && areEqual(newer, secondRoot)
}

// Beyond 31 bits `>>` would be wrong.
const half = (number: number): number => Math.floor(number / 2)

const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0
