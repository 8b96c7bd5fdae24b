import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Standard Webhooks 1.0.0 (standardwebhooks.com): HMAC-SHA-256 over "id.timestamp.body", so that receivers can check with a
 * library of their own language. Used for webhooks, for requests to the telephone gateway, and for its receipts.
 */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** Clocks may differ by this much; a copy that is older is refused without looking further. */
export const SIGNATURE_WINDOW_SECONDS = 300;

const PREFIX = 'whsec_';

/** The key of a secret: `whsec_` and base64, or any other text as it is. */
export function signingKey(secret: string): Buffer {
  const key = secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret);
  if (key.length < 16) throw new TypeError('a secret that signs needs at least 16 bytes');
  return key;
}

/** As text, for the person who sets up the receiver. */
export function secretText(key: Uint8Array): string {
  return `${PREFIX}${Buffer.from(key).toString('base64')}`;
}

/** @param at wall clock: the receiver compares it with its own, whatever time it is in a world */
export function sign(key: Buffer, id: string, at: Date, body: string): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac(key, id, timestamp, Buffer.from(body)).toString('base64')}`,
  };
}

export type Verdict =
  | { readonly ok: true; readonly id: string; readonly signedAt: Date }
  | { readonly ok: false; readonly why: 'headers' | 'signature' | 'timestamp' };

/** Is this request signed with the key, now? The headers may hold several signatures, while a secret is being changed. */
export function verifySignature(
  key: Buffer,
  headers: Readonly<Record<string, unknown>>,
  body: Uint8Array,
  now: Date,
): Verdict {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return { ok: false, why: 'headers' };
  }
  if (!/^[\w.:-]{1,128}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return { ok: false, why: 'headers' };
  const expected = mac(key, id, timestamp, body);
  const signed = signatures.split(' ').some((one) => one.startsWith('v1,') && same(one.slice(3), expected));
  if (!signed) return { ok: false, why: 'signature' };
  const signedAt = new Date(Number(timestamp) * 1000);
  const seconds = Math.abs(now.getTime() - signedAt.getTime()) / 1000;
  if (seconds > SIGNATURE_WINDOW_SECONDS) return { ok: false, why: 'timestamp' };
  return { ok: true, id, signedAt };
}

function mac(key: Buffer, id: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

function same(text: string, expected: Buffer): boolean {
  const given = Buffer.from(text, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
