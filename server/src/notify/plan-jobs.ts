import type { SpokenLanguage } from '@keng/country-vn';
import {
  type AnyEntry,
  type Contact,
  type ContactId,
  type ContactRecord,
  type EntryBody,
  type FacilityId,
  type IncidentId,
  type JoinedSignal,
  newUuid,
  type OrganisationCode,
} from '@keng/model';
import type { FacilityForAlarm } from '../facilities/index.ts';
import { languageOf } from './contacts/rules.ts';
import {
  ALARM,
  type JobDraft,
  PUSH_ADDRESS,
  type SmsPayload,
  tellsOfAlarm,
  type VoicePayload,
} from './job.ts';
import { isWebhookEvent, type WebhookTarget, webhookEvent } from './webhook-event.ts';
import type { Occasion, Wording } from './wording.ts';

type Alerted = EntryBody<'incident.owner-alerted'>['contacts'][number];

/** What a batch of entries has to bring about. */
export interface Plan {
  readonly jobs: readonly JobDraft[];
  readonly links: readonly { incident: IncidentId; facility: FacilityId; contact: ContactId }[];
  /** Incidents whose alarm calls and messages are no longer wanted. */
  readonly closed: readonly IncidentId[];
  /** Incidents whose owner has answered: nobody is called a second time. */
  readonly answered: readonly IncidentId[];
  /** Incidents whose contacts are called once more, because nobody has answered. */
  readonly recalled: readonly IncidentId[];
}

export interface PlanFacts {
  readonly facilities: ReadonlyMap<FacilityId, FacilityForAlarm>;
  readonly webhooks: readonly WebhookTarget[];
  /** Of contacts who asked for something, or have a browser that is told. */
  readonly records: ReadonlyMap<ContactId, ContactRecord>;
  readonly wording: Wording;
  readonly nowMs: number;
}

type Incident = Extract<AnyEntry, { readonly kind: `incident.${string}` }>;

/** Which notifications the entries of a batch ask for. All contacts are rung at once: the order is for the human who calls. */
export function planJobs(entries: readonly AnyEntry[], facts: PlanFacts): Plan {
  const incidents = entries.filter((entry): entry is Incident => entry.kind.startsWith('incident.'));
  const jobs: JobDraft[] = [];
  const links: Plan['links'][number][] = [];
  for (const entry of incidents) {
    const place = placeOf(entry, facts);
    jobs.push(...contactJobs(entry, place, facts), ...webhookJobs(entry, place, facts));
    if (entry.kind !== 'incident.opened' || workedOnPaper(entry)) continue;
    for (const contact of place.contacts) {
      links.push({ incident: incidentOf(entry), facility: place.summary.id, contact: contact.id });
    }
  }
  return {
    jobs,
    links,
    recalled: incidents.filter((one) => one.kind === 'incident.owner-recalled').map(incidentOf),
    closed: incidents.filter((one) => one.kind === 'incident.closed').map(incidentOf),
    answered: incidents
      .filter((one) => one.kind === 'incident.owner-answered' && one.body.answer !== 'checking')
      .map(incidentOf),
  };
}

const incidentOf = (entry: Incident): IncidentId => entry.subject as IncidentId;

function placeOf(entry: Incident, { facilities }: PlanFacts): FacilityForAlarm {
  const place = entry.facility === null ? undefined : facilities.get(entry.facility);
  // Set aside and shown: an alarm of a building that the register does not hold has no contacts to ring.
  if (!place)
    throw new Error(`${entry.kind} of ${entry.subject}: the register holds no facility ${entry.facility}`);
  return place;
}

function contactJobs(entry: Incident, place: FacilityForAlarm, facts: PlanFacts): JobDraft[] {
  switch (entry.kind) {
    case 'incident.opened':
      if (workedOnPaper(entry)) return [];
      return alarmJobs(entry, place, occasion(place, entry.body.signals, entry.at), facts);
    case 'incident.dispatch-confirmed':
      return place.contacts.flatMap((contact) =>
        messageJobs(entry, contact, place, 'dispatched', 'dispatched', 1, facts),
      );
    case 'incident.closed':
      if (workedOnPaper(entry)) return [];
      // It may ring again and be closed again: each closing is told.
      return place.contacts.flatMap((contact) =>
        messageJobs(entry, contact, place, `closed#${entry.revision ?? 0}`, 'closed', 2, facts),
      );
    default:
      return [];
  }
}

/** It was worked on paper and keyed in later: what is over, or in good hands, rings nobody. */
function workedOnPaper(entry: Incident): boolean {
  if (entry.kind === 'incident.opened') return entry.body.late?.burning === false;
  return entry.kind === 'incident.closed' && entry.body.late !== undefined;
}

function alarmJobs(entry: Incident, place: FacilityForAlarm, about: Occasion, facts: PlanFacts): JobDraft[] {
  const { wording, nowMs } = facts;
  // Contacts who hear the same language hear the same: in a storm most of the work is writing these texts.
  const written = new Map<SpokenLanguage, AlarmPayloads>();
  return place.contacts.flatMap((contact): JobDraft[] => {
    const language = wording.spoken(contact.language);
    const payloads = written.get(language) ?? alarmPayloads(wording, language, about);
    written.set(language, payloads);
    const common = {
      ...baseOf(entry, place),
      contact: contact.id,
      name: contact.name,
      webhook: null,
      purpose: ALARM,
      lane: 0,
      address: contact.telephone,
      language,
    } as const;
    return [
      { ...common, id: newUuid(nowMs), channel: 'voice', payload: payloads.voice },
      { ...common, id: newUuid(nowMs), channel: 'sms', payload: payloads.sms },
      ...otherWays(common, contact, 'alarm', about, true, facts),
    ];
  });
}

