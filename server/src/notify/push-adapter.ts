import type { ContactId, World } from '@keng/model';
import webpush from 'web-push';
import { type ChannelAdapter, type OutgoingJob, type Receipt, SendFailed } from './channel-adapter.ts';
import { postBytes } from './post-json.ts';
import type { VapidKeys } from './vapid.ts';

/** A browser of a contact, as the push service of its maker knows it. */
export interface PushSubscription {
  readonly id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface PushAdapterOptions {
  readonly keys: VapidKeys;
  /** Whom a push service may ask about us (RFC 8292): an https: or mailto: address. */
  readonly subject: string;
  /** Push services may stand inside a network. */
  readonly privateAddresses: boolean;
  readonly subscriptionsOf: (world: World, contact: ContactId) => Promise<readonly PushSubscription[]>;
  /** The push service does not know it any more: it is never used again. */
  readonly forget: (world: World, contact: ContactId, subscription: PushSubscription) => Promise<void>;
  readonly timeoutMs?: number;
  readonly concurrency?: number;
}

const TIMEOUT_MS = 10_000;
const CONCURRENCY = 64;
const ANSWER_BYTES = 16 * 1024;
/** Who takes the telephone in hand an hour later has been called long since. */
const KEEP_SECONDS = 3_600;
/** Not found, gone: the subscription is over (RFC 8030, sections 5.2 and 7.3). */
const OVER = new Set([404, 410]);

/** Web push (RFC 8030), encrypted for the browser (RFC 8291), signed for the service (RFC 8292). */
export function pushAdapter(options: PushAdapterOptions): ChannelAdapter {
  return {
    channel: 'push',
    concurrency: options.concurrency ?? CONCURRENCY,
    async send(job, signal): Promise<Receipt> {
      const { contact } = job;
      if (contact === null) throw new TypeError('a push message is for a contact');
      const subscriptions = await options.subscriptionsOf(job.world, contact);
      const results = await Promise.all(
        subscriptions.map((one) => sendTo(options, job, contact, one, signal)),
      );
      const failures = results.filter((one) => one instanceof SendFailed);
      const taken = results.length - failures.length;
      if (taken > 0) return { state: 'delivered', reference: `${taken}/${results.length}` };
      throw (
        failures.find((one) => one.again) ??
        failures[0] ??
        new SendFailed('not-configured', 'no browser of this contact is subscribed', { again: false })
      );
    },
  };
}

/** null: the push service took it. */
async function sendTo(
  options: PushAdapterOptions,
  job: OutgoingJob,
  contact: ContactId,
  subscription: PushSubscription,
  signal: AbortSignal,
): Promise<SendFailed | null> {
  const { endpoint, p256dh, auth } = subscription;
  try {
    const request = webpush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(messageOf(job)),
      {
        vapidDetails: { subject: options.subject, ...options.keys },
        TTL: KEEP_SECONDS,
        urgency: job.lane === 0 ? 'high' : 'normal',
        topic: topicOf(job),
        contentEncoding: 'aes128gcm',
      },
    );
    await postBytes({
      url: endpoint,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      body: request.body ?? Buffer.alloc(0),
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      answerBytes: ANSWER_BYTES,
      privateAddresses: options.privateAddresses,
      signal,
    });
    return null;
  } catch (error) {
    if (!(error instanceof SendFailed)) {
      // Keys that are no keys: what the browser gave was not checked by anybody but us.
      return new SendFailed('not-configured', 'the subscription is unusable', { again: false, cause: error });
    }
    if (error.status === null || !OVER.has(error.status)) return error;
    await options.forget(job.world, contact, subscription);
    return new SendFailed('refused', 'the subscription is over', {
      again: false,
      status: error.status,
      cause: error,
    });
  }
}

/** What the service worker shows. No name of a person, no number, no address: the page behind the link has them. */
export interface PushMessage {
  readonly title: string;
  readonly body: string;
  readonly url: string | null;
  /** Of one thing the last message stands, not a row of them. */
  readonly tag: string;
  readonly urgent: boolean;
}

function messageOf({ payload, link, incident, works, id, lane }: OutgoingJob): PushMessage {
  if (payload.kind !== 'push') throw new TypeError(`web push cannot say a ${payload.kind}`);
  return {
    title: payload.title,
    body: payload.text,
    url: payload.link ? link : null,
    tag: incident ?? works ?? id,
    urgent: lane === 0,
  };
}

/** A later message about the same replaces an undelivered one at the push service: 32 characters at most (RFC 8030, 5.4). */
function topicOf({ incident, works, id }: OutgoingJob): string {
  return (incident ?? works ?? id).replaceAll('-', '').slice(0, 32);
}
