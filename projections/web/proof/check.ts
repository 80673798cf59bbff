/** What a phone can find out about a number, without believing what it is told. */

import { Unreachable } from '../api'
import { fromHex, toHex } from './bytes'
import { keyId, readHead, signatureOf, type SignedHead } from './head'
import { issuedIn, readLeaf } from './leaf'
import { isBeginning, isIncluded, leafHash } from './merkle'

export interface TicketProof {
  ticket: string
  hall: string
  date: string
  leaf: string
  index: number
  size: number
  root: string
  path: string[]
  signed: SignedHead | null
}

export interface Beginning {
  first_size: number
  first_root: string
  size: number
  root: string
  path: string[]
}

/** A head that was seen, to be held against what the record is later. */
export interface SeenHead {
  date: string
  size: number
  root: string
}

export interface Finding {
  /**
   * `signed`: the number stands in a day that is signed. `unknown-signature`: it does,
   * but how the day was signed cannot be checked here. `recorded`: it stands in the
   * record of a day that is not over. `wrong`: what was sent proves nothing.
   */
  outcome: 'signed' | 'unknown-signature' | 'recorded' | 'wrong'
  /** What does not fit, for whoever is asked about it. */
  why: 'leaf' | 'path' | 'head' | 'signature' | 'key' | ''
  number: string
  issuedAt: number
  date: string
  size: number
  root: string
  signedAt: number
  key: string
}

/**
 * Check that a ticket was issued in the record that is proven.
 *
 * Raises `Unreachable` where what reckons could not be fetched.
 */
export async function checkTicket(
  ticket: string,
  proof: TicketProof,
): Promise<Finding> {
  const finding: Finding = {
    outcome: 'wrong',
    why: 'leaf',
    number: '',
    issuedAt: 0,
    date: proof.date,
    size: proof.size,
    root: proof.root,
    signedAt: 0,
    key: '',
  }
  try {
    return await filled(finding, ticket, proof)
  } catch (error) {
    if (error instanceof Unreachable) throw error
    // Whatever cannot even be read proves nothing.
    return finding
  }
}

async function filled(
  finding: Finding,
  ticket: string,
  proof: TicketProof,
): Promise<Finding> {
  const bytes = fromHex(proof.leaf)
  const leaf = readLeaf(bytes)
  const issued = issuedIn(leaf)
  const isOurs =
    issued?.ticket === ticket &&
    leaf.stream === `hall-day/${proof.hall}/${proof.date}` &&
    leaf.version === proof.index + 1
  if (!issued || !isOurs) return finding
  finding.number = issued.number
  finding.issuedAt = issued.at
  const path = proof.path.map(fromHex)
  const root = fromHex(proof.root)
  const hash = await leafHash(bytes)
  if (!(await isIncluded(hash, proof.index, proof.size, path, root))) {
    return { ...finding, why: 'path' }
  }
  if (!proof.signed) return { ...finding, outcome: 'recorded', why: '' }
  return signedFinding(finding, proof, proof.signed)
}

async function signedFinding(
  finding: Finding,
  proof: TicketProof,
  signed: SignedHead,
): Promise<Finding> {
  const head = readHead(signed.text)
  const fits =
    head !== null &&
    head.hall === proof.hall &&
    head.date === proof.date &&
    head.size === proof.size &&
    head.root === proof.root
  if (!fits) return { ...finding, why: 'head' }
  const known = { ...finding, signedAt: head.at, key: head.key }
  if (toHex(await keyId(signed.public_key)) !== head.key) {
    return { ...known, why: 'key' }
  }
  const signature = await signatureOf(signed)
  if (signature === 'wrong') return { ...known, why: 'signature' }
  const outcome = signature === 'good' ? 'signed' : 'unknown-signature'
  return { ...known, outcome, why: '' }
}

/** Whether the record as it was seen is the beginning of what it is now. */
export async function checkBeginning(
  seen: SeenHead,
  told: Beginning,
): Promise<boolean> {
  if (told.first_size !== seen.size || told.first_root !== seen.root) return false
  try {
    return await isBeginning(
      seen.size,
      fromHex(seen.root),
      told.size,
      fromHex(told.root),
      told.path.map(fromHex),
    )
  } catch (error) {
    if (error instanceof Unreachable) throw error
    return false
  }
}
