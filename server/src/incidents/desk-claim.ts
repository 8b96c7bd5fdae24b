import {
  type AnyEntry,
  applyDeskSilence,
  conflict,
  type DeskSilenceEntry,
  type DeskSilenceState,
  type Limit,
  type OrganisationCode,
  type PersonRef,
  Problem,
  type World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { appendEntries } from '../log/index.ts';
import { deskDraft, deskSubject } from './desk-draft.ts';
import { type Act, SYSTEM } from './progress.ts';

/*
 * Who looks after it that a desk cannot be counted on. As for the silence itself there is no table: what the log says of the desk since
 * it fell silent is folded.
 */

type SinceSilent = Pick<DeskSilenceEntry, 'kind' | 'at' | 'body'>;

/** Of these desks those that do not answer now: since when, who looks after it, and whether the national desk was told. */
export async function silenceStates(
  client: PoolClient,
  world: World,
  organisations: readonly OrganisationCode[],
): Promise<Map<OrganisationCode, DeskSilenceState>> {
  const { rows } = await client.query<SinceSilent>({
    name: 'desk-silence-states',
    text: `select e.kind, e.body, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from unnest($2::text[]) as desk(subject)
      cross join lateral (select id, kind from entry where world = $1 and subject = desk.subject
        and kind in ('desk.silent', 'desk.answered') order by id desc limit 1) last
      join entry e on e.world = $1 and e.subject = desk.subject and e.id >= last.id
      where last.kind = 'desk.silent' order by e.id`,
    values: [world, organisations.map(deskSubject)],
  });
  const states = new Map<OrganisationCode, DeskSilenceState>();
  for (const row of rows) {
    const { organisation } = row.body;
    // `apply` reads no more of an entry than the statement brings.
    const next = applyDeskSilence(states.get(organisation) ?? null, row as AnyEntry & DeskSilenceEntry);
    if (next !== null) states.set(organisation, next);
  }
  return states;
}

/**
 * A person above looks after a desk that cannot be counted on: it rings no more, anywhere. Said twice by the same person, it is said once.
 * @throws Problem `desk.own-silence`, `desk.not-silent`, `desk.claimed`
 */
export async function claimDesk(
  client: PoolClient,
  world: World,
  organisation: OrganisationCode,
  by: PersonRef & { readonly organisation: OrganisationCode },
  act: Act,
): Promise<void> {
  if (by.organisation === organisation)
    throw new Problem(403, 'desk.own-silence', 'The level above looks after it that this desk is silent.');
  await lockDesk(client, world, organisation);
  const state = (await silenceStates(client, world, [organisation])).get(organisation);
  // Nor is more said of a desk that one may not see.
  if (state === undefined) throw conflict('desk.not-silent', 'This desk answers.', {});
  const { claimedBy, since } = state;
  if (claimedBy?.id === by.id) return;
  if (claimedBy !== undefined)
    throw conflict('desk.claimed', 'Somebody else looks after it.', { name: claimedBy.name });
  const body = { organisation, silentSince: since, by: { id: by.id, name: by.name } };
  await appendEntries(client, [deskDraft(world, 'desk.claimed', body, act)], act.at);
}

/**
 * Tells the national desk of stations that their province has left without a person who looks after them, each once.
 * @param stations that do not answer now, with the time that their province has
 */
export async function raiseUnclaimed(
  client: PoolClient,
  world: World,
  stations: ReadonlyMap<OrganisationCode, Limit>,
  now: Date,
): Promise<void> {
  if (stations.size === 0) return;
  for (const organisation of [...stations.keys()].sort()) await lockDesk(client, world, organisation);
  const states = await silenceStates(client, world, [...stations.keys()]);
  const drafts = [...states.values()].flatMap((state) => {
    const limit = stations.get(state.organisation);
    if (limit === undefined || !isLeftAlone(state, limit, now)) return [];
    const { organisation, since } = state;
    const body = { organisation, silentSince: since, to: 'national' as const, limit };
    return [deskDraft(world, 'desk.raised', body, { actor: SYSTEM, at: now })];
  });
  await appendEntries(client, drafts, now);
}

/** Its province has had its time, counted from when it was told. Pure. */
function isLeftAlone(
  { toldAt, claimedBy, raised }: DeskSilenceState,
  { seconds }: Limit,
  now: Date,
): boolean {
  return (
    claimedBy === undefined && raised === undefined && now.getTime() >= Date.parse(toldAt) + seconds * 1000
  );
}

/** A claim and the end of its time that come at once are one after the other. */
async function lockDesk(client: PoolClient, world: World, organisation: OrganisationCode): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [`${world} ${deskSubject(organisation)}`]);
}
