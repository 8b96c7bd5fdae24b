import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import {
  type Actor,
  type Contact,
  type ContactId,
  type ContactPreference,
  type ContactRecord,
  type FacilityId,
  invalid,
  newUuid,
  notFound,
  Problem,
  type World,
} from '@keng/model';
import { type FacilityForAlarm, facilitySummaries } from '../../facilities/index.ts';
import type { PoolClient } from '../../platform/index.ts';
import { isPublicAddress } from '../address-policy.ts';
import { MOST_BROWSERS } from './push-store.ts';
import { type ContactChange, changeRecords, readRecords, recordsOfFacilities } from './record-store.ts';
import { returnedOf } from './rules.ts';

/** A browser's subscription as the Push API gives it. */
export interface BrowserSubscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** Whose settings, and who changes them. */
export interface ContactHand {
  readonly world: World;
  readonly now: Date;
  readonly facility: FacilityId;
  readonly contact: ContactId;
  /** null: the contact, by the link that they were sent. */
  readonly actor: Actor | null;
}

export interface ContactSettings {
  readonly contact: Pick<Contact, 'id' | 'name' | 'order' | 'language'>;
  readonly facility: { readonly id: FacilityId; readonly name: string };
  /** What the register has of them; without an address there is no way by it. */
  readonly hasEmail: boolean;
  readonly preference: ContactPreference | null;
  readonly browsers: number;
  readonly unansweredInARow: number;
  readonly reportedAt: string | null;
  /** Mail came back from the address that the register has. */
  readonly emailReturned: { readonly at: string; readonly status: string | null } | null;
  /** For the browser that asks to be told; null: web push is not there. */
  readonly pushKey: string | null;
}

/** What contacts ask for, in the caller's transaction: row-level security keeps it within their facilities. */
export class ContactService {
  readonly #pushKey: string | null;
  readonly #privateAddresses: boolean;

  constructor(options: { readonly pushKey: string | null; readonly privateAddresses: boolean }) {
    this.#pushKey = options.pushKey;
    this.#privateAddresses = options.privateAddresses;
  }

  async settings(
    client: PoolClient,
    { world, facility, contact }: Pick<ContactHand, 'world' | 'facility' | 'contact'>,
  ): Promise<ContactSettings> {
    const place = await this.#place(client, world, facility);
    const record = (await readRecords(client, world, [contact])).get(contact) ?? null;
    return this.#view(place, contactOf(place, contact), record);
  }

