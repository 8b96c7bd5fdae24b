import { z } from 'zod';
import { type ChannelAdapter, type OutgoingJob, type Receipt, SendFailed } from './channel-adapter.ts';
import { postJson } from './post-json.ts';
import { sign, signingKey } from './signature.ts';

export interface TelephoneGateway {
  /** Without a slash at its end; /calls and /messages are put behind it. */
  readonly url: string;
  /** Shared with the gateway. */
  readonly secret: string;
  readonly timeoutMs?: number;
  /** Requests under way at once, for calls and for messages each. */
  readonly concurrency?: number;
}

const TIMEOUT_MS = 10_000;
const CONCURRENCY = 64;
const ANSWER_BYTES = 16 * 1024;
const taken = z.object({ id: z.string().min(1).max(200) });

/** Calls and SMS by a gateway that speaks the contract of docs/interfaces/telephone-gateway.md. */
export function telephoneAdapters(gateway: TelephoneGateway): ChannelAdapter[] {
  const key = signingKey(gateway.secret);
  const adapter = (channel: 'voice' | 'sms', path: string): ChannelAdapter => ({
    channel,
    concurrency: gateway.concurrency ?? CONCURRENCY,
    async send(job, signal): Promise<Receipt> {
      const body = JSON.stringify(requestOf(job));
      const { text } = await postJson({
        url: `${gateway.url}${path}`,
        headers: {
          'idempotency-key': job.idempotencyKey,
          ...sign(key, job.idempotencyKey, job.at, body),
        },
        body,
        timeoutMs: gateway.timeoutMs ?? TIMEOUT_MS,
        answerBytes: ANSWER_BYTES,
        // The operator of the centre named it, not a user: it may well stand in the next rack.
        privateAddresses: true,
        signal,
      });
      return { state: 'accepted', reference: readId(text) };
    },
  });
  return [adapter('voice', '/calls'), adapter('sms', '/messages')];
}

/** The centre without a gateway: nothing leaves, and each notification says so instead of waiting in silence. */
export function noTelephone(): ChannelAdapter[] {
  const adapter = (channel: 'voice' | 'sms'): ChannelAdapter => ({
    channel,
    concurrency: CONCURRENCY,
    async send() {
      throw new SendFailed('not-configured', 'no telephone gateway is configured', { again: false });
    },
  });
  return [adapter('voice'), adapter('sms')];
}

function requestOf({ payload, address, language, id, round, link }: OutgoingJob): Record<string, unknown> {
  const common = { reference: id, round, to: address, language };
  if (payload.kind === 'voice') {
    return { ...common, say: payload.say, atSilence: payload.atSilence, keys: payload.keys };
  }
  if (payload.kind === 'sms') {
    return { ...common, text: payload.link && link !== null ? `${payload.text} ${link}` : payload.text };
  }
  throw new TypeError(`the telephone cannot say a ${payload.kind}`);
}

function readId(text: string): string {
  try {
    return taken.parse(JSON.parse(text)).id;
  } catch (cause) {
    throw new SendFailed('answer-unreadable', 'the gateway did not say under which id it took it', {
      again: true,
      cause,
    });
  }
}
