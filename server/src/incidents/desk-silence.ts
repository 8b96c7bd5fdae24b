import type { EntryBody, IncidentClock, IncidentId, OrganisationCode, PersonRef, World } from '@keng/model';
import type { PoolClient } from 'pg';
import { appendEntries } from '../log/index.ts';
import { setTimers } from '../timers/index.ts';
import { deskDraft, deskSubject } from './desk-draft.ts';
import { ending } from './follow-up.ts';
import type { Act } from './progress.ts';
import { SYSTEM } from './progress.ts';
import { INCIDENT_LIMIT } from './store.ts';

/*
 * Which desks do not answer. There is no table of it: the last of these two entries about a desk says it, found by the index over
 * subjects. Who looks after it is in desk-claim.ts.
 */

export type DeskSilence = EntryBody<'desk.silent'>;

/** Of these desks those that do not answer now. */
export async function silentDesks(
  client: PoolClient,
  world: World,
  organisations: readonly OrganisationCode[],
): Promise<Map<OrganisationCode, DeskSilence>> {
  if (organisations.length === 0) return new Map();
  const { rows } = await client.query<{ body: DeskSilence }>({
    name: 'desk-silent',
    text: `select last.body from unnest($2::text[]) as desk(subject)
      cross join lateral (select kind, body from entry
        where world = $1 and subject = desk.subject and kind in ('desk.silent', 'desk.answered')
        order by id desc limit 1) last
      where last.kind = 'desk.silent'`,
    values: [world, organisations.map(deskSubject)],
  });
  return new Map(rows.map(({ body }) => [body.organisation, body]));
}

/** The limit that the silence of a desk has broken, as the escalation of its alarms tells it. */
export function brokenLimit({ limit, since }: DeskSilence): IncidentClock {
  return ending(limit, since);
}

/**
 * Writes down that desks do not answer, once for each silence. Their alarms follow by timers that are due at once: each takes its
 * own lock then, in the order in which everybody takes them.
 */
export async function markSilent(
  client: PoolClient,
  world: World,
  silences: readonly DeskSilence[],
  now: Date,
): Promise<void> {
  const byDesk = new Map(silences.map((one) => [one.organisation, one]));
  const known = await silentDesks(client, world, [...byDesk.keys()]);
  const fresh = [...byDesk.values()].filter((one) => !known.has(one.organisation));
  if (fresh.length === 0) return;
  const act: Act = { actor: SYSTEM, at: now };
  await appendEntries(
    client,
    fresh.map((body) => deskDraft(world, 'desk.silent', body, act)),
    now,
  );
  const { rows } = await client.query<{
    id: IncidentId;
    province: OrganisationCode;
    station: OrganisationCode;
  }>(
    `select id, province, organisation as station from incident
      where world = $1 and status = 'open' and (province = any($2::text[]) or organisation = any($2::text[]))`,
    [world, fresh.map((one) => one.organisation)],
  );
  await setTimers(
    client,
    rows.flatMap(({ id, province, station }) => {
      const timer = { world, kind: INCIDENT_LIMIT, subject: id, dueAt: now };
      const above = byDesk.get(province);
      const below = station === province ? undefined : byDesk.get(station);
      return [
        ...(above === undefined ? [] : [{ ...timer, body: { provinceSilent: brokenLimit(above) } }]),
        ...(below === undefined ? [] : [{ ...timer, body: { stationSilent: brokenLimit(below) } }]),
      ];
    }),
  );
}

/** Somebody at the desk did something, or logged in (`by` null): its next alarm is its own again. Nothing where it was not silent. */
export async function markAnswered(
  client: PoolClient,
  world: World,
  organisation: OrganisationCode,
  by: PersonRef | null,
  act: Act,
): Promise<void> {
  const silence = (await silentDesks(client, world, [organisation])).get(organisation);
  if (silence === undefined) return;
  // Who acts is there; whether the desk is heard, only its screen can say.
  if (by !== null && (silence.reason === 'sound-blocked' || silence.reason === 'screen-asleep')) return;
  const body = { organisation, silentSince: silence.since, by };
  await appendEntries(client, [deskDraft(world, 'desk.answered', body, act)], act.at);
}
