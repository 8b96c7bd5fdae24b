import { createECDH, hkdfSync } from 'node:crypto';

/** The key pair by which a push service knows this centre (RFC 8292); both as base64url, as web-push wants them. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Order of P-256 (FIPS 186-5, SP 800-186). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** 64 bits more than the order: what the remainder prefers is beyond measuring (FIPS 186-5, A.2.1). */
const SEED_BYTES = 40;
const KEY_BYTES = 32;

/**
 * The keys of a centre, made of its secret `push`: kept like every other secret, the same after each restart. A new secret makes
 * every subscription of a browser worthless.
 */
export function vapidKeys(secret: string): VapidKeys {
  if (secret === '') throw new TypeError('the secret that makes the keys of web push is empty');
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'keng/vapid/1', SEED_BYTES));
  const scalar = (BigInt(`0x${seed.toString('hex')}`) % (ORDER - 1n)) + 1n;
  const ecdh = createECDH('prime256v1');
  const key = Buffer.from(scalar.toString(16).padStart(KEY_BYTES * 2, '0'), 'hex');
  ecdh.setPrivateKey(key);
  return { publicKey: ecdh.getPublicKey('base64url', 'uncompressed'), privateKey: key.toString('base64url') };
}
