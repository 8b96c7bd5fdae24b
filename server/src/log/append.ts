import { type AnyDraft, checkBody } from '@keng/model';
import type { ClientBase } from 'pg';
import { type PreparedEntry, prepareEntry } from './commitment.ts';

/** What one flush sends, a column at a time: unnest turns the columns into rows in one statement. */
const COLUMNS = `$1::text[], $2::smallint[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::uuid[],
  $8::integer[], $9::timestamptz[], $10::timestamptz[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[]`;
const NAMES =
  'world, lane, kind, version, subject, organisation, facility, revision, at, recorded_at, actor_kind, actor_id, actor_name, body, salt, commitment';
export const ENTRY_SOURCE = `unnest(${COLUMNS}) as draft(${NAMES})`;

/** The id is drawn from the range of the entry's lane. */
export const ENTRY_INSERT = `insert into entry (id, ${NAMES})
select case lane when 0 then nextval('entry_fire_id') when 1 then nextval('entry_fault_id') else nextval('entry_routine_id') end,
  world, lane, kind, version, subject, organisation, facility, revision, at, recorded_at, actor_kind, actor_id, actor_name,
  body::json, decode(salt, 'hex'), decode(commitment, 'hex')`;

const APPEND = `${ENTRY_INSERT} from ${ENTRY_SOURCE}`;

export function columnsOf(entries: readonly PreparedEntry[]): unknown[] {
  return [
    entries.map((one) => one.world),
    entries.map((one) => one.lane),
    entries.map((one) => one.kind),
    entries.map((one) => one.version),
    entries.map((one) => one.subject),
    entries.map((one) => one.organisation),
    entries.map((one) => one.facility),
    entries.map((one) => one.revision),
    entries.map((one) => one.at.toISOString()),
    entries.map((one) => one.recordedAt.toISOString()),
    entries.map((one) => one.actorKind),
    entries.map((one) => one.actorId),
    entries.map((one) => one.actorName),
    entries.map((one) => one.bodyText),
    entries.map((one) => one.salt.toString('hex')),
    entries.map((one) => one.commitment.toString('hex')),
  ];
}

/**
 * Appends entries inside the caller's transaction, together with the state they change: both commit or neither does.
 * Bodies are checked against their schemas first.
 * @throws Problem `entry.invalid`
 */
export async function appendEntries(
  client: ClientBase,
  drafts: readonly AnyDraft[],
  recordedAt: Date,
): Promise<void> {
  if (drafts.length === 0) return;
  for (const draft of drafts) checkBody(draft.kind, draft.body);
  const prepared = drafts.map((draft) => prepareEntry(draft, recordedAt));
  await client.query({ name: 'append-entries', text: APPEND, values: columnsOf(prepared) });
}
