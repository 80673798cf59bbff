/**
 * SHA-256 and Ed25519: the browser's own where it has them, else a library's.
 *
 * WebCrypto is only there on pages that came by https, and Ed25519 only in newer
 * browsers; the library is fetched when it is needed and not before.
 */

export type Bytes = Uint8Array<ArrayBuffer>

const subtle: SubtleCrypto | null = globalThis.crypto?.subtle ?? null

/** The public key of Ed25519 as the DER of a SubjectPublicKeyInfo, but for the key. */
export const ED25519_PREFIX = '302a300506032b6570032100'

export async function sha256(
  data: Bytes,
  own: SubtleCrypto | null = subtle,
): Promise<Bytes> {
  if (own) return new Uint8Array(await own.digest('SHA-256', data))
  const library = await import('@noble/hashes/sha2.js')
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
  const { ed25519 } = await import('@noble/curves/ed25519.js')
  try {
    return ed25519.verify(signature, message, key)
  } catch {
    return false
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
