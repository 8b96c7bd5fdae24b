import { createHash, createHmac } from 'node:crypto';
import type { ContactId, IncidentId, World } from '@keng/model';

/**
 * The link to the owner's page of one incident for one contact. It is made of a secret of the centre and kept nowhere: the
 * outbox may be read without becoming able to answer for an owner, and a message that is sent again carries the same link.
 * 192 bits of HMAC-SHA-256 are as hard to guess as 192 random bits for whoever has not the secret (RFC 2104, section 5: a
 * truncated output of at least half the hash).
 */
const TOKEN_BYTES = 24;
const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** An incident is over within a day; whoever finds the message later has no business there. */
export const OWNER_LINK_SECONDS = 86_400;

export interface LinkOwner {
  readonly world: World;
  readonly incident: IncidentId;
  readonly contact: ContactId;
}

export function ownerToken(secret: string, { world, incident, contact }: LinkOwner): string {
  if (secret === '') throw new TypeError("the secret that makes the owner's links is empty");
  const mac = createHmac('sha256', secret).update(`owner-link/1\n${world}\n${incident}\n${contact}`).digest();
  return mac.subarray(0, TOKEN_BYTES).toString('base64url');
}

/** What the database knows of a token. Looked up by it, so the time of the search tells nothing of the token. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Anything else was never one of ours and is not worth a query. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

export function ownerUrl(publicUrl: string, token: string): string {
  return `${publicUrl.replace(/\/$/, '')}/owner/${token}`;
}
