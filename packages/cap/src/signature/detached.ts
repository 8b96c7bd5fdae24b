import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { CapError } from '../finding.ts';
import type { PinnedKey } from './verify.ts';

/**
 * A detached signature (Ed25519) of exactly these bytes, base64: for what carries no XML signature, such as feeds and siren commands.
 * @throws CapError `key-refused`
 */
export function signDetached(bytes: Uint8Array, privateKey: string | KeyObject): string {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  if (key.asymmetricKeyType !== 'ed25519') throw new CapError('key-refused', 'the key is not Ed25519');
  return sign(null, bytes, key).toString('base64');
}

/** @returns the name of the pinned key that signed exactly these bytes; null: none of them did */
export function verifyDetached(
  bytes: Uint8Array,
  signature: string,
  pinned: readonly PinnedKey[],
): string | null {
  const value = Buffer.from(signature, 'base64');
  if (value.length !== 64) return null;
  for (const { name, pem } of pinned) {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, value)) return name;
  }
  return null;
}
