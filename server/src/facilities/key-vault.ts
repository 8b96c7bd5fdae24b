import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { TransmitterId, World } from '@keng/model';

/**
 * Keys of transmitters at rest: AES-256-GCM (NIST SP 800-38D) under a key-encryption key that only Keng's processes have.
 * Whoever has the database alone has no key; whoever moves a sealed key to another transmitter gets an error.
 *
 * Layout of a sealed key: version (1 byte, 1), nonce (12), tag (16), ciphertext.
 */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** A sealed key that does not open: the secret changed, or the row was tampered with. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  readonly code = 'key-vault.seal-broken';
  readonly transmitterId: TransmitterId;

  constructor(transmitterId: TransmitterId, why: string, cause?: unknown) {
    super(
      `The key of transmitter ${transmitterId} does not open (${why}): was KENG_DEVICE_KEYS_SECRET changed? Set the old secret again, or set the key anew.`,
      cause === undefined ? undefined : { cause },
    );
    this.transmitterId = transmitterId;
  }
}

export interface KeyOwner {
  readonly world: World;
  readonly transmitterId: TransmitterId;
}

/** The 32 bytes that seal: HKDF-SHA-256 of the secret (settings: KENG_DEVICE_KEYS_SECRET), of whatever length it is. */
export function keyEncryptionKey(secret: string): Uint8Array {
  if (secret === '') throw new TypeError('the secret that seals the keys of transmitters is empty');
  return new Uint8Array(hkdfSync('sha256', secret, 'keng', 'keys of transmitters, 1', 32));
}

/** Encrypts a transmitter's key for the database. */
export function sealSecret(kek: Uint8Array, owner: KeyOwner, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', kek, nonce).setAAD(ownerBytes(owner));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text]);
}

/**
 * The key as it was sealed.
 * @throws SealBroken when the bytes were not sealed with this key for this transmitter
 */
export function openSecret(kek: Uint8Array, owner: KeyOwner, sealed: Uint8Array): Uint8Array {
  if (sealed.length <= HEADER_BYTES || sealed[0] !== VERSION) {
    throw new SealBroken(owner.transmitterId, `${sealed.length} bytes of version ${sealed[0] ?? 'none'}`);
  }
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', kek, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(ownerBytes(owner)).setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
    return Uint8Array.from(plain);
  } catch (cause) {
    throw new SealBroken(owner.transmitterId, 'its tag does not fit', cause);
  }
}

function ownerBytes(owner: KeyOwner): Buffer {
  return Buffer.from(`${owner.world}/${owner.transmitterId}`);
}
