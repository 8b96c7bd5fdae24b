import type { Alert, Info, Reference } from '../model.ts';
import { capTime, instantOf } from '../time.ts';

/** Who sends, and under what names. */
export interface Sender {
  readonly sender: string;
  /** What identifiers begin with: `2.49.0.1.704.0`. */
  readonly prefix: string;
  /** Minutes east of Greenwich of the times it writes; Viet Nam 420. */
  readonly offsetMinutes: number;
}

export interface Stamp {
  readonly sentAt: Date;
  /** Which message of this second it is: two of one second never get one identifier. From 0. */
  readonly turn: number;
}

export type Draft = Pick<Alert, 'status' | 'scope' | 'info'> &
  Partial<Pick<Alert, 'source' | 'restriction' | 'addresses' | 'code' | 'note' | 'incidents'>>;

/** An identifier of the time and turn, in words that are never used again: `2.49.0.1.704.0.2026.9.10.7.5.0.0`, in UTC. */
export function identifierOf(prefix: string, { sentAt, turn }: Stamp): string {
  const time = [
    sentAt.getUTCFullYear(),
    sentAt.getUTCMonth() + 1,
    sentAt.getUTCDate(),
    sentAt.getUTCHours(),
    sentAt.getUTCMinutes(),
    sentAt.getUTCSeconds(),
  ];
  return [prefix, ...time, turn].join('.');
}

/** A first message. */
export function newAlert(sender: Sender, stamp: Stamp, draft: Draft): Alert {
  return {
    identifier: identifierOf(sender.prefix, stamp),
    sender: sender.sender,
    sent: capTime(stamp.sentAt, sender.offsetMinutes),
    msgType: 'Alert',
    source: null,
    restriction: null,
    addresses: [],
    code: [],
    note: null,
    incidents: [],
    references: [],
    ...draft,
  };
}

/** A message in place of others: it names all that are still in force, theirs and what they replaced. */
export function updateOf(sender: Sender, stamp: Stamp, before: readonly Alert[], draft: Draft): Alert {
  return {
    ...newAlert(sender, stamp, draft),
    msgType: 'Update',
    references: referencesTo(before, stamp.sentAt),
  };
}

/** The end of others. `info` may say in words that it is over; without it the message is complete too. */
export function cancelOf(
  sender: Sender,
  stamp: Stamp,
  before: readonly Alert[],
  draft: Omit<Draft, 'info'> & { readonly info?: readonly Info[] },
): Alert {
  return {
    ...newAlert(sender, stamp, { info: [], ...draft }),
    msgType: 'Cancel',
    references: referencesTo(before, stamp.sentAt),
  };
}

/**
 * The references of a message about others: each of them, and what they refer to, once, the oldest first. Readers that missed the
 * middle of a chain still take off its beginning (IPAWS, Canada, Australia, Google demand it).
 * @throws RangeError when there is nothing to refer to, or something was sent later
 */
export function referencesTo(before: readonly Alert[], at: Date): Reference[] {
  const all = new Map<string, Reference>();
  for (const { sender, identifier, sent, references } of before)
    for (const one of [...references, { sender, identifier, sent }])
      all.set(`${one.sender} ${one.identifier}`, one);
  if (all.size === 0) throw new RangeError('no message to refer to');
  const listed = [...all.values()].sort(
    (one, other) => (instantOf(one.sent) ?? 0) - (instantOf(other.sent) ?? 0),
  );
  const last = instantOf(listed.at(-1)?.sent ?? null);
  if (last !== null && last > at.getTime())
    throw new RangeError('it refers to a message that was sent later');
  return listed;
}
