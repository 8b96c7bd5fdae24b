import {
  type Actor,
  type AnyDraft,
  applyOutage,
  asEntry,
  type EntryBody,
  type EntryDraft,
  isOutageEntry,
  type OrganisationCode,
  type OutageState,
  Problem,
  type World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { appendEntries } from '../../log/index.ts';
import type { Queryable } from '../../platform/index.ts';

type OutageKind = Extract<EntryDraft['kind'], `outage.${string}`>;
export type OutageStep = { [Kind in OutageKind]: { kind: Kind; body: EntryBody<Kind> } }[OutageKind];

interface OutageRow {
  readonly revision: number;
  readonly organisation: OrganisationCode | null;
  readonly state: OutageState;
}

/** Says of an outage what has happened: entry and state in the caller's transaction. */
export async function openOutage(
  client: PoolClient,
  world: World,
  body: EntryBody<'outage.opened'>,
  at: Date,
  actor: Actor,
): Promise<OutageState> {
  const { rows } = await client.query<{ code: OrganisationCode }>(
    `select code from organisation where world = $1 and level = 'province' and area_code = $2 order by code limit 1`,
    [world, body.group.area],
  );
  const organisation = rows[0]?.code ?? null;
  const draft = draftOf(world, { kind: 'outage.opened', body }, organisation, 1, at, actor);
  const state = applied(null, draft);
  await client.query(
    `insert into outage (world, id, revision, organisation, area, carrier, status, opened_at, changed_at, state)
      values ($1, $2, 1, $3, $4, $5, $6, $7, $7, $8)`,
    [world, state.id, organisation, state.group.area, state.group.carrier, state.status, at, state],
  );
  await appendEntries(client, [draft], at);
  return state;
}

/**
 * One step more. `rule` sees the state under lock and says what happens to it; null: nothing.
 * @throws Problem 404 when there is no such outage, or the session may not see it
 */
export async function changeOutage(
  client: PoolClient,
  world: World,
  id: string,
  at: Date,
  actor: Actor,
  rule: (state: OutageState) => OutageStep | null,
): Promise<OutageState> {
  const { rows } = await client.query<OutageRow>(
    'select revision, organisation, state from outage where world = $1 and id = $2 for update',
    [world, id],
  );
  const row = rows[0];
  if (!row) throw unknown();
  const step = rule(row.state);
  if (step === null) return row.state;
  const draft = draftOf(world, step, row.organisation, row.revision + 1, at, actor);
  const state = applied(row.state, draft);
  await client.query(
    'update outage set revision = $3, status = $4, changed_at = $5, state = $6 where world = $1 and id = $2',
    [world, id, row.revision + 1, state.status, at, state],
  );
  await appendEntries(client, [draft], at);
  return state;
}

/** @throws Problem 404 when there is no such outage, or the session may not see it */
export async function readOutage(db: Queryable, world: World, id: string): Promise<OutageState> {
  const { rows } = await db.query<{ state: OutageState }>(
    'select state from outage where world = $1 and id = $2',
    [world, id],
  );
  const [row] = rows;
  if (!row) throw unknown();
  return row.state;
}

/** Open outages, the oldest first. */
export async function readOpenOutages(db: Queryable, world: World): Promise<OutageState[]> {
  const { rows } = await db.query<{ state: OutageState }>(
    `select state from outage where world = $1 and status = 'open' order by opened_at limit 500`,
    [world],
  );
  return rows.map((row) => row.state);
}

/** Outages that were closed after a time, the last first. */
export async function readClosedOutages(db: Queryable, world: World, since: Date): Promise<OutageState[]> {
  const { rows } = await db.query<{ state: OutageState }>(
    `select state from outage where world = $1 and status = 'closed' and changed_at > $2
      order by changed_at desc limit 100`,
    [world, since],
  );
  return rows.map((row) => row.state);
}

const unknown = (): Problem => new Problem(404, 'outage.unknown', 'There is no such outage.');

function draftOf(
  world: World,
  step: OutageStep,
  organisation: OrganisationCode | null,
  revision: number,
  at: Date,
  actor: Actor,
): AnyDraft {
  const { kind, body } = step;
  const draft = {
    world,
    kind,
    lane: 1,
    subject: body.outageId,
    organisation,
    facility: null,
    revision,
    at,
    actor,
    body,
  };
  // Kind and body come from the same step.
  return draft as AnyDraft;
}

function applied(before: OutageState | null, draft: AnyDraft): OutageState {
  const entry = asEntry(draft);
  const state = isOutageEntry(entry) ? applyOutage(before, entry) : null;
  if (state === null) throw new TypeError(`${draft.kind} makes no outage`);
  return state;
}
