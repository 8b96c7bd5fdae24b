import {
  type Actor,
  type AnyDraft,
  type ContactId,
  conflict,
  ERASED_AT_ONCE,
  type FacilityId,
  newUuid,
  notFound,
  type OrganisationCode,
  Problem,
  type UserId,
  type World,
} from '@keng/model';
import { appendEntries, ENTRIES_CHANGE_LOCK } from '../log/index.ts';
import { errorCode, type Pool, type PoolClient, transaction } from '../platform/index.ts';
import type { Identity } from './rules.ts';
import {
  type ErasedEntry,
  eraseEntries,
  eraseOutbox,
  eraseStates,
  identityOf,
  isBeingTold,
} from './store.ts';

export interface Erasure {
  readonly id: string;
  readonly facility: FacilityId;
  readonly facility_name: string;
  readonly contact: ContactId;
  /** While it waits. */
  readonly contact_name: string | null;
  readonly organisation: OrganisationCode;
  readonly reason: string;
  readonly asked_by: UserId | null;
  readonly asked_by_name: string;
  readonly asked_at: Date;
  readonly status: 'asked' | 'refused' | 'done';
  readonly decided_by_name: string | null;
  readonly decided_at: Date | null;
  readonly entries: number | null;
}

export interface By {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
  /** null: the command line of the machine itself. */
  readonly id: UserId | null;
  readonly name: string;
}

/** The first person: who is to be erased, and why. Who still is in the register is taken out of it first, by its form. */
export async function askErasure(
  client: PoolClient,
  by: By,
  facility: FacilityId,
  contact: ContactId,
  reason: string,
): Promise<Erasure> {
  const { rows } = await client.query<{
    organisation: OrganisationCode;
    contacts: { id: string }[];
    known: boolean;
  }>(
    `select f.organisation, f.state->'contacts' as contacts, exists (select 1 from entry e
       where e.world = f.world and e.subject = f.id::text and e.body::text like '%' || $3 || '%') as known
     from facility f where f.world = $1 and f.id = $2`,
    [by.world, facility, contact],
  );
  const [found] = rows;
  if (!found) throw notFound('facility', facility);
  if (!found.known) throw notFound('contact', contact);
  if (found.contacts.some((one) => one.id === contact)) {
    throw conflict(
      'erasure.in-register',
      'Take this person out of the register first: alarms still call them.',
    );
  }
  const id = newUuid();
  try {
    await client.query(
      `insert into erasure (world, id, facility, contact, organisation, reason, asked_by, asked_by_name, asked_at, status)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'asked')`,
      [by.world, id, facility, contact, found.organisation, reason, by.id, by.name, by.now],
    );
  } catch (cause) {
    if (errorCode(cause) !== '23505') throw cause;
    throw new Problem(409, 'erasure.asked-already', 'This erasure waits for a second person already.', {
      cause,
    });
  }
  if (by.id !== null) {
    const body = { erasureId: id, facilityId: facility, contactId: contact, reason };
    const header = about(by, id, found.organisation, facility);
    await appendEntries(client, [{ ...header, kind: 'personal-data.erasure-asked', body }], by.now);
  }
  return await read(client, by.world, id);
}

export async function refuseErasure(client: PoolClient, by: By, id: string): Promise<Erasure> {
  const erasure = await waiting(client, by.world, id);
  await decide(client, by, id, 'refused');
  const body = {
    erasureId: id,
    facilityId: erasure.facility,
    contactId: erasure.contact,
    by: { id: personId(by), name: by.name },
  };
  const header = about(by, id, erasure.organisation, erasure.facility);
  await appendEntries(client, [{ ...header, kind: 'personal-data.erasure-refused', body }], by.now);
  return await read(client, by.world, id);
}

const personId = (by: By): UserId => {
  if (by.id === null) throw new Error('a person refuses an erasure');
  return by.id;
};

/**
 * The second person. As keng_eraser, all in one transaction: bodies, states and outbox lose the person, and the entry that says so
 * holds the hash of each placeholder, so that nobody can put anything else there later.
 */
