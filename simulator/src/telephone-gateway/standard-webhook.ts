import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Signatures of Standard Webhooks 1.0.0, from the stand-in's side: written apart from the server's, so that one checks the other. */
const WINDOW_SECONDS = 300;

export function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');
}

export function signedHeaders(
  key: Buffer,
  id: string,
  seconds: number,
  body: string,
): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': `${seconds}`,
    'webhook-signature': `v1,${digest(key, id, `${seconds}`, body)}`,
  };
}

export function isSigned(key: Buffer, headers: IncomingHttpHeaders, body: string, nowMs: number): boolean {
  const [id, seconds, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  );
  if (!id || !seconds || !signatures || !(Math.abs(nowMs / 1000 - Number(seconds)) <= WINDOW_SECONDS))
    return false;
  const expected = Buffer.from(`v1,${digest(key, id, seconds, body)}`);
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function digest(key: Buffer, id: string, seconds: string, body: string): string {
  return createHmac('sha256', key).update([id, seconds, body].join('.')).digest('base64');
}
