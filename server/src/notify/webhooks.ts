import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  type Actor,
  type AnyDraft,
  type EntryBody,
  type FacilityId,
  newUuid,
  notFound,
  type OrganisationCode,
  Problem,
  type World,
} from '@keng/model';
import { appendEntries } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { isPublicAddress } from './address-policy.ts';
import { sealWebhookSecret } from './secret-seal.ts';
import { secretText } from './signature.ts';
import type { SystemWebhookEvent, WebhookEvent } from './webhook-event.ts';

export interface WebhookInput {
  readonly organisation: OrganisationCode;
  readonly facility: FacilityId | null;
  readonly url: string;
  readonly events: readonly (WebhookEvent | SystemWebhookEvent)[];
}

export interface Webhook extends Omit<WebhookInput, 'events'> {
  readonly id: string;
  readonly events: readonly string[];
  readonly createdAt: Date;
}

/** Who registers or removes, and when. */
export interface WebhookHand {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
}

const SECRET_BYTES = 32;
const MOST_LISTED = 500;

/** Registration of webhooks, in the caller's transaction: row-level security keeps them inside the caller's organisation. */
export class Webhooks {
  readonly #kek: Buffer;
  readonly #privateAddresses: boolean;

  constructor(options: { readonly kek: Buffer; readonly privateAddresses: boolean }) {
    this.#kek = options.kek;
    this.#privateAddresses = options.privateAddresses;
  }

  /** @returns the secret, too: it is shown this once, and nobody can read it back */
  async register(
    client: PoolClient,
    hand: WebhookHand,
    input: WebhookInput,
  ): Promise<Webhook & { readonly secret: string }> {
    const { world, now } = hand;
    this.#check(input.url);
    const id = newUuid(now.getTime());
    const plain = randomBytes(SECRET_BYTES);
    await client.query(
      `insert into webhook (world, id, organisation, facility, url, sealed_secret, events, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        world,
        id,
        input.organisation,
        input.facility,
        input.url,
        sealWebhookSecret(this.#kek, { world, id }, plain),
        [...new Set(input.events)],
        now.toISOString(),
      ],
    );
    const { organisation, facility } = input;
    const body: EntryBody<'webhook.registered'> = {
      webhookId: id,
      organisation,
      facility,
      address: new URL(input.url).origin,
      events: [...new Set(input.events)],
    };
    await appendEntries(
      client,
      [{ ...headOf(hand, id, organisation, facility), kind: 'webhook.registered', body }],
      now,
    );
    return { ...input, id, createdAt: now, secret: secretText(plain) };
  }

  async list(client: PoolClient, world: World): Promise<Webhook[]> {
    const { rows } = await client.query<Webhook>(
      `select id, organisation, facility, url, events, created_at as "createdAt" from webhook
       where world = $1 and active order by created_at, id limit ${MOST_LISTED}`,
      [world],
    );
    return rows;
  }

  /** Nothing more is sent to it, also nothing that waits. */
  async remove(client: PoolClient, hand: WebhookHand, id: string): Promise<void> {
    const { world, now } = hand;
    const { rows } = await client.query<Pick<Webhook, 'organisation' | 'facility'>>(
      'update webhook set active = false where world = $1 and id = $2 and active returning organisation, facility',
      [world, id],
    );
    const [removed] = rows;
    if (removed === undefined) throw notFound('webhook', id);
    const head = headOf(hand, id, removed.organisation, removed.facility);
    await appendEntries(client, [{ ...head, kind: 'webhook.removed', body: { webhookId: id } }], now);
    await client.query(
      `update notify_job set status = 'cancelled', last_error = 'webhook removed', changed_at = $3
       where world = $1 and webhook = $2 and status in ('queued', 'accepted')`,
      [world, id, now.toISOString()],
    );
  }

  /** The sender checks again what a name means when it sends; this is for the person at the form. */
  #check(text: string): void {
    const url = new URL(text);
    if (url.username !== '' || url.password !== '') {
      throw new Problem(
        422,
        'webhook.url-credentials',
        'A URL with a password in it would stand in lists: leave it out.',
        {
          at: 'url',
        },
      );
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (this.#privateAddresses || isIP(host) === 0 || isPublicAddress(host)) return;
    throw new Problem(422, 'webhook.address-not-allowed', `${host} is an address inside a network.`, {
      at: 'url',
    });
  }
}

function headOf(
  { world, now, actor }: WebhookHand,
  id: string,
  organisation: OrganisationCode,
  facility: FacilityId | null,
): Omit<AnyDraft, 'kind' | 'body'> {
  return { world, lane: 2, subject: id, organisation, facility, revision: null, at: now, actor };
}
