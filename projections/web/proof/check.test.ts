/** What the phone finds out of a proof, and of one in which anything is wrong. */

import { describe, expect, it } from 'vitest'

import vectors from '../../../tests/proof_vectors/proofs.json'
import { fromHex, toHex } from './bytes'
import { checkBeginning, checkTicket, type TicketProof } from './check'
import { readHead } from './head'
import { isBeginning, isIncluded, leafHash } from './merkle'
import {
  ED25519_PREFIX,
  SM2_PREFIX,
  isSignedByEd25519,
  isSignedBySm2,
  sha256,
  type Bytes,
} from './primitives'

const { number, issued_at, proof } = vectors.ticket as {
  number: string
  issued_at: number
  proof: TicketProof
}
const signed = proof.signed!
const sm2 = vectors.ticket.signed_by_sm2
const other = '00'.repeat(32)

/** WebCrypto of a browser that knows no Ed25519. */
const older = {
  digest: (name: string, data: Bytes) => crypto.subtle.digest(name, data),
  importKey: () => Promise.reject(new DOMException('no such', 'NotSupportedError')),
} as unknown as SubtleCrypto

describe('the tree', () => {
  it('proves what the vectors prove', async () => {
    for (const one of vectors.inclusion) {
      const leaf = await leafHash(fromHex(one.leaf))
      const path = one.path.map(fromHex)
      const root = fromHex(one.root)
      expect(await isIncluded(leaf, one.index, one.size, path, root)).toBe(true)
      const wrong = fromHex(other)
      expect(await isIncluded(wrong, one.index, one.size, path, root)).toBe(false)
      expect(await isIncluded(leaf, one.index, one.size, [...path, wrong], root)).toBe(
        false,
      )
      expect(await isIncluded(leaf, one.size, one.size, path, root)).toBe(false)
    }
  })

  it('knows the beginning of a later one', async () => {
    for (const one of vectors.beginning) {
      const path = one.path.map(fromHex)
      const roots = [fromHex(one.first_root), fromHex(one.second_root)] as const
      const { first, second } = one
      expect(await isBeginning(first, roots[0], second, roots[1], path)).toBe(true)
      const wrong = fromHex(other)
      expect(await isBeginning(first, wrong, second, roots[1], path)).toBe(false)
      expect(await isBeginning(first, roots[0], second, wrong, path)).toBe(false)
      expect(await isBeginning(second + 1, roots[0], second, roots[1], path)).toBe(
        false,
      )
    }
  })
})

describe('a ticket', () => {
  it('is found in the signed record', async () => {
    const found = await checkTicket(proof.ticket, proof)

    expect(found).toMatchObject({
      outcome: 'signed',
      why: '',
      number,
      issuedAt: issued_at,
      size: proof.size,
      key: toHex(await sha256(fromHex(signed.public_key))),
    })
  })

  it('is found in the record of a day that is not over', async () => {
    const found = await checkTicket(proof.ticket, { ...proof, signed: null })

    expect(found).toMatchObject({ outcome: 'recorded', number })
  })

  it('is found where the way of signing is not known here', async () => {
    const newer = { ...signed, algorithm: 'ml-dsa' }

    const found = await checkTicket(proof.ticket, { ...proof, signed: newer })

    expect(found.outcome).toBe('unknown-signature')
  })

  const text = signed.text
  it.each<[string, string, TicketProof]>([
    ['another ticket', 'leaf', { ...proof, ticket: 'x', leaf: proof.leaf }],
    ['no leaf', 'leaf', { ...proof, leaf: 'zz' }],
    ['another day', 'leaf', { ...proof, date: '2026-11-03' }],
    ['another place', 'leaf', { ...proof, index: proof.index + 1 }],
    ['a shorter path', 'path', { ...proof, path: proof.path.slice(1) }],
    ['another root', 'path', { ...proof, root: other }],
    [
      'another head',
      'head',
      { ...proof, signed: { ...signed, text: text.replace(proof.root, other) } },
    ],
    ['no head', 'head', { ...proof, signed: { ...signed, text: 'signed' } }],
    [
      'another key',
      'key',
      { ...proof, signed: { ...signed, public_key: ED25519_PREFIX + other } },
    ],
    [
      'another time',
      'signature',
      { ...proof, signed: { ...signed, text: text.replace(/at \d/, 'at 9') } },
    ],
    [
      'another signature',
      'signature',
      { ...proof, signed: { ...signed, signature: other + other } },
    ],
  ])('with %s proves nothing', async (name, why, changed) => {
    const asked = name === 'another ticket' ? 'x' : proof.ticket

    const found = await checkTicket(asked, changed)

    expect(found).toMatchObject({ outcome: 'wrong', why })
  })
})

