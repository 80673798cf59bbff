/**
 * SHA-256 and Ed25519: the browser's own where it has them, else a library's; and SM2.
 *
 * WebCrypto is only there on pages that came by https, Ed25519 only in newer browsers,
 * and SM2 nowhere; a library is fetched when it is needed and not before.
 */

import { Unreachable } from '../api'
import { toHex } from './bytes'

export type Bytes = Uint8Array<ArrayBuffer>

const subtle: SubtleCrypto | null = globalThis.crypto?.subtle ?? null

/** The public key of Ed25519 as the DER of a SubjectPublicKeyInfo, but for the key. */
export const ED25519_PREFIX = '302a300506032b6570032100'

/** The same of SM2, up to the point: 04, x and y. */
export const SM2_PREFIX = '3059301306072a8648ce3d020106082a811ccf5501822d034200'

/** What the standard signs with besides the message (GB/T 32918), as the house does. */
const SM2_SIGNER = '1234567812345678'

export async function sha256(
  data: Bytes,
  own: SubtleCrypto | null = subtle,
): Promise<Bytes> {
  if (own) return new Uint8Array(await own.digest('SHA-256', data))
  const library = await fetched(import('@noble/hashes/sha2.js'))
  return library.sha256(data) as Bytes
}

/** Tell whether a signature fits; `key` is the 32 bytes of the public key. */
export async function isSignedByEd25519(
  key: Bytes,
  message: Bytes,
  signature: Bytes,
  own: SubtleCrypto | null = subtle,
): Promise<boolean> {
  const imported = own && (await importedKey(own, key))
  if (own && imported) return own.verify('Ed25519', imported, signature, message)
  const { ed25519 } = await fetched(import('@noble/curves/ed25519.js'))
  try {
    return ed25519.verify(signature, message, key)
  } catch {
    return false
  }
}

/** Tell whether an SM2 signature fits; `point` is the 65 bytes of the public key. */
export async function isSignedBySm2(
  point: Bytes,
  message: Bytes,
  signature: Bytes,
): Promise<boolean> {
  const { sm2 } = await fetched(import('sm-crypto-v2'))
  try {
    return sm2.doVerifySignature(message, toHex(signature), toHex(point), {
      der: true,
      hash: true,
      userId: SM2_SIGNER,
    })
  } catch {
    return false
  }
}

/** A library that does not come says nothing about a signature, good or bad. */
async function fetched<T>(library: Promise<T>): Promise<T> {
  try {
    return await library
  } catch {
    throw new Unreachable()
  }
}

/** The key for WebCrypto; null where the browser does not know Ed25519. */
async function importedKey(own: SubtleCrypto, key: Bytes): Promise<CryptoKey | null> {
  try {
    return await own.importKey('raw', key, 'Ed25519', false, ['verify'])
  } catch {
    return null
  }
}
