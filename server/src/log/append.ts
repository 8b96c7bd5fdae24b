import { type AnyDraft, checkBody } from '@keng/model';
import type { ClientBase } from 'pg';
import { type PreparedEntry, prepareEntry, SALT_DIGITS } from './commitment.ts';

// A column of a flush travels as one text, its values between control characters that no value holds: an array literal would
// have every value quoted and escaped on one side and parsed again on the other, which cost more than the insert itself.
const SEPARATOR = '\u001f';
const NULL = '\u001e';

/** The statement's expression for a column sent by `packColumn`. */
export function unpackColumn(
  parameter: number,
  type: 'text' | 'smallint' | 'integer' | 'uuid' | 'timestamptz',
): string {
  // The first one stands for nothing: an empty text would be an array of none, not of one empty text.
  const texts = `(string_to_array($${parameter}::text, E'\\x1f', E'\\x1e'))[2:]`;
  return type === 'text' ? texts : `(${texts})::${type}[]`;
}

/** Values of one column as one text. */
export function packColumn(values: readonly (string | number | null)[]): string {
  let text = '';
  for (const value of values) text += SEPARATOR + (value ?? NULL);
  return text;
}

const TYPES = [
  'text',
  'smallint',
  'text',
  'smallint',
  'text',
  'text',
  'uuid',
  'integer',
  'timestamptz',
  'timestamptz',
  'text',
  'text',
  'text',
  'text',
  'text',
  'text',
] as const;
const ENTRY_UNNEST = TYPES.map((type, index) => unpackColumn(index + 1, type)).join(', ');
const ENTRY_NAMES =
  'world, lane, kind, version, subject, organisation, facility, revision, at, recorded_at, actor_kind, actor_id, actor_name, body, salt, commitment';
const ENTRY_SOURCE = `unnest(${ENTRY_UNNEST}) as draft(${ENTRY_NAMES})`;

/** The id is drawn from the range of the entry's lane. */
const NEXT_ID = `case lane when 0 then nextval('entry_fire_id') when 1 then nextval('entry_fault_id') else nextval('entry_routine_id') end`;

const ENTRY_INSERT = `insert into entry (id, ${ENTRY_NAMES})
select ${NEXT_ID},
  world, lane, kind, version, subject, organisation, facility, revision, at, recorded_at, actor_kind, actor_id, actor_name,
  body::json, decode(salt, 'hex'), decode(commitment, 'hex')`;

// Entries of the intake are alike: one world, one kind, one sort of actor, no revision, no name. What is the same for all travels
// once; nine columns instead of sixteen are taken apart.
const SAME = 4;
const ALIKE_TYPES = [
  'smallint',
  'text',
  'text',
  'uuid',
  'timestamptz',
  'timestamptz',
  'text',
  'text',
  'text',
] as const;
/** How many parameters `alikeColumnsOf` gives. */
export const ALIKE_PARAMETERS = SAME + ALIKE_TYPES.length;
export const ALIKE_UNNEST = ALIKE_TYPES.map((type, index) => unpackColumn(SAME + index + 1, type)).join(', ');
export const ALIKE_NAMES = 'lane, subject, organisation, facility, at, recorded_at, actor_id, body, proof';
export const ALIKE_INSERT = `insert into entry (id, ${ENTRY_NAMES})
select ${NEXT_ID},
  $1::text, lane, $2::text, $3::smallint, subject, organisation, facility, null, at, recorded_at, $4::text, actor_id, null,
  body::json, decode(left(proof, ${SALT_DIGITS}), 'hex'), decode(substr(proof, ${SALT_DIGITS + 1}), 'hex')`;

/**
 * The same text for entries that may travel together.
 * @throws TypeError for an entry with a revision or a named actor: those are appended with the state that they change
 */
export function likeness(entry: PreparedEntry): string {
  if (entry.revision !== null || entry.actorName !== null)
    throw new TypeError(
      `an entry ${entry.kind} with a revision or a named actor is not for the group commit`,
    );
  return `${entry.world} ${entry.kind} ${entry.version} ${entry.actorKind}`;
}

/** @param entries with one likeness, at least one */
export function alikeColumnsOf(entries: readonly PreparedEntry[]): (string | number)[] {
  const [first] = entries;
  if (!first) throw new RangeError('no entries');
  return [
    first.world,
    first.kind,
    first.version,
    first.actorKind,
    packColumn(entries.map((one) => one.lane)),
    packColumn(entries.map((one) => clean(one.subject))),
    packColumn(entries.map((one) => one.organisation)),
    packColumn(entries.map((one) => one.facility)),
    packColumn(entries.map((one) => one.atText)),
    packColumn(entries.map((one) => one.recordedAtText)),
    packColumn(entries.map((one) => clean(one.actorId))),
    packColumn(entries.map((one) => one.bodyText)),
    packColumn(entries.map((one) => one.saltHex + one.commitmentHex)),
  ];
}

const APPEND = `${ENTRY_INSERT} from ${ENTRY_SOURCE}`;

function columnsOf(entries: readonly PreparedEntry[]): string[] {
  return [
    packColumn(entries.map((one) => one.world)),
    packColumn(entries.map((one) => one.lane)),
    packColumn(entries.map((one) => one.kind)),
    packColumn(entries.map((one) => one.version)),
    packColumn(entries.map((one) => clean(one.subject))),
    packColumn(entries.map((one) => one.organisation)),
    packColumn(entries.map((one) => one.facility)),
    packColumn(entries.map((one) => one.revision)),
    packColumn(entries.map((one) => one.atText)),
    packColumn(entries.map((one) => one.recordedAtText)),
    packColumn(entries.map((one) => one.actorKind)),
    packColumn(entries.map((one) => clean(one.actorId))),
    packColumn(entries.map((one) => (one.actorName === null ? null : clean(one.actorName)))),
    // JSON writes control characters as escapes: a body never holds a mark.
    packColumn(entries.map((one) => one.bodyText)),
    packColumn(entries.map((one) => one.saltHex)),
    packColumn(entries.map((one) => one.commitmentHex)),
  ];
}

/** @throws TypeError for what no text of the log may hold */
function clean(text: string): string {
  if (text.includes(SEPARATOR) || text.includes(NULL))
    throw new TypeError('a subject or actor of an entry holds a control character');
  return text;
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
