import {
  type Actor,
  type AnyDraft,
  applyRaisedRights,
  areRaised,
  asEntry,
  conflict,
  forbidden,
  invalid,
  isRightsEntry,
  newUuid,
  notFound,
  type OrganisationCode,
  Problem,
  type RaisedRightsState,
  type ReviewOutcome,
  type Role,
  type World,
} from '@keng/model';
import { appendEntries } from '../log/index.ts';
import type { SessionUser } from '../platform/http/index.ts';
import type { PoolClient } from '../platform/index.ts';

/** Ours, not an official rule: as long as one incident lasts, not a shift. */
export const RAISE_MINUTES = { least: 5, most: 240 } as const;

/** What somebody may raise themselves to; never to administer or to audit. */
export const RAISABLE_ROLES = [
  'call-taker',
  'dispatcher',
  'station-officer',
] as const satisfies readonly Role[];

interface Now {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
}

interface Stored {
  readonly state: RaisedRightsState;
  readonly revision: number;
}

export interface Raise {
  readonly target: OrganisationCode;
  readonly role: (typeof RAISABLE_ROLES)[number] | null;
  readonly reason: string;
  readonly minutes: number;
}

/** At once and without asking anybody: it is told instead, and somebody else reads the reason afterwards. */
export async function raiseRights(
  client: PoolClient,
  asked: Now,
  user: SessionUser,
  raise: Raise,
): Promise<RaisedRightsState> {
  const { organisation } = user;
  if (organisation === null) throw forbidden('rights.raise');
  // Two raises at the same moment take turns at the user's row.
  await client.query('select 1 from app_user where world = $1 and id = $2 for update', [
    asked.world,
    user.id,
  ]);
  const known = await client.query('select 1 from organisation where world = $1 and code = $2', [
    asked.world,
    raise.target,
  ]);
  if (known.rowCount === 0) {
    throw invalid('user.organisation-unknown', `There is no organisation ${raise.target}.`, 'target');
  }
  const running = await client.query(
    'select 1 from raised_rights where world = $1 and user_id = $2 and ended_at is null and until_at > $3',
    [asked.world, user.id, asked.now],
  );
  if (running.rowCount !== 0) throw conflict('rights.raised-already', 'Give back what is raised first.');
  const until = new Date(asked.now.getTime() + raise.minutes * 60_000).toISOString();
  const { target, role, reason } = raise;
  const draft = {
    ...about(asked, newUuid(), organisation, 1),
    kind: 'rights.raised',
    body: { userId: user.id, target, role, reason, until },
  } as const satisfies AnyDraft;
  const state = applied(null, draft);
  await client.query(
    `insert into raised_rights (world, id, user_id, organisation, target, until_at, revision, state)
     values ($1, $2, $3, $4, $5, $6, 1, $7)`,
    [asked.world, state.id, user.id, organisation, target, until, JSON.stringify(state)],
  );
  await appendEntries(client, [draft], asked.now);
  return state;
}

/** By whoever raised them, or by whoever may review them. */
export async function endRaisedRights(
  client: PoolClient,
  asked: Now,
  by: SessionUser,
  id: string,
): Promise<RaisedRightsState> {
  const stored = await locked(client, asked.world, id);
  if (stored.state.user.id !== by.id && !by.permissions.has('rights.review'))
    throw forbidden('rights.review');
  if (!areRaised(stored.state, asked.now))
    throw conflict('rights.over', 'These rights are given back already.');
  const person = { id: by.id, name: by.name };
  const { target } = stored.state;
  return await change(client, asked, stored, { kind: 'rights.ended', body: { by: person, target } });
}

export interface Review {
  readonly outcome: ReviewOutcome;
  readonly note: string;
}

/** Somebody else, once they are over. */
export async function reviewRaisedRights(
  client: PoolClient,
  asked: Now,
  by: SessionUser,
  id: string,
  review: Review,
): Promise<RaisedRightsState> {
  const stored = await locked(client, asked.world, id);
  if (stored.state.user.id === by.id) {
    throw new Problem(403, 'rights.own-review', 'Somebody else reviews what one has raised oneself.');
  }
  if (areRaised(stored.state, asked.now)) throw conflict('rights.running', 'They still run: end them first.');
  if (stored.state.review !== null) throw conflict('rights.reviewed', 'This was reviewed already.');
  const person = { id: by.id, name: by.name };
  const { target } = stored.state;
  const body = { ...review, by: person, target };
  return await change(client, asked, stored, { kind: 'rights.reviewed', body });
}

/** What waits for a review first, then the newest. */
export async function listRaisedRights(client: PoolClient, world: World): Promise<RaisedRightsState[]> {
  const { rows } = await client.query<{ state: RaisedRightsState }>(
    `select state from raised_rights where world = $1 order by (reviewed_at is null) desc, until_at desc limit 200`,
    [world],
  );
  return rows.map((row) => row.state);
}

async function locked(client: PoolClient, world: World, id: string): Promise<Stored> {
  const { rows } = await client.query<Stored>(
    'select state, revision from raised_rights where world = $1 and id = $2 for update',
    [world, id],
  );
  if (!rows[0]) throw notFound('raised-rights', id);
  return rows[0];
}

type Change = Pick<Extract<AnyDraft, { readonly kind: 'rights.ended' | 'rights.reviewed' }>, 'kind' | 'body'>;

async function change(
  client: PoolClient,
  asked: Now,
  { state, revision }: Stored,
  what: Change,
): Promise<RaisedRightsState> {
  const header = about(asked, state.id, state.organisation, revision + 1);
  // Kind and body came as a pair.
  const draft = { ...header, ...what } as AnyDraft;
  const next = applied(state, draft);
  await client.query(
    `update raised_rights set ended_at = $3, reviewed_at = $4, revision = $5, state = $6 where world = $1 and id = $2`,
    [asked.world, state.id, next.endedAt, next.review?.at ?? null, revision + 1, JSON.stringify(next)],
  );
  await appendEntries(client, [draft], asked.now);
  return next;
}

function applied(state: RaisedRightsState | null, draft: AnyDraft): RaisedRightsState {
  const entry = asEntry(draft);
  const next = isRightsEntry(entry) ? applyRaisedRights(state, entry) : null;
  if (!next) throw new Error(`${draft.kind} of ${draft.subject} gave no state`);
  return next;
}

function about(asked: Now, subject: string, organisation: OrganisationCode | null, revision: number) {
  return {
    world: asked.world,
    // Told with the urgency of a fire: whoever misuses it has to be seen at once.
    lane: 0 as const,
    subject,
    organisation,
    facility: null,
    revision,
    at: asked.now,
    actor: asked.actor,
  };
}
