import {
  type Actor,
  type AnyDraft,
  applyContact,
  asEntry,
  type ContactEntry,
  type ContactId,
  type ContactRecord,
  type EntryBody,
  type FacilityId,
  isContactEntry,
  nothingKnown,
  type OrganisationCode,
  type World,
} from '@keng/model';
import { appendEntries } from '../../log/index.ts';
import type { PoolClient } from '../../platform/index.ts';

/** What is known of these contacts; who is not in it is not known yet. */
export async function readRecords(
  client: PoolClient,
  world: World,
  contacts: readonly ContactId[],
  lock = false,
): Promise<Map<ContactId, ContactRecord>> {
  if (contacts.length === 0) return new Map();
  const { rows } = await client.query<{ state: ContactRecord }>({
    name: lock ? 'contact-records-lock' : 'contact-records',
    text: `select state from contact_record where world = $1 and contact = any($2::uuid[]) ${lock ? 'order by contact for update' : ''}`,
    values: [world, contacts],
  });
  return new Map(rows.map(({ state }) => [state.contactId, state]));
}

/** What is known of the contacts of these facilities. */
export async function recordsOfFacilities(
  client: PoolClient,
  world: World,
  facilities: readonly FacilityId[],
): Promise<Map<ContactId, ContactRecord>> {
  if (facilities.length === 0) return new Map();
  const { rows } = await client.query<{ state: ContactRecord }>({
    name: 'contact-records-facilities',
    text: 'select state from contact_record where world = $1 and facility = any($2::uuid[])',
    values: [world, facilities],
  });
  return new Map(rows.map(({ state }) => [state.contactId, state]));
}

type Kind = ContactEntry['kind'];

/** One thing that is to be said of a contact. */
export interface ContactChange<Some extends Kind = Kind> {
  readonly kind: Some;
  readonly body: EntryBody<Some>;
  readonly organisation: OrganisationCode;
  readonly actor: Actor;
}

/**
 * Applies changes to the records of contacts and appends their entries, in the caller's transaction. Changes of one contact are
 * applied in their order.
 */
export async function changeRecords(
  client: PoolClient,
  world: World,
  changes: readonly ContactChange[],
  now: Date,
): Promise<Map<ContactId, ContactRecord>> {
  const records = await readRecords(
    client,
    world,
    [...new Set(changes.map((one) => one.body.contactId))],
    true,
  );
  const organisations = new Map<ContactId, OrganisationCode>();
  const drafts: AnyDraft[] = [];
  for (const { kind, body, organisation, actor } of changes) {
    const before = records.get(body.contactId) ?? nothingKnown(body.contactId, body.facilityId, body.name);
    const draft = {
      world,
      kind,
      lane: 2,
      subject: body.contactId,
      organisation,
      facility: body.facilityId,
      revision: before.entries + 1,
      at: now,
      actor,
      body,
      // Kind and body belong together by ContactChange; the compiler cannot see that through the union.
    } as AnyDraft;
    const entry = asEntry(draft);
    if (!isContactEntry(entry)) throw new TypeError(`${kind} is not about a contact`);
    records.set(body.contactId, applyContact(before, entry));
    organisations.set(body.contactId, organisation);
    drafts.push(draft);
  }
  await storeRecords(
    client,
    world,
    [...organisations].map(([id, organisation]) => ({ record: records.get(id), organisation })),
  );
  await appendEntries(client, drafts, now);
  return records;
}

async function storeRecords(
  client: PoolClient,
  world: World,
  rows: readonly { readonly record: ContactRecord | undefined; readonly organisation: OrganisationCode }[],
): Promise<void> {
  if (rows.length === 0) return;
  const document = JSON.stringify(rows);
  // Two statements and not an upsert: the sender may change what is there and can make nothing new.
  const { rows: known } = await client.query<{ contact: ContactId }>({
    name: 'contact-records-update',
    text: `update contact_record r set facility = (given.record->>'facilityId')::uuid, organisation = given.organisation,
        unanswered = (given.record->>'unansweredInARow')::integer, reported_at = coalesce((given.record->>'reportedAt')::timestamptz, (given.record#>>'{emailReturned,at}')::timestamptz),
        revision = (given.record->>'entries')::integer, state = given.record
      from jsonb_to_recordset($2::jsonb) as given(record jsonb, organisation text)
      where r.world = $1 and r.contact = (given.record->>'contactId')::uuid returning r.contact`,
    values: [world, document],
  });
  const there = new Set(known.map((one) => one.contact));
  const fresh = rows.filter(({ record }) => record !== undefined && !there.has(record.contactId));
  if (fresh.length === 0) return;
  await client.query({
    name: 'contact-records-insert',
    text: `insert into contact_record (world, contact, facility, organisation, unanswered, reported_at, revision, state)
      select $1, (record->>'contactId')::uuid, (record->>'facilityId')::uuid, organisation,
        (record->>'unansweredInARow')::integer,
        coalesce((record->>'reportedAt')::timestamptz, (record#>>'{emailReturned,at}')::timestamptz), (record->>'entries')::integer, record
      from jsonb_to_recordset($2::jsonb) as given(record jsonb, organisation text)`,
    values: [world, JSON.stringify(fresh)],
  });
}
