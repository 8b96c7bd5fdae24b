import type { ChannelAdapter, OutgoingJob, Receipt } from './channel-adapter.ts';
import { SendFailed } from './channel-adapter.ts';
import { postJson } from './post-json.ts';
import { openWebhookSecret } from './secret-seal.ts';
import { sign } from './signature.ts';

export interface WebhookAdapterOptions {
  /** Opens the secrets of webhooks: webhookKek(secrets.webhooks). */
  readonly kek: Buffer;
  /** Webhooks may point into private networks. */
  readonly privateAddresses: boolean;
  readonly timeoutMs?: number;
  readonly concurrency?: number;
}

const TIMEOUT_MS = 10_000;
const CONCURRENCY = 128;
const ANSWER_BYTES = 16 * 1024;

/** Posts events, signed by Standard Webhooks; any 2xx is a receipt. Contract: docs/interfaces/webhook.md */
export function webhookAdapter(options: WebhookAdapterOptions): ChannelAdapter {
  return {
    channel: 'webhook',
    concurrency: options.concurrency ?? CONCURRENCY,
    async send(job, signal): Promise<Receipt> {
      const body = bodyOf(job);
      const key = openWebhookSecret(options.kek, { world: job.world, id: job.webhook ?? '' }, sealedOf(job));
      const { status } = await postJson({
        url: job.address,
        // The id is that of the message and not of the attempt: whoever has seen it has seen it.
        headers: { ...sign(key, job.id, job.at, body) },
        body,
        timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
        answerBytes: ANSWER_BYTES,
        privateAddresses: options.privateAddresses,
        signal,
      });
      return { state: 'delivered', reference: String(status) };
    },
  };
}

function bodyOf({ payload }: OutgoingJob): string {
  if (payload.kind !== 'webhook') throw new TypeError(`a webhook cannot say a ${payload.kind}`);
  return JSON.stringify(payload.event);
}

function sealedOf({ sealedSecret, webhook }: OutgoingJob): Buffer {
  if (sealedSecret !== null) return sealedSecret;
  throw new SendFailed('not-configured', `the webhook ${webhook} is gone`, { again: false });
}
