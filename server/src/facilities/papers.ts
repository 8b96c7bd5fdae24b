import {
  type AnyDraft,
  type AnyEntry,
  anyDraft,
  asEntry,
  checkBody,
  conflict,
  type EntryBody,
  type EntryKind,
  type FacilityId,
  notFound,
  type OrganisationCode,
  type World,
} from '@keng/model';
import { appendEntries } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';
import type { Hand, StoredFacility } from './change.ts';
import { findFacility } from './store.ts';

/** What is kept about a facility besides its state: each a table of its own with the same first columns. */
export type PaperTable =
  | 'facility_plan'
  | 'fire_plan'
  | 'self_inspection'
  | 'inspection'
  | 'facility_declaration';

/** A thing that belongs to a facility, as it is stored. */
export interface StoredPaper<State> {
  readonly state: State;
  readonly revision: number;
  readonly facility: FacilityId;
  readonly organisation: OrganisationCode;
}

/** The facility that papers are added to: seen by this transaction, on the register, and held until its end. */
export async function openFacility(
  client: PoolClient,
  world: World,
  id: FacilityId,
): Promise<StoredFacility> {
  const found = await findFacility(client, world, id, 'for update');
  if (!found) throw notFound('facility', id);
  if (found.state.removedAt !== null) {
    throw conflict('facility.removed', 'This facility was taken off the register; register it again.');
  }
  return found;
}

export interface PaperStep<Kind extends EntryKind> {
  readonly id: string;
  readonly facility: FacilityId;
  readonly organisation: OrganisationCode;
  readonly revision: number;
  readonly kind: Kind;
  readonly body: EntryBody<Kind>;
}

/** One entry of a paper, and the entry as `apply` reads it. */
export function paperEntry<Kind extends EntryKind>(
  hand: Hand,
  step: PaperStep<Kind>,
): { readonly draft: AnyDraft; readonly entry: Extract<AnyEntry, { readonly kind: Kind }> } {
  const { id, ...rest } = step;
  const draft = anyDraft({
    world: hand.world,
    lane: 2,
    subject: id,
    at: hand.at,
    actor: hand.actor,
    ...rest,
    // As the log will keep it: a replay must not see a member that the schema drops.
    body: checkBody(step.kind, step.body),
  });
  return { draft, entry: asEntry(draft) as Extract<AnyEntry, { readonly kind: Kind }> };
}

export interface PaperWrite<State> extends StoredPaper<State> {
  readonly id: string;
  readonly draft: AnyDraft;
  /** The table's own columns. */
  readonly columns: Readonly<Record<string, string | number | boolean>>;
}

/** Writes a paper and its entry in the caller's transaction. */
export async function writePaper<State>(
  client: PoolClient,
  table: PaperTable,
  write: PaperWrite<State>,
  recordedAt: Date,
): Promise<void> {
  const names = Object.keys(write.columns);
  const own = Object.values(write.columns);
  const { world } = write.draft;
  const state = JSON.stringify(write.state);
  if (write.revision === 1) {
    // Table and columns are constants of the callers, never input.
    await client.query(
      `insert into ${table} (world, id, facility, organisation, revision, state${names.map((name) => `, ${name}`).join('')})
       values ($1, $2, $3, $4, $5, $6${own.map((_, index) => `, $${index + 7}`).join('')})`,
      [world, write.id, write.facility, write.organisation, write.revision, state, ...own],
    );
  } else {
    await client.query(
      `update ${table} set revision = $3, state = $4${names.map((name, index) => `, ${name} = $${index + 5}`).join('')}
       where world = $1 and id = $2`,
      [world, write.id, write.revision, state, ...own],
    );
  }
  await appendEntries(client, [write.draft], recordedAt);
}

/** One paper, locked; row-level security decides whether there is one. */
export async function lockPaper<State>(
  client: PoolClient,
  table: PaperTable,
  what: string,
  world: World,
  id: string,
): Promise<StoredPaper<State>> {
  const { rows } = await client.query<StoredPaper<State>>(
    `select state, revision, facility, organisation from ${table} where world = $1 and id = $2 for update`,
    [world, id],
  );
  if (rows[0] === undefined) throw notFound(what, id);
  return rows[0];
}

/** Papers of a facility in an order of the table's own columns; at most `limit`. */
export async function papersOf<State>(
  client: PoolClient,
  table: PaperTable,
  world: World,
  facility: FacilityId,
  order: string,
  limit: number,
): Promise<State[]> {
  const { rows } = await client.query<{ state: State }>(
    `select state from ${table} where world = $1 and facility = $2 order by ${order} limit ${limit}`,
    [world, facility],
  );
  return rows.map((row) => row.state);
}