interface AlarmPayloads {
  readonly voice: VoicePayload;
  readonly sms: SmsPayload;
}

function alarmPayloads(wording: Wording, language: SpokenLanguage, about: Occasion): AlarmPayloads {
  const text = (code: string): string => wording.text(code, language, about);
  return {
    voice: {
      kind: 'voice',
      say: [text('call.alarm'), text('call.menu')],
      atSilence: text('call.no-answer'),
      keys: wording.keys,
    },
    sms: { kind: 'sms', text: text('sms.alarm'), link: true },
  };
}

type Common = Omit<JobDraft, 'id' | 'channel' | 'payload' | 'incident' | 'works' | 'notice'> & {
  readonly incident: IncidentId;
  readonly works: null;
};

/** Web push and e-mail, where the contact has them. About a fire every way is used at once, whatever they asked for. */
function otherWays(
  common: Common,
  contact: Contact,
  code: string,
  about: Occasion,
  link: boolean,
  { wording, nowMs, records }: PlanFacts,
): JobDraft[] {
  const record = records.get(contact.id) ?? null;
  const browsers = record?.pushSubscriptions.length ?? 0;
  if (browsers === 0 && contact.email === null) return [];
  const language = languageOf(contact, record);
  const { subject, text } = wording.message(code, language, about);
  const push: JobDraft = {
    ...common,
    id: newUuid(nowMs),
    channel: 'push',
    address: PUSH_ADDRESS,
    language,
    payload: { kind: 'push', title: subject, text, link },
  };
  const email = (address: string): JobDraft => ({
    ...common,
    id: newUuid(nowMs),
    channel: 'email',
    address,
    language,
    payload: { kind: 'email', subject, text, link },
  });
  return [...(browsers > 0 ? [push] : []), ...(contact.email === null ? [] : [email(contact.email)])];
}

function messageJobs(
  entry: Incident,
  contact: Contact,
  place: FacilityForAlarm,
  purpose: string,
  code: string,
  lane: 1 | 2,
  facts: PlanFacts,
): JobDraft[] {
  const { wording, nowMs } = facts;
  const spoken = wording.spoken(contact.language);
  const about = occasion(place, [], entry.at);
  const common: Common = {
    ...baseOf(entry, place),
    contact: contact.id,
    name: contact.name,
    webhook: null,
    purpose,
    lane,
    address: contact.telephone,
    language: spoken,
  };
  const text = wording.text(`sms.${code}`, spoken, about);
  return [
    { ...common, id: newUuid(nowMs), channel: 'sms', payload: { kind: 'sms', text, link: false } },
    ...otherWays(common, contact, code, about, false, facts),
  ];
}

function webhookJobs(entry: Incident, place: FacilityForAlarm, { webhooks, nowMs }: PlanFacts): JobDraft[] {
  const { kind } = entry;
  if (!isWebhookEvent(kind)) return [];
  const interested = webhooks.filter(
    (one) =>
      one.events.includes(kind) &&
      (one.facility === place.summary.id ||
        (one.facility === null && one.below === organisationOf(entry, place))),
  );
  if (interested.length === 0) return [];
  const event = webhookEvent(entry, place.summary);
  return interested.map((webhook) => ({
    ...baseOf(entry, place),
    id: newUuid(nowMs),
    contact: null,
    name: '',
    webhook: webhook.id,
    channel: 'webhook',
    purpose: `${kind}#${entry.revision ?? 0}`,
    lane: kind === 'incident.closed' ? 2 : 0,
    address: webhook.url,
    language: '',
    payload: { kind: 'webhook', event },
  }));
}

function baseOf(
  entry: Incident,
  place: FacilityForAlarm,
): Pick<Common, 'incident' | 'works' | 'facility' | 'organisation'> {
  return {
    incident: incidentOf(entry),
    works: null,
    facility: place.summary.id,
    organisation: organisationOf(entry, place),
  };
}

const organisationOf = (entry: Incident, place: FacilityForAlarm): OrganisationCode =>
  entry.organisation ?? place.organisation;

function occasion(place: FacilityForAlarm, zones: readonly JoinedSignal[], at: string): Occasion {
  return { facility: place.summary.name, address: place.summary.address, zones, at: new Date(at) };
}

/** The contacts of an incident whose calls and messages entered the outbox, as the chronology lists them. */
export function alertedContacts(
  jobs: readonly Pick<JobDraft, 'incident' | 'contact' | 'channel' | 'purpose'>[],
  contactsOf: (incident: IncidentId) => readonly Contact[],
): Map<IncidentId, Alerted[]> {
  const alerted = new Map<IncidentId, Alerted[]>();
  for (const { incident, contact: id, channel, purpose } of jobs) {
    if (incident === null) continue;
    const contact = tellsOfAlarm(purpose) ? contactsOf(incident).find((one) => one.id === id) : undefined;
    if (!contact) continue;
    const known = alerted.get(incident) ?? [];
    known.push({ contactId: contact.id, name: contact.name, order: contact.order, channel });
    alerted.set(incident, known);
  }
  for (const list of alerted.values()) {
    list.sort((one, other) => one.order - other.order || (one.channel < other.channel ? 1 : -1));
  }
  return alerted;
}
