import type { AnyDraft, EntryDraft, OrganisationCode, World } from '@keng/model';
import type { PoolClient } from 'pg';
import {
  type DeskSilence,
  markAnswered,
  markSilent,
  raiseUnclaimed,
  silentDesks,
} from '../incidents/index.ts';
import { appendEntries } from '../log/index.ts';
import { type AttendedDesk, attendedDesks } from '../people/index.ts';
import { setTimers, type TimerHandler } from '../timers/index.ts';
import type { RoomPolicy } from './country-rules.ts';
import { type DeskFacts, lookAtProofs, type ProofWatch, proofWatchBody } from './desk-proof.ts';
import { knownScreens, type ScreenFacts, shiftsOn, type WatchedDesk, watchedDesks } from './screens.ts';

const ROOM_WATCH = 'room.watch';
const BEAT_SECONDS = 10;
/** Three beats of a live feed, or a request, which is noted once a minute. */
const SEEN_SECONDS = 90;
const WATCH_LOCK = 0x6b656e68;
const ACTOR = { kind: 'system', id: 'room' } as const;

/**
 * Looks every few seconds whether each desk and station proves that somebody is there and that it can be heard, and whether somebody
 * looks after those that do not.
 */
export function roomWatch(policy: Pick<RoomPolicy, 'faultLimit' | 'unclaimedLimit'>): TimerHandler {
  return {
    kind: ROOM_WATCH,
    async handle(client, timers, { world, now }) {
      const watch = proofWatchBody.parse(timers.at(-1)?.body);
      const facts = await deskFacts(client, world, now);
      const look = lookAtProofs(watch, facts, policy.faultLimit, now);
      await appendEntries(
        client,
        look.changed.map((body) => draftOf(world, body, now)),
        now,
      );
      await markSilent(client, world, look.silent, now);
      for (const one of look.answered)
        await markAnswered(client, world, one, null, { actor: ACTOR, at: now });
      const waiting = facts.filter(({ desk, silence }) => silence !== null && desk.level === 'station');
      const limits = waiting.map(
        ({ desk }) => [desk.organisation, policy.unclaimedLimit(desk.areaCode)] as const,
      );
      await raiseUnclaimed(client, world, new Map(limits), now);
      await setWatch(client, world, look.watch, new Date(now.getTime() + BEAT_SECONDS * 1000));
    },
  };
}

/** Sets the watch going where it does not yet: several processes may ask at once, and one timer is set. */
export async function startRoomWatch(client: PoolClient, world: World, now: Date): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [WATCH_LOCK]);
  const { rowCount } = await client.query('select from timer where world = $1 and kind = $2 limit 1', [
    world,
    ROOM_WATCH,
  ]);
  if (rowCount === 0) await setWatch(client, world, { lookedAt: null, since: {}, told: {} }, now);
}

async function setWatch(client: PoolClient, world: World, body: ProofWatch, dueAt: Date): Promise<void> {
  await setTimers(client, [{ world, kind: ROOM_WATCH, subject: 'room', dueAt, body }]);
}

async function deskFacts(client: PoolClient, world: World, now: Date): Promise<DeskFacts[]> {
  const desks = await watchedDesks(client, world);
  const screens = new Map<OrganisationCode, ScreenFacts[]>();
  for (const one of await knownScreens(client, world, now))
    screens.set(one.organisation, [...(screens.get(one.organisation) ?? []), one]);
  const attended = attendedNow(
    [
      ...(await attendedDesks(client, world, now)),
      ...(await attendedDesks(client, world, now, 'incident.station')),
    ],
    now,
  );
  const shifts = await shiftsOn(client, world);
  const silent = await silentDesks(
    client,
    world,
    desks.map((one) => one.organisation),
  );
  return desks.map((desk: WatchedDesk) => ({
    desk,
    attended: attended.has(desk.organisation),
    screens: screens.get(desk.organisation) ?? [],
    shift: shifts.get(desk.organisation) ?? null,
    silence: silenceOf(silent.get(desk.organisation)),
  }));
}

function silenceOf(silence: DeskSilence | undefined): DeskSilence['reason'] | null {
  return silence?.reason ?? null;
}

function attendedNow(desks: readonly AttendedDesk[], now: Date): Set<OrganisationCode> {
  const there = desks.filter((one) => now.getTime() - one.seenAt.getTime() < SEEN_SECONDS * 1000);
  return new Set(there.map((one) => one.organisation));
}

function draftOf(world: World, body: EntryDraft<'desk.proof-changed'>['body'], at: Date): AnyDraft {
  return {
    world,
    kind: 'desk.proof-changed',
    lane: 1,
    // Not `desk/...`: the last entry there says whether the desk is silent.
    subject: `proof/${body.organisation}`,
    organisation: body.organisation,
    facility: null,
    revision: null,
    at,
    actor: ACTOR,
    body,
  };
}
