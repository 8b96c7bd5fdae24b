import { createHash } from 'node:crypto';
import {
  type ContactId,
  canonicalJson,
  checkBody,
  type EntryKind,
  type FacilityId,
  type World,
} from '@keng/model';
import { markOf as addressMarkOf } from '../notify/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { ERASED, type Identity, redact } from './rules.ts';

export interface ErasedEntry {
  readonly id: number;
  readonly sha256: string;
}

interface Row {
  readonly id: number;
  readonly kind: EntryKind;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string | null;
  readonly body: unknown;
}

const AT_ONCE = 1_000;

/** What a placeholder is held to by the entry that declares it. `keng verify` computes the same. */
export function placeholderHash(bodyText: string, actorName: string | null): string {
  return createHash('sha256')
    .update(`${bodyText}\u001f${actorName ?? ''}`)
    .digest('hex');
}

/** Every name and number the register ever had of this contact; null: it never had them. */
export async function identityOf(
  client: PoolClient,
  world: World,
  facility: FacilityId,
  contactId: ContactId,
): Promise<Identity | null> {
  const { rows } = await client.query<{ contact: { name: string; telephone: string; email: string | null } }>(
    `select distinct c.contact from entry e cross join lateral jsonb_array_elements(e.body::jsonb->'contacts') as c (contact)
     where e.world = $1 and e.subject = $2 and e.kind in ('facility.registered', 'facility.changed')
       and c.contact->>'id' = $3`,
    [world, facility, contactId],
  );
  if (rows.length === 0) return null;
  const known = rows.map(({ contact }) => contact).filter((contact) => contact.name !== ERASED);
  return {
    contactId,
    names: known.map(({ name }) => name),
    telephones: known.map(({ telephone }) => telephone),
    // The mark of an address stands where mail came back from it; it would tell who it was to whoever guesses the address.
    emails: known.flatMap(({ email }) => (email === null ? [] : [email, addressMarkOf(email)])),
  };
}

export interface FormerContact {
  readonly id: ContactId;
  readonly name: string;
  readonly telephone: string;
}

/** Who once was in the register of this facility and is no more, by the last name and number they had there; erased ones are nobody. */
export async function formerContacts(
  client: PoolClient,
  world: World,
  facility: FacilityId,
): Promise<FormerContact[]> {
  const { rows } = await client.query<FormerContact>(
    `select * from (
       select distinct on (c.contact->>'id') c.contact->>'id' as id, c.contact->>'name' as name, c.contact->>'telephone' as telephone
       from facility f join entry e on e.world = f.world and e.subject = f.id::text
         cross join lateral jsonb_array_elements(e.body::jsonb->'contacts') as c (contact)
       where f.world = $1 and f.id = $2 and e.kind in ('facility.registered', 'facility.changed')
         and not f.state->'contacts' @> jsonb_build_array(jsonb_build_object('id', c.contact->>'id'))
       order by c.contact->>'id', e.id desc) known
     where name <> $3 order by name, id limit 500`,
    [world, facility, ERASED],
  );
  return rows;
}

/**
 * Replaces the bodies of all entries of a facility that speak of this person. One walk over the log: entries have no index by
 * facility, for it would cost every alarm something, and nobody waits for this.
 */
export async function eraseEntries(
  client: PoolClient,
  world: World,
  facility: FacilityId,
  identity: Identity,
): Promise<ErasedEntry[]> {
  const erased: ErasedEntry[] = [];
  for (let after = 0; ; ) {
    const { rows } = await client.query<Row>(
      `select id, kind, actor_kind, actor_id, actor_name, body from entry
       where world = $1 and id > $2 and (facility = $3 or subject = $4 or subject = $3::text) and body is not null
       order by id limit $5`,
      [world, after, facility, identity.contactId, AT_ONCE],
    );
    for (const row of rows) {
      const one = await eraseEntry(client, world, row, identity);
      if (one) erased.push(one);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return erased;
    after = last.id;
  }
}

async function eraseEntry(
  client: PoolClient,
  world: World,
  row: Row,
  identity: Identity,
): Promise<ErasedEntry | null> {
  const before = canonicalJson(row.body);
  const redacted = redact(row.body, identity);
  const bodyText = canonicalJson(redacted);
  const isActor = row.actor_kind === 'contact' && row.actor_id === identity.contactId;
  const actorName = isActor && row.actor_name !== null ? ERASED : row.actor_name;
  if (bodyText === before && actorName === row.actor_name) return null;
  // Whoever reads it later takes it for an entry of its kind.
  checkBody(row.kind, redacted);
  await client.query(
    'update entry set body = $3::json, salt = null, actor_name = $4 where world = $1 and id = $2',
    [world, row.id, bodyText, actorName],
  );
  return { id: row.id, sha256: placeholderHash(bodyText, actorName) };
}

/** The states that those entries add up to. */
export async function eraseStates(
  client: PoolClient,
  world: World,
  facility: FacilityId,
  identity: Identity,
): Promise<void> {
  const { rows: tables } = await client.query<{ name: string; key: string }>(
    `select c.relname as name, case when c.relname = 'facility' then 'id' else 'facility' end as key
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'state'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and has_column_privilege(current_user, c.oid, a.attnum, 'UPDATE')`,
  );
  for (const { name, key } of tables) {
    // Names of the catalogue, never input.
    const { rows } = await client.query<{ place: string; state: unknown }>(
      `select ctid::text as place, state from ${name} where world = $1 and ${key} = $2 for update`,
      [world, facility],
    );
    for (const { place, state } of rows) {
      const redacted = redact(state, identity);
      if (canonicalJson(redacted) === canonicalJson(state)) continue;
      await client.query(`update ${name} set state = $2 where world = $1 and ctid = $3::tid`, [
        world,
        JSON.stringify(redacted),
        place,
      ]);
    }
  }
}

/** True while something is still to be said to this person. */
export async function isBeingTold(client: PoolClient, world: World, contact: ContactId): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from notify_job where world = $1 and contact = $2 and status in ('queued', 'sending', 'accepted') limit 1`,
    [world, contact],
  );
  return rowCount === 1;
}

export async function eraseOutbox(client: PoolClient, world: World, identity: Identity): Promise<void> {
  const { rows } = await client.query<{ id: string; payload: unknown }>(
    'select id, payload from notify_job where world = $1 and contact = $2',
    [world, identity.contactId],
  );
  for (const { id, payload } of rows) {
    await client.query(
      `update notify_job set name = $3, address = '', payload = $4, last_error = null, receipt = null
       where world = $1 and id = $2`,
      [world, id, ERASED, JSON.stringify(redact(payload, identity))],
    );
  }
  await client.query('delete from owner_link where world = $1 and contact = $2', [world, identity.contactId]);
  await client.query('delete from push_subscription where world = $1 and contact = $2', [
    world,
    identity.contactId,
  ]);
}
