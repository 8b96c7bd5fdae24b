import { createHash, timingSafeEqual } from 'node:crypto';
import { parseDictionary } from './structured-fields.ts';

/** Content-Digest of a body (RFC 9530) with SHA-256. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/**
 * Is this the body that the field speaks of? SHA-256 and SHA-512 are known; one that fits is enough, one that does not is fatal.
 * @throws FieldSyntaxError
 */
export function digestFits(field: string, body: Uint8Array): boolean {
  let fits = false;
  for (const [algorithm, { item }] of parseDictionary(field)) {
    const name = ALGORITHMS.get(algorithm);
    if (name === undefined) continue;
    const digest = createHash(name).update(body).digest();
    if (!(item instanceof Uint8Array) || item.length !== digest.length || !timingSafeEqual(item, digest))
      return false;
    fits = true;
  }
  return fits;
}

const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['sha-256', 'sha256'],
  ['sha-512', 'sha512'],
]);
