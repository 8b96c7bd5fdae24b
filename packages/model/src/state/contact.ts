import type { ContactPreference } from '../entries/contact.ts';
import type { AnyEntry } from '../entry.ts';
import type { ContactId, FacilityId } from '../ids.ts';

/** What the log says of a contact beyond their line in the register. */
export interface ContactRecord {
  readonly contactId: ContactId;
  readonly facilityId: FacilityId;
  /** As it was when something was said of them last. */
  readonly name: string;
  readonly preference: ContactPreference | null;
  /** Browsers that are told. */
  readonly pushSubscriptions: readonly string[];
  /** Alarms since the last one they answered. */
  readonly unansweredInARow: number;
  readonly lastAnsweredAt: string | null;
  readonly lastUnansweredAt: string | null;
  /** Since when they are on the list of those who never answer; null: they are not. */
  readonly reportedAt: string | null;
  /** Their e-mail address when mail came back from it; another address in the register is another one. Absent: none did. */
  readonly emailReturned?: {
    readonly mark: string;
    readonly at: string;
    readonly status: string | null;
    readonly text: string;
  };
  /** Number of entries applied, and the `revision` of the last. */
  readonly entries: number;
}

export type ContactEntry = Extract<AnyEntry, { readonly kind: `contact.${string}` }>;

export function isContactEntry(entry: AnyEntry): entry is ContactEntry {
  return entry.kind.startsWith('contact.');
}

/** What is known of a contact after one more of their entries, each once. */
export function applyContact(record: ContactRecord | null, entry: ContactEntry): ContactRecord {
  if (record !== null && entry.revision !== null && entry.revision <= record.entries) return record;
  const { contactId, facilityId, name } = entry.body;
  const known = record ?? nothingKnown(contactId, facilityId, name);
  return { ...change(known, entry), facilityId, name, entries: known.entries + 1 };
}

/** A contact of whom the log says nothing yet. */
export function nothingKnown(contactId: ContactId, facilityId: FacilityId, name: string): ContactRecord {
  return {
    contactId,
    facilityId,
    name,
    preference: null,
    pushSubscriptions: [],
    unansweredInARow: 0,
    lastAnsweredAt: null,
    lastUnansweredAt: null,
    reportedAt: null,
    entries: 0,
  };
}

function change(record: ContactRecord, entry: ContactEntry): ContactRecord {
  switch (entry.kind) {
    case 'contact.preferred':
      return { ...record, preference: entry.body.preference };
    case 'contact.push-added':
      return { ...record, pushSubscriptions: [...record.pushSubscriptions, entry.body.subscriptionId] };
    case 'contact.push-removed':
      return {
        ...record,
        pushSubscriptions: record.pushSubscriptions.filter((one) => one !== entry.body.subscriptionId),
      };
    case 'contact.answered':
      return { ...record, unansweredInARow: 0, lastAnsweredAt: entry.at, reportedAt: null };
    case 'contact.unanswered':
      return { ...record, unansweredInARow: record.unansweredInARow + 1, lastUnansweredAt: entry.at };
    case 'contact.reported':
      return { ...record, reportedAt: entry.at };
    case 'contact.email-returned': {
      const { mark, status, text } = entry.body;
      return { ...record, emailReturned: { mark, at: entry.at, status, text } };
    }
    case 'contact.email-works': {
      const { emailReturned: _, ...rest } = record;
      return rest;
    }
  }
}
