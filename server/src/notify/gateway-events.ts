import {
  type EntryBody,
  type IncidentId,
  type IncidentState,
  type OwnerAnswer,
  Problem,
  type World,
} from '@keng/model';
import { z } from 'zod';
import { answerAsContact, markMeasuresShown, readIncident, recordOwnerReports } from '../incidents/index.ts';
import { appendEntries } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { findEvent, lockJob, type NotifiedJob, storeEvent, storeReceipt } from './gateway-store.ts';
import { tellsOfAlarm } from './job.ts';
import { notifyDraft } from './notify-draft.ts';
import type { RetryPolicy } from './policy.ts';
import { applyReceipt, GATEWAY_EVENTS, ownerWanted, type ReceiptChange } from './receipt-rules.ts';
import type { Occasion, Wording } from './wording.ts';

export const gatewayEvent = z.object({
  /** The notification, as the request named it. */
  reference: z.uuid(),
  round: z.number().int().min(1).max(1_000),
  /** How the gateway names the call or message. */
  id: z.string().min(1).max(200),
  type: z.enum(GATEWAY_EVENTS),
  key: z.string().min(1).max(8).nullish(),
  text: z.string().max(1_000).nullish(),
  detail: z.string().max(500).nullish(),
});
export type GatewayEvent = z.infer<typeof gatewayEvent>;

/** What the gateway says next on the line, and what it does then. */
export const gatewayAnswer = z.object({
  say: z.array(z.string()),
  next: z.enum(['listen', 'hang-up']),
});
export type GatewayAnswer = z.infer<typeof gatewayAnswer>;

const NOTHING: GatewayAnswer = { say: [], next: 'listen' };

export interface GatewayCall {
  readonly world: World;
  readonly now: Date;
  /** Of the signed request: the same id again is the same event, signed anew. */
  readonly eventId: string;
  readonly signedAt: Date;
}

/** Receipts and keys pressed. Runs in a transaction that sees the facility of the notification and nothing else. */
export class GatewayEvents {
  readonly #wording: Wording;
  readonly #policy: RetryPolicy;

  constructor(wording: Wording, policy: RetryPolicy) {
    this.#wording = wording;
    this.#policy = policy;
  }

  /**
   * Takes an event once. The gateway that did not hear our answer asks again, signed anew, and gets the same answer; a copy of
   * what it once sent is refused.
   * @throws Problem `gateway.replayed`, `gateway.unknown-reference`
   */
  async take(client: PoolClient, call: GatewayCall, event: GatewayEvent): Promise<GatewayAnswer> {
    // The lock of the job comes first: two deliveries of one event must not both find it new.
    const job = await lockJob(client, call.world, event.reference);
    if (!job || (job.channel !== 'voice' && job.channel !== 'sms')) throw unknownReference(event.reference);
    const seen = await findEvent(client, call.world, call.eventId);
    if (seen) return await this.#repeat(client, call, event, seen);
    const answer = await this.#handle(client, call, job, event);
    const { eventId: id, signedAt, world, now } = call;
    await storeEvent(client, world, { id, job: job.id, signedAt, answer }, now);
    return answer;
  }

