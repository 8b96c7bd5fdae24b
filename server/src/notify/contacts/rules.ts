import {
  CONTACT_WAYS,
  type Contact,
  type ContactId,
  type ContactRecord,
  type ContactWay,
  type IncidentState,
} from '@keng/model';
import { markOf } from '../returned/address-mark.ts';

export interface ContactOutcome {
  readonly contactId: ContactId;
  readonly name: string;
  /** By what they answered; null: they did not. */
  readonly channel: string | null;
}

/**
 * Who of the contacts of a closed incident answered, and who was called and did not. Whoever was not called to the end (another
 * one answered first, the desk closed) is neither: silence is only what had its chance to be an answer.
 */
export function outcomesOf({ owner }: Pick<IncidentState, 'owner'>): ContactOutcome[] {
  const ids = [...new Set(owner.contacts.map((one) => one.contactId))];
  return ids.flatMap((contactId): ContactOutcome[] => {
    const lines = owner.contacts.filter((one) => one.contactId === contactId);
    const name = lines[0]?.name ?? '';
    const said = owner.answers.find((one) => one.contactId === contactId);
    if (said !== undefined) return [{ contactId, name, channel: said.channel }];
    const answered = lines.find((one) => one.result === 'answered');
    if (answered !== undefined) return [{ contactId, name, channel: answered.channel }];
    const called = lines.some(
      (one) => one.channel === 'voice' && (one.result === 'no-answer' || one.result === 'failed'),
    );
    return called ? [{ contactId, name, channel: null }] : [];
  });
}

export interface ReportPolicy {
  /** Alarms in a row without an answer after which a contact is reported. */
  readonly inARow: number;
  readonly source: string;
  readonly official: boolean;
}

export function isToReport(record: ContactRecord, { inARow }: ReportPolicy): boolean {
  return record.reportedAt === null && record.unansweredInARow >= inARow;
}

/** The ways by which a contact can be told something, the wanted ones first; never none. */
export function waysOf(
  contact: Pick<Contact, 'email'>,
  record: Pick<ContactRecord, 'preference' | 'pushSubscriptions' | 'emailReturned'> | null,
): readonly ContactWay[] {
  const there: Readonly<Record<ContactWay, boolean>> = {
    sms: true,
    email: contact.email !== null && returnedOf(contact, record) === null,
    push: (record?.pushSubscriptions.length ?? 0) > 0,
  };
  const wanted = record?.preference?.ways ?? CONTACT_WAYS.filter((way) => way === 'sms');
  const usable = wanted.filter((way) => there[way]);
  // What they asked for is not there: they are told all the same.
  return usable.length > 0 ? usable : ['sms'];
}

/** What came back from the address that the register has now; null: nothing did, or it was another address. */
export function returnedOf(
  { email }: Pick<Contact, 'email'>,
  record: Pick<ContactRecord, 'emailReturned'> | null,
): ContactRecord['emailReturned'] | null {
  const returned = record?.emailReturned;
  return returned !== undefined && email !== null && returned.mark === markOf(email) ? returned : null;
}

export function languageOf(
  contact: Pick<Contact, 'language'>,
  record: Pick<ContactRecord, 'preference'> | null,
): Contact['language'] {
  return record?.preference?.language ?? contact.language;
}

/** A step of an escalation: whom to tell, and how. */
export interface NextStep {
  readonly contact: Contact;
  readonly way: ContactWay;
}

/**
 * Who is told next when a message did not get through in its time: the same contact by their next way, then the next contact in
 * the order of the register; null when everybody was tried in every way.
 */
export function nextStep(
  contacts: readonly Contact[],
  recordOf: (id: ContactId) => ContactRecord | null,
  tried: readonly { readonly contact: ContactId; readonly way: string }[],
): NextStep | null {
  const last = tried.at(-1)?.contact;
  const ordered = [...contacts].sort((one, other) => one.order - other.order);
  const current = ordered.filter((one) => one.id === last);
  for (const contact of [...current, ...ordered.filter((one) => one.id !== last)]) {
    const way = waysOf(contact, recordOf(contact.id)).find(
      (one) => !tried.some((step) => step.contact === contact.id && step.way === one),
    );
    if (way !== undefined) return { contact, way };
  }
  return null;
}

/**
 * When something that is not urgent may be said: now, or at the end of the contact's quiet hours. Nothing about a fire asks here.
 * @param minuteOfDay local, 0 to 1439
 */
export function afterQuiet(
  record: Pick<ContactRecord, 'preference'> | null,
  now: Date,
  minuteOfDay: number,
): Date {
  const quiet = record?.preference?.quiet ?? null;
  if (quiet === null) return now;
  const [from, until] = [minutesOf(quiet.from), minutesOf(quiet.until)];
  const inside =
    from <= until ? minuteOfDay >= from && minuteOfDay < until : minuteOfDay >= from || minuteOfDay < until;
  if (!inside) return now;
  const wait = (until - minuteOfDay + MINUTES_A_DAY) % MINUTES_A_DAY;
  return new Date(now.getTime() + wait * 60_000);
}

const MINUTES_A_DAY = 1_440;

function minutesOf(text: string): number {
  const [hours = '0', minutes = '0'] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}