export async function confirmErasure(eraser: Pool, by: By, id: string): Promise<Erasure> {
  return await transaction(eraser, async (client) => {
    await refuseWhileArchiving(client);
    const erasure = await waiting(client, by.world, id);
    if (by.id !== null && by.id === erasure.asked_by) {
      throw new Problem(403, 'erasure.same-person', 'Somebody else than the asker confirms an erasure.');
    }
    if (await isBeingTold(client, by.world, erasure.contact)) {
      throw conflict(
        'erasure.being-told',
        'Messages to this person are still on their way; try again later.',
      );
    }
    const { facility, contact } = erasure;
    const identity = await identityOf(client, by.world, facility, contact);
    if (!identity) throw notFound('contact', contact);
    const entries = await eraseEntries(client, by.world, facility, identity);
    await eraseStates(client, by.world, facility, identity);
    await eraseOutbox(client, by.world, identity);
    await leaveToArchive(client, by, erasure, identity);
    await client.query('update erasure set entries = $3 where world = $1 and id = $2', [
      by.world,
      id,
      entries.length,
    ]);
    await decide(client, by, id, 'done');
    await appendEntries(client, erasedDrafts(by, erasure, entries), by.now);
    return await read(client, by.world, id);
  });
}

/** A block that is written anew at this moment would bring back what is erased from the old one. */
async function refuseWhileArchiving(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(
    'select pg_try_advisory_xact_lock_shared($1) as free',
    [ENTRIES_CHANGE_LOCK],
  );
  if (rows[0]?.free) return;
  throw conflict(
    'erasure.archive-running',
    'Entries are being moved to archive files at this moment; try again in some minutes.',
  );
}

/** Archive files hold the person until `keng archive` has written them anew: what to look for waits there, and for nobody else. */
async function leaveToArchive(
  client: PoolClient,
  by: By,
  erasure: Erasure,
  identity: Identity,
): Promise<void> {
  await client.query(
    `insert into archive_erasure (world, id, facility, contact, identity, asked_at)
     select $1::text, $2::uuid, $3::uuid, $4::uuid, $5::jsonb, $6::timestamptz where exists (select from log_archive where world = $1::text)`,
    [by.world, erasure.id, erasure.facility, erasure.contact, JSON.stringify(identity), by.now],
  );
}

export function erasedDrafts(by: By, erasure: Erasure, entries: readonly ErasedEntry[]): AnyDraft[] {
  const drafts: AnyDraft[] = [];
  for (let at = 0; at === 0 || at < entries.length; at += ERASED_AT_ONCE) {
    drafts.push({
      ...about(by, erasure.id, erasure.organisation, erasure.facility),
      kind: 'personal-data.erased',
      body: {
        erasureId: erasure.id,
        facilityId: erasure.facility,
        contactId: erasure.contact,
        by: { askedBy: erasure.asked_by_name, confirmedBy: by.name },
        entries: entries.slice(at, at + ERASED_AT_ONCE).map((one) => ({ ...one })),
      },
    });
  }
  return drafts;
}

export async function listErasures(client: PoolClient, world: World): Promise<Erasure[]> {
  const { rows } = await client.query<Erasure>(
    `select ${COLUMNS} from erasure where world = $1 order by asked_at desc limit 200`,
    [world],
  );
  return rows;
}

const COLUMNS = `id, facility, (select f.state->>'name' from facility f where f.world = erasure.world and f.id = erasure.facility) as facility_name,
  case when status = 'asked' then (select c.contact->>'name'
    from entry e cross join lateral jsonb_array_elements(e.body::jsonb->'contacts') as c (contact)
    where e.world = erasure.world and e.subject = erasure.facility::text and e.kind in ('facility.registered', 'facility.changed')
      and c.contact->>'id' = erasure.contact::text order by e.id desc limit 1) end as contact_name,
  contact, organisation, reason, asked_by, asked_by_name, asked_at, status, decided_by_name, decided_at, entries`;

async function read(client: PoolClient, world: World, id: string): Promise<Erasure> {
  const { rows } = await client.query<Erasure>(
    `select ${COLUMNS} from erasure where world = $1 and id = $2`,
    [world, id],
  );
  if (!rows[0]) throw notFound('erasure', id);
  return rows[0];
}

async function waiting(client: PoolClient, world: World, id: string): Promise<Erasure> {
  await client.query('select 1 from erasure where world = $1 and id = $2 for update', [world, id]);
  const erasure = await read(client, world, id);
  if (erasure.status !== 'asked') throw conflict('erasure.decided', 'This erasure was decided already.');
  return erasure;
}

async function decide(client: PoolClient, by: By, id: string, status: 'refused' | 'done'): Promise<void> {
  await client.query(
    'update erasure set status = $3, decided_by_name = $4, decided_at = $5 where world = $1 and id = $2',
    [by.world, id, status, by.name, by.now],
  );
}

function about(by: By, subject: string, organisation: OrganisationCode, facility: FacilityId) {
  return {
    world: by.world,
    lane: 2 as const,
    subject,
    organisation,
    facility,
    revision: null,
    at: by.now,
    actor: by.actor,
  };
}