  async #repeat(
    client: PoolClient,
    call: GatewayCall,
    event: GatewayEvent,
    seen: { readonly signedAt: Date; readonly answer: unknown },
  ): Promise<GatewayAnswer> {
    if (call.signedAt <= seen.signedAt) {
      throw new Problem(
        409,
        'gateway.replayed',
        'This very request was taken already: sign a repetition anew.',
      );
    }
    const stored = { id: call.eventId, job: event.reference, signedAt: call.signedAt, answer: seen.answer };
    await storeEvent(client, call.world, stored, call.now);
    return gatewayAnswer.parse(seen.answer);
  }

  async #handle(
    client: PoolClient,
    { world, now }: GatewayCall,
    job: NotifiedJob,
    event: GatewayEvent,
  ): Promise<GatewayAnswer> {
    // A message about works asks nothing: whatever is answered to it says that it was read, and is no word about a fire.
    const before = job.incident === null ? null : await readIncident(client, world, job.incident);
    const pressed = before === null ? null : this.#meaning(event);
    // What a person said counts whatever became of the call since.
    const answer =
      before === null || pressed === null
        ? NOTHING
        : await this.#hear(client, world, job, before, pressed, now);
    const receipt = { type: event.type, round: event.round, detail: event.detail ?? null };
    const wanted = before === null || !tellsOfAlarm(job.purpose) || ownerWanted(before);
    const change = applyReceipt(job, receipt, wanted, this.#policy, now);
    if (change === null) return answer;
    await storeReceipt(client, job, change, event.id, now);
    await tell(client, job, change, event.id, now);
    return answer;
  }

  #meaning(event: GatewayEvent): Meaning | null {
    if (event.type !== 'key' && event.type !== 'reply') return null;
    const key = event.type === 'key' ? event.key : event.text?.trim().charAt(0);
    return this.#wording.answerOfKey(key ?? '') ?? 'unknown';
  }

  async #hear(
    client: PoolClient,
    world: World,
    job: NotifiedJob,
    state: IncidentState,
    meaning: Meaning,
    now: Date,
  ): Promise<GatewayAnswer> {
    const language = this.#wording.spoken(job.language === 'vi' ? 'vi' : 'en');
    const about = occasionOf(state);
    const text = (code: string): string => this.#wording.text(code, language, about);
    if (meaning === 'unknown')
      return { say: [text('call.not-understood'), text('call.menu')], next: 'listen' };
    const measures = (): string[] => [
      text('call.real'),
      ...this.#wording.measuresAloud(state.facility.category, language),
    ];
    if (meaning === 'repeat')
      return { say: saidReal(state, job) ? measures() : opening(job), next: 'listen' };
    try {
      await this.#answer(client, world, job, state.id, meaning, now);
    } catch (error) {
      // The incident is closed, or somebody plays with the keys: the line is ended politely, and the receipt still counts.
      if (error instanceof Problem) return { say: [text('call.end')], next: 'hang-up' };
      throw error;
    }
    return { say: meaning === 'real' ? measures() : [text(`call.${meaning}`)], next: 'listen' };
  }

  async #answer(
    client: PoolClient,
    world: World,
    { contact: contactId, name }: NotifiedJob,
    incident: IncidentId,
    answer: OwnerAnswer,
    now: Date,
  ): Promise<void> {
    await answerAsContact(client, world, incident, { contactId, name, answer, channel: 'telephone' }, now);
    if (answer !== 'real') return;
    await markMeasuresShown(client, world, incident, { contactId, channel: 'telephone' }, now);
  }
}

type Meaning = OwnerAnswer | 'repeat' | 'unknown';

function occasionOf({ facility, zones, openedAt }: IncidentState): Occasion {
  const named = zones.map(({ zone, label }) => ({ zone, zoneLabel: label }));
  return { facility: facility.name, address: facility.address, zones: named, at: new Date(openedAt) };
}

function saidReal(state: IncidentState, job: NotifiedJob): boolean {
  return state.owner.answers.some((one) => one.contactId === job.contact && one.answer === 'real');
}

const opening = ({ payload }: NotifiedJob): string[] => (payload.kind === 'voice' ? [...payload.say] : []);

async function tell(
  client: PoolClient,
  job: NotifiedJob,
  { reached, ended, error }: ReceiptChange,
  receipt: string,
  now: Date,
): Promise<void> {
  const attempt = job.attempts;
  if (ended === 'delivered')
    await appendEntries(client, [notifyDraft(job, 'notify.delivered', { attempt, receipt }, now)], now);
  if (ended === 'failed') {
    const failed = { attempt, error: error ?? 'failed', final: true };
    await appendEntries(client, [notifyDraft(job, 'notify.failed', failed, now)], now);
  }
  if (reached === null || job.contact === null || job.incident === null || !tellsOfAlarm(job.purpose)) return;
  const body: EntryBody<'incident.contact-reached'> = {
    contactId: job.contact,
    name: job.name,
    channel: job.channel,
    result: reached,
    detail: error,
  };
  await recordOwnerReports(
    client,
    job.world,
    [{ incident: job.incident, alerted: null, reached: [body] }],
    now,
  );
}

export function unknownReference(reference: string): Problem {
  return new Problem(404, 'gateway.unknown-reference', 'The centre has no such call or message.', {
    at: reference,
  });
}
