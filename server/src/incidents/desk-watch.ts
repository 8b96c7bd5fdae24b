import type { OrganisationCode, World } from '@keng/model';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { type AttendedDesk, attendedDesks } from '../people/index.ts';
import { setTimers, type TimerHandler } from '../timers/index.ts';
import { type DeskSilence, markAnswered, markSilent, silentDesks } from './desk-silence.ts';
import type { IncidentPolicy } from './policy.ts';
import { SYSTEM } from './progress.ts';

const DESK_WATCH = 'desk.watch';
const BEAT_SECONDS = 10;
/** Later than this, nobody looked for a while: the time that a desk was empty is not known and begins anew. */
const LATE_SECONDS = 60;
/** Three beats of a live feed, or a request, which is noted once a minute: whoever was seen by then is still there. */
const SEEN_SECONDS = 90;
const WATCH_LOCK = 0x6b656e67;

const watchBody = z.object({
  lookedAt: z.iso.datetime().nullable(),
  /** Since when nobody has been there, by desk. */
  emptySince: z.record(z.string(), z.iso.datetime()),
});
export type DeskWatch = z.infer<typeof watchBody>;

export interface ProvinceDesk {
  readonly organisation: OrganisationCode;
  readonly areaCode: string;
}

export interface DeskFacts {
  readonly desks: readonly ProvinceDesk[];
  readonly attended: readonly AttendedDesk[];
  readonly silent: ReadonlyMap<OrganisationCode, DeskSilence>;
}

export interface DeskLook {
  readonly watch: DeskWatch;
  readonly silent: readonly DeskSilence[];
  readonly answered: readonly OrganisationCode[];
}

/** What one look at the desks of the provinces finds. Pure. */
export function lookAtDesks(
  watch: DeskWatch,
  { desks, attended, silent }: DeskFacts,
  limitOf: IncidentPolicy['deskSilence'],
  now: Date,
): DeskLook {
  const late = isLate(watch, now);
  const known = late ? {} : watch.emptySince;
  const loggedIn = new Map(attended.map((one) => [one.organisation, one]));
  const emptySince: Record<string, string> = {};
  const fresh: DeskSilence[] = [];
  const answered: OrganisationCode[] = [];
  for (const { organisation, areaCode } of desks) {
    const silence = silent.get(organisation);
    const person = loggedIn.get(organisation);
    if (person !== undefined && now.getTime() - person.seenAt.getTime() < SEEN_SECONDS * 1000) {
      if (silence !== undefined && answers(silence, person.since)) answered.push(organisation);
      continue;
    }
    // Whoever closed their browser was there until they were last seen. Where nobody looked, nobody could be seen either.
    const left = late ? now : (person?.seenAt ?? now);
    const empty = known[organisation] ?? left.toISOString();
    emptySince[organisation] = empty;
    const limit = limitOf(areaCode);
    if (silence !== undefined || now.getTime() - Date.parse(empty) < limit.seconds * 1000) continue;
    fresh.push({ organisation, reason: 'nobody-logged-in', since: empty, incidentId: null, limit });
  }
  return { watch: { lookedAt: now.toISOString(), emptySince }, silent: fresh, answered };
}

/** Who was logged in all the while and left an alarm unanswered answers by doing something, not by still being there. */
function answers({ reason, since, limit }: DeskSilence, loggedInSince: Date): boolean {
  if (reason === 'nobody-logged-in') return true;
  // A log-in is no proof that the desk can be heard: whoever found that it cannot says when it can.
  if (reason !== 'no-answer') return false;
  return loggedInSince.getTime() >= Date.parse(since) + limit.seconds * 1000;
}

function isLate({ lookedAt }: DeskWatch, now: Date): boolean {
  return lookedAt === null || now.getTime() - Date.parse(lookedAt) > LATE_SECONDS * 1000;
}

/** Looks every few seconds whether somebody is at each province's desk: logged in, and their screen there. The timer carries what the last look saw. */
export function deskWatch(policy: Pick<IncidentPolicy, 'deskSilence'>): TimerHandler {
  return {
    kind: DESK_WATCH,
    async handle(client, timers, { world, now }) {
      const watch = watchBody.parse(timers.at(-1)?.body);
      const desks = await provinceDesks(client, world);
      const look = lookAtDesks(
        watch,
        {
          desks,
          attended: await attendedDesks(client, world, now),
          silent: await silentDesks(
            client,
            world,
            desks.map((one) => one.organisation),
          ),
        },
        policy.deskSilence,
        now,
      );
      await markSilent(client, world, look.silent, now);
      for (const one of look.answered)
        await markAnswered(client, world, one, null, { actor: SYSTEM, at: now });
      await setWatch(client, world, look.watch, new Date(now.getTime() + BEAT_SECONDS * 1000));
    },
  };
}

/** Sets the watch going where it does not yet: several processes may ask at once, and one timer is set. */
export async function startDeskWatch(client: PoolClient, world: World, now: Date): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [WATCH_LOCK]);
  const { rowCount } = await client.query('select from timer where world = $1 and kind = $2 limit 1', [
    world,
    DESK_WATCH,
  ]);
  if (rowCount === 0) await setWatch(client, world, { lookedAt: null, emptySince: {} }, now);
}

async function setWatch(client: PoolClient, world: World, body: DeskWatch, dueAt: Date): Promise<void> {
  await setTimers(client, [{ world, kind: DESK_WATCH, subject: 'desks', dueAt, body }]);
}

async function provinceDesks(client: PoolClient, world: World): Promise<ProvinceDesk[]> {
  const { rows } = await client.query<ProvinceDesk>({
    name: 'desk-of-provinces',
    text: `select code as organisation, coalesce(area_code, '') as "areaCode" from organisation
      where world = $1 and level = 'province' order by code`,
    values: [world],
  });
  return rows;
}
