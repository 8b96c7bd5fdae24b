import { createHmac, timingSafeEqual } from 'node:crypto';
import { digestFits } from './content-digest.ts';
import { type SignatureInput, type SignedRequest, signatureBase } from './signature-base.ts';
import { FieldSyntaxError, parseDictionary } from './structured-fields.ts';

/** Why a signature proves nothing. */
export type SignatureFault =
  | 'signature-missing'
  | 'signature-malformed'
  | 'algorithm-unsupported'
  | 'component-missing'
  | 'component-unknown'
  | 'digest-wrong'
  | 'signature-wrong'
  | 'outside-window';

/** A signature as it was sent, not yet checked. */
export interface ClaimedSignature {
  readonly input: SignatureInput;
  readonly keyId: string;
  /** Seconds since 1970, by the clock of the device. */
  readonly created: number;
  readonly bytes: Uint8Array;
}

/** What a signature must cover: without the digest a body could be exchanged, without the path a heartbeat be turned into a signal. */
export const REQUIRED_COMPONENTS = ['@method', '@path', 'content-digest'] as const;

/** How far `created` may be from the clock of the centre, in seconds, both ways. */
export const REPLAY_WINDOW_SECONDS = 300;

/** Reads the first signature of a request (RFC 9421, 4.1 and 4.2). */
export function readSignature(
  headers: SignedRequest['headers'],
): ClaimedSignature | { readonly fault: SignatureFault } {
  const inputField = headers['signature-input'];
  const signatureField = headers.signature;
  if (typeof inputField !== 'string' || typeof signatureField !== 'string')
    return { fault: 'signature-missing' };
  try {
    const [first] = parseDictionary(inputField);
    if (!first?.[1].list) return { fault: 'signature-malformed' };
    const [label, { list, parameters }] = first;
    const bytes = parseDictionary(signatureField).get(label)?.item;
    const keyId = parameters.get('keyid');
    const created = parameters.get('created');
    if (!(bytes instanceof Uint8Array) || typeof keyId !== 'string' || typeof created !== 'number')
      return { fault: 'signature-malformed' };
    if (parameters.has('alg') && parameters.get('alg') !== 'hmac-sha256')
      return { fault: 'algorithm-unsupported' };
    const covered = new Set((list ?? []).map(({ value }) => value));
    if (!REQUIRED_COMPONENTS.every((name) => covered.has(name))) return { fault: 'component-missing' };
    return { input: { components: list ?? [], parameters }, keyId, created, bytes };
  } catch (error) {
    if (error instanceof FieldSyntaxError) return { fault: 'signature-malformed' };
    throw error;
  }
}

/**
 * Checks a signature with the key of its device: HMAC-SHA-256 in constant time, then digest, then time. The order matters: only
 * who has the key learns that his clock is wrong.
 * @returns null when it holds
 */
export function signatureFault(
  request: SignedRequest,
  body: Uint8Array,
  claimed: ClaimedSignature,
  key: Uint8Array,
  nowMs: number,
): SignatureFault | null {
  const made = signatureBase(request, claimed.input);
  if ('missing' in made) return 'component-unknown';
  const expected = createHmac('sha256', key).update(made.base, 'latin1').digest();
  if (claimed.bytes.length !== expected.length || !timingSafeEqual(claimed.bytes, expected))
    return 'signature-wrong';
  const digest = request.headers['content-digest'];
  try {
    if (typeof digest !== 'string' || !digestFits(digest, body)) return 'digest-wrong';
  } catch (error) {
    if (error instanceof FieldSyntaxError) return 'digest-wrong';
    throw error;
  }
  return Math.abs(nowMs / 1_000 - claimed.created) <= REPLAY_WINDOW_SECONDS ? null : 'outside-window';
}