describe('a head that was signed with SM2', () => {
  const point = fromHex(sm2.public_key.slice(SM2_PREFIX.length))
  const message = new TextEncoder().encode(sm2.text) as Bytes
  const signature = fromHex(sm2.signature)

  it('proves a ticket as one of Ed25519 does', async () => {
    const found = await checkTicket(proof.ticket, { ...proof, signed: sm2 })

    expect(found).toMatchObject({ outcome: 'signed', why: '', number })
  })

  it.each<[string, Partial<typeof sm2>, string]>([
    ['another time', { text: sm2.text.replace(/at \d/, 'at 9') }, 'signature'],
    ['the other key', { public_key: signed.public_key }, 'key'],
    ['the other way', { algorithm: 'ed25519' }, 'signature'],
    ['no numbers', { signature: '3000' }, 'signature'],
    ['nought as a number', { signature: '3006020100020100' }, 'signature'],
  ])('with %s proves nothing', async (_, changed, why) => {
    const found = await checkTicket(proof.ticket, {
      ...proof,
      signed: { ...sm2, ...changed },
    })

    expect(found).toMatchObject({ outcome: 'wrong', why })
  })

  it('is not taken for signed by another point, or with a bit turned', async () => {
    expect(await isSignedBySm2(point, message, signature)).toBe(true)
    const turned = signature.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) as Bytes
    expect(await isSignedBySm2(point, message, turned)).toBe(false)
    const other = point.map((byte, at) => (at === 64 ? byte ^ 1 : byte)) as Bytes
    expect(await isSignedBySm2(other, message, signature)).toBe(false)
  })
})

describe('a signed head', () => {
  const audited = signed.text
    .replace('head 1', 'head 2')
    .replace('previous', `audit 3 ${other}\nprevious`)

  it('is read in its first form, and in the one with the audit in it', () => {
    expect(readHead(audited)).toEqual(readHead(signed.text))
    expect(readHead(audited)).toMatchObject({ date: proof.date, root: proof.root })
    expect(readHead(audited.replace('head 2', 'head 3'))).toBeNull()
  })
})

describe('a head that was seen before', () => {
  const one = vectors.beginning.find((row) => row.first === 3 && row.second === 7)!
  const told = {
    first_size: one.first,
    first_root: one.first_root,
    size: one.second,
    root: one.second_root,
    path: one.path,
  }
  const seen = { date: '2026-11-02', size: 3, root: one.first_root }

  it('is the beginning of the record, or is found not to be', async () => {
    expect(await checkBeginning(seen, told)).toBe(true)
    expect(await checkBeginning({ ...seen, root: other }, told)).toBe(false)
    expect(await checkBeginning({ ...seen, size: 4 }, told)).toBe(false)
    expect(await checkBeginning(seen, { ...told, path: ['zz'] })).toBe(false)
  })
})

describe('a browser without what is needed', () => {
  const key = fromHex(signed.public_key.slice(ED25519_PREFIX.length))
  const message = new TextEncoder().encode(signed.text) as Bytes
  const signature = fromHex(signed.signature)

  it('hashes and checks with the library, and finds the same', async () => {
    const data = fromHex('00ff')

    expect(toHex(await sha256(data, null))).toBe(toHex(await sha256(data)))
    for (const own of [null, older]) {
      expect(await isSignedByEd25519(key, message, signature, own)).toBe(true)
      expect(await isSignedByEd25519(key, key, signature, own)).toBe(false)
      expect(await isSignedByEd25519(key, message, key, own)).toBe(false)
    }
  })
})