  /** Of all contacts of these facilities. */
  async list(
    client: PoolClient,
    world: World,
    facilities: readonly FacilityId[],
  ): Promise<ContactSettings[]> {
    const places = await facilitySummaries(client, world, facilities);
    const records = await recordsOfFacilities(client, world, facilities);
    return [...places.values()]
      .filter((place) => !place.removed)
      .flatMap((place) =>
        place.contacts.map((contact) => this.#view(place, contact, records.get(contact.id) ?? null)),
      );
  }

  async prefer(
    client: PoolClient,
    hand: ContactHand,
    preference: ContactPreference,
  ): Promise<ContactSettings> {
    return await this.#change(client, hand, (about) => ({
      kind: 'contact.preferred',
      body: { ...about, preference },
    }));
  }

  /**
   * The same browser again is the same subscription.
   * @throws Problem `push.not-configured`, `push.endpoint-not-allowed`, `push.keys-invalid`, `push.too-many`
   */
  async subscribe(
    client: PoolClient,
    hand: ContactHand,
    subscription: BrowserSubscription,
  ): Promise<ContactSettings> {
    const { world, now, contact, facility } = hand;
    if (this.#pushKey === null) throw new Problem(409, 'push.not-configured', 'Web push is not there.');
    const service = this.#checkEndpoint(subscription.endpoint);
    checkKeys(subscription.keys);
    contactOf(await this.#place(client, world, facility), contact);
    const record = (await readRecords(client, world, [contact], true)).get(contact);
    const id = newUuid(now.getTime());
    const { rowCount } = await client.query({
      name: 'push-subscribe',
      text: `insert into push_subscription (world, id, contact, facility, endpoint, endpoint_hash, p256dh, auth, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (world, contact, endpoint_hash) do nothing`,
      values: [
        world,
        id,
        contact,
        facility,
        subscription.endpoint,
        hashOf(subscription.endpoint),
        subscription.keys.p256dh,
        subscription.keys.auth,
        now.toISOString(),
      ],
    });
    if (rowCount === 0) return await this.settings(client, hand);
    // Counted after the insert: whoever is one too many takes it back with the transaction.
    if ((record?.pushSubscriptions.length ?? 0) >= MOST_BROWSERS) {
      throw new Problem(409, 'push.too-many', `At most ${MOST_BROWSERS} browsers of one contact are told.`);
    }
    return await this.#change(client, hand, (about) => ({
      kind: 'contact.push-added',
      body: { ...about, subscriptionId: id, service },
    }));
  }

  /** This browser is told nothing more. */
  async unsubscribe(client: PoolClient, hand: ContactHand, endpoint: string): Promise<ContactSettings> {
    const { rows } = await client.query<{ id: string }>({
      name: 'push-unsubscribe',
      text: 'delete from push_subscription where world = $1 and contact = $2 and endpoint_hash = $3 returning id',
      values: [hand.world, hand.contact, hashOf(endpoint)],
    });
    const [removed] = rows;
    if (removed === undefined) return await this.settings(client, hand);
    return await this.#change(client, hand, (about) => ({
      kind: 'contact.push-removed',
      body: { ...about, subscriptionId: removed.id, because: 'asked' },
    }));
  }

  /** Whoever knows that the address takes mail again says so; a new address needs no word. */
  async emailWorks(client: PoolClient, hand: ContactHand): Promise<ContactSettings> {
    const { world, contact } = hand;
    const mark = (await readRecords(client, world, [contact], true)).get(contact)?.emailReturned?.mark;
    if (mark === undefined) return await this.settings(client, hand);
    return await this.#change(client, hand, (about) => ({
      kind: 'contact.email-works',
      body: { ...about, mark },
    }));
  }

  async #change(
    client: PoolClient,
    hand: ContactHand,
    what: (about: {
      contactId: ContactId;
      facilityId: FacilityId;
      name: string;
    }) => Pick<ContactChange, 'kind' | 'body'>,
  ): Promise<ContactSettings> {
    const { world, now, facility, contact: id } = hand;
    const place = await this.#place(client, world, facility);
    const contact = contactOf(place, id);
    const actor: Actor = hand.actor ?? { kind: 'contact', id, name: contact.name };
    const change = {
      ...what({ contactId: id, facilityId: facility, name: contact.name }),
      organisation: place.organisation,
      actor,
    };
    const records = await changeRecords(client, world, [change], now);
    return this.#view(place, contact, records.get(id) ?? null);
  }

  #view(place: FacilityForAlarm, contact: Contact, record: ContactRecord | null): ContactSettings {
    const { id, name, order, language } = contact;
    const returned = returnedOf(contact, record);
    return {
      contact: { id, name, order, language },
      facility: { id: place.summary.id, name: place.summary.name },
      hasEmail: contact.email !== null,
      preference: record?.preference ?? null,
      browsers: record?.pushSubscriptions.length ?? 0,
      unansweredInARow: record?.unansweredInARow ?? 0,
      reportedAt: record?.reportedAt ?? null,
      emailReturned: returned ? { at: returned.at, status: returned.status } : null,
      pushKey: this.#pushKey,
    };
  }

  async #place(client: PoolClient, world: World, id: FacilityId): Promise<FacilityForAlarm> {
    const place = (await facilitySummaries(client, world, [id])).get(id);
    if (place === undefined || place.removed) throw notFound('facility', id);
    return place;
  }

  /**
   * What a browser says is its push service is an address that we shall call: the sender looks again at what its name means.
   * @returns the service without the part that is a key to the browser
   */
  #checkEndpoint(endpoint: string): string {
    const url = new URL(endpoint);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const refused =
      url.username !== '' ||
      url.password !== '' ||
      (!this.#privateAddresses &&
        (url.protocol !== 'https:' || (isIP(host) !== 0 && !isPublicAddress(host))));
    if (refused) throw invalid('push.endpoint-not-allowed', `${host} is no push service.`, 'endpoint');
    return url.origin;
  }
}

function contactOf(place: FacilityForAlarm, id: ContactId): Contact {
  const contact = place.contacts.find((one) => one.id === id);
  if (contact === undefined) throw notFound('contact', id);
  return contact;
}

const hashOf = (endpoint: string): Buffer => createHash('sha256').update(endpoint).digest();

/** A point of P-256 without compression, and 16 bytes (RFC 8291, section 3). */
const POINT_BYTES = 65;
const AUTH_BYTES = 16;

function checkKeys({ p256dh, auth }: BrowserSubscription['keys']): void {
  const point = Buffer.from(p256dh, 'base64url');
  if (point.length === POINT_BYTES && point[0] === 4 && Buffer.from(auth, 'base64url').length === AUTH_BYTES)
    return;
  throw invalid('push.keys-invalid', 'These are no keys of a browser.', 'keys');
}
