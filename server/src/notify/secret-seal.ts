import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { World } from '@keng/model';

/**
 * Secrets of webhooks at rest: AES-256-GCM (NIST SP 800-38D), bound to the webhook they belong to, so that moving one to
 * another row breaks it. Layout: version (1 byte, 1), nonce (12), tag (16), ciphertext.
 */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

export interface WebhookRef {
  readonly world: World;
  readonly id: string;
}

/** A webhook's secret that does not open: KENG_WEBHOOKS_SECRET changed, or the row was tampered with. */
export class WebhookSecretBroken extends Error {
  override readonly name = 'WebhookSecretBroken';
  readonly code = 'webhook.secret-broken';

  constructor(id: string, cause?: unknown) {
    super(
      `The secret of webhook ${id} does not open: was KENG_WEBHOOKS_SECRET changed? Set the old one again, or register the webhook anew.`,
      cause === undefined ? undefined : { cause },
    );
  }
}

/** The 32 bytes that seal. */
export function webhookKek(secret: string): Buffer {
  if (secret === '') throw new TypeError('the secret that seals the secrets of webhooks is empty');
  return Buffer.from(hkdfSync('sha256', secret, 'keng', 'secrets of webhooks, 1', 32));
}

export function sealWebhookSecret(kek: Buffer, ref: WebhookRef, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', kek, nonce).setAAD(ownerBytes(ref));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text]);
}

/** @throws WebhookSecretBroken */
export function openWebhookSecret(kek: Buffer, ref: WebhookRef, sealed: Uint8Array): Buffer {
  if (sealed.length <= HEADER_BYTES || sealed[0] !== VERSION) throw new WebhookSecretBroken(ref.id);
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', kek, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(ownerBytes(ref)).setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new WebhookSecretBroken(ref.id, cause);
  }
}

const ownerBytes = ({ world, id }: WebhookRef): Buffer => Buffer.from(`${world}/${id}`);
