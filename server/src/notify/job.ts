import type { ContactId, FacilityId, IncidentId, OrganisationCode, WorksId, World } from '@keng/model';

export const CHANNELS = ['voice', 'sms', 'push', 'email', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

export const JOB_STATES = ['queued', 'sending', 'accepted', 'delivered', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATES)[number];

/** The call or message that tells of the alarm: what happens to it is part of the incident's chronology. */
export const ALARM = 'alarm';
/** The call by which nobody's answer is asked for once more. */
export const RECALL = 'recall';

/** The message that planned works end soon. */
export const WORKS_REMINDER = 'works-reminder';
/** That they have ended, and alarms ring again. */
export const WORKS_ENDED = 'works-ended';
/** That a contact of the facility does not answer. */
export const CONTACT_SILENT = 'contact-silent';
/** That mail to a contact of the facility comes back. */
export const CONTACT_RETURNED = 'contact-returned';

/** Does it tell the contacts of the alarm itself, and ask for their answer? */
export function tellsOfAlarm(purpose: string): boolean {
  return purpose === ALARM || purpose === RECALL;
}

/** The sender alone knows where the browsers of a contact are. */
export const PUSH_ADDRESS = 'push';

/** A call: what is said first, and what each key means. */
export interface VoicePayload {
  readonly kind: 'voice';
  readonly say: readonly string[];
  /** Said before hanging up when no key was pressed. */
  readonly atSilence: string;
  readonly keys: Readonly<Record<string, string>>;
}

export interface SmsPayload {
  readonly kind: 'sms';
  readonly text: string;
  /** The owner's link is put behind the text when it is sent; it is never stored. */
  readonly link: boolean;
}

export interface PushPayload {
  readonly kind: 'push';
  readonly title: string;
  readonly text: string;
  readonly link: boolean;
}

export interface EmailPayload {
  readonly kind: 'email';
  readonly subject: string;
  readonly text: string;
  readonly link: boolean;
}

export interface WebhookPayload {
  readonly kind: 'webhook';
  readonly event: Readonly<Record<string, unknown>>;
}

export type Payload = VoicePayload | SmsPayload | PushPayload | EmailPayload | WebhookPayload;

/** What a notification is about: an incident, planned works, or neither: then it is a notice of its own. */
export type JobSubject =
  | { readonly incident: IncidentId; readonly works: null; readonly notice?: null }
  | { readonly incident: null; readonly works: WorksId; readonly notice?: null }
  | { readonly incident: null; readonly works: null; readonly notice: string };

/** A notification as it enters the outbox. */
export type JobDraft = JobSubject & {
  readonly id: string;
  readonly facility: FacilityId;
  readonly organisation: OrganisationCode;
  readonly contact: ContactId | null;
  readonly webhook: string | null;
  /** Of the contact, as the chronology prints it; empty for a webhook. */
  readonly name: string;
  readonly channel: Channel;
  readonly purpose: string;
  readonly lane: 0 | 1 | 2;
  /** Telephone number, e-mail address or URL; `push` where the sender alone knows the browsers. */
  readonly address: string;
  readonly language: string;
  readonly payload: Payload;
  /** Not before; absent: now. Only what is about no fire waits for anything. */
  readonly dueAt?: Date;
};

/** A notification that is being sent. */
export type ClaimedJob = JobDraft & {
  readonly world: World;
  readonly round: number;
  /** Which try this is, from 1. */
  readonly attempts: number;
  /** Of the webhook; null for the telephone. */
  readonly sealedSecret: Buffer | null;
};

/** The same for every repetition of the same call or message, another for a new call on purpose. */
export function idempotencyKey(job: Pick<ClaimedJob, 'id' | 'round'>): string {
  return `${job.id}.${job.round}`;
}
