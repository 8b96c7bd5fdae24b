import { createHmac, randomBytes } from 'node:crypto';
import { contentDigest } from './content-digest.ts';
import { type SignatureInput, type SignedRequest, serializeInput, signatureBase } from './signature-base.ts';
import { type FieldItem, serializeItem } from './structured-fields.ts';
import { REQUIRED_COMPONENTS } from './verify-signature.ts';

export interface SigningKey {
  /** The account of the device. */
  readonly keyId: string;
  readonly key: Uint8Array;
}

/** The headers that sign a request, for devices and simulators. `createdMs`: the clock of the device. */
export function signRequest(
  request: Pick<SignedRequest, 'method' | 'target'> & Partial<SignedRequest>,
  body: Uint8Array,
  { keyId, key }: SigningKey,
  createdMs: number,
  nonce: string = randomBytes(8).toString('base64url'),
): Record<'content-digest' | 'signature-input' | 'signature', string> {
  const digest = contentDigest(body);
  const input: SignatureInput = {
    components: REQUIRED_COMPONENTS.map((value) => ({ value, parameters: new Map() })),
    parameters: new Map<string, FieldItem>([
      ['created', Math.floor(createdMs / 1_000)],
      ['nonce', nonce],
      ['keyid', keyId],
      ['alg', 'hmac-sha256'],
    ]),
  };
  const made = signatureBase(
    {
      method: request.method,
      target: request.target,
      authority: request.authority ?? '',
      headers: { ...request.headers, 'content-digest': digest },
    },
    input,
  );
  if ('missing' in made) throw new TypeError(`the request has no ${made.missing}`);
  const signature = createHmac('sha256', key).update(made.base, 'latin1').digest();
  return {
    'content-digest': digest,
    'signature-input': `keng=${serializeInput(input)}`,
    signature: `keng=${serializeItem(signature)}`,
  };
}
