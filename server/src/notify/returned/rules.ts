import type { RecipientStatus } from './delivery-status.ts';

/**
 * Permanent failures that are the address's own (RFC 3463, sections 3.2 to 3.5): no such mailbox, no such place, not an address, moved,
 * takes no mail (X.1.0 to X.1.6, X.1.10), switched off or full (X.2.0 to X.2.2), a name without a mail server (X.4.4). Everything else, a
 * policy (X.7) above all, is between the servers: a contact must not look unreachable for a list that this centre stands on.
 */
const OF_THE_ADDRESS: ReadonlySet<string> = new Set([
  ...['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.10'],
  ...['2.0', '2.1', '2.2', '4.4'],
]);
/** RFC 5321, 4.2.3: mailbox unavailable, user not local, mailbox name not allowed. */
const REPLIES: ReadonlySet<number> = new Set([550, 551, 553]);

export function isOfTheAddress(status: string): boolean {
  return status.startsWith('5.') && OF_THE_ADDRESS.has(status.slice(2));
}

/** What a server said to RCPT: is it the address that it refused, for good? null: no. */
export function refusedAddress(
  command: string | undefined,
  code: number,
  text: string,
): { readonly status: string | null } | null {
  if (command !== 'RCPT TO' || code < 500) return null;
  const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null;
  if (status !== null) return isOfTheAddress(status) ? { status } : null;
  return REPLIES.has(code) ? { status: null } : null;
}

/** The mail came back for good: by which of its lines; null: it is only late, or was delivered after all. */
export function failureOf(statuses: readonly RecipientStatus[]): RecipientStatus | null {
  return statuses.find((one) => one.action === 'failed' && !one.status?.startsWith('4.')) ?? null;
}
