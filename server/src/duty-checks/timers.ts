import { type CountryPack, timerFor } from '@keng/country-vn';
import { type DutyCheckId, type Limit, newId, type TransmitterProtocol, type World } from '@keng/model';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { setTimers, type TimerHandler } from '../timers/index.ts';
import { ASKED_PROTOCOLS, askDuty, endDuty, raiseAbsence } from './rules.ts';
import {
  absencesWithoutTimer,
  DUTY_CHECK_END,
  DUTY_CHECK_UNCLAIMED,
  loadDutyChecks,
  setUnclaimedTimers,
  storeAbsence,
  storeDutyChecks,
  transmittersToAsk,
} from './store.ts';

const DUTY_CHECK_REGULAR = 'duty-check.regular';
const SUBJECT = 'duty-checks';
/** How often it is looked who is due, and how many are asked at once: control rooms are not woken by the thousand. */
const LOOK_EVERY_MS = 300_000;
const AT_ONCE = 100;
const HOUR_MS = 3_600_000;
const SYSTEM = { kind: 'system', id: 'duty-checks' } as const;

const unclaimedBody = z.object({
  limit: z.object({ seconds: z.number(), source: z.string(), official: z.boolean() }),
});

/**
 * A question nobody answered in its time is an entry, and no other question waits for it; when nobody at the province looks after that
 * either, the nation is told.
 * @throws UnknownCode when the pack lacks the time: at the start, not at three in the morning
 */
export function dutyCheckTimers(pack: Timed): TimerHandler[] {
  const limitOf = unclaimedLimit(pack);
  limitOf('');
  return [
    {
      kind: DUTY_CHECK_END,
      async handle(client, timers, { world, now }) {
        const stored = await loadDutyChecks(client, world, idsOf(timers));
        const changes = stored.flatMap((one) => endDuty(one, { world, actor: SYSTEM, at: now }) ?? []);
        await storeDutyChecks(client, world, changes, now);
        await setUnclaimedTimers(client, world, changes, limitOf);
      },
    },
    {
      kind: DUTY_CHECK_UNCLAIMED,
      async handle(client, timers, { world, now }) {
        const limits = new Map(timers.map(({ subject, body }) => [subject, unclaimedBody.parse(body).limit]));
        for (const stored of await loadDutyChecks(client, world, idsOf(timers))) {
          const limit = limits.get(stored.state.id);
          if (limit === undefined) continue;
          const change = raiseAbsence(stored, limit, { world, actor: SYSTEM, at: now });
          if (change !== null) await storeAbsence(client, world, change, now);
        }
      },
    },
  ];
}

/**
 * Gives absences of before, when none went further, the time that they would have now; it may be over. Several processes may ask at
 * once, and each absence gets one.
 */
export async function startAbsenceWatch(client: PoolClient, world: World, pack: Timed): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [`${DUTY_CHECK_UNCLAIMED} ${world}`]);
  await setUnclaimedTimers(client, world, await absencesWithoutTimer(client, world), unclaimedLimit(pack));
}

type Timed = Pick<CountryPack, 'timers'>;

/** How long a province has to look after an absence. */
function unclaimedLimit(pack: Timed): (areaCode: string) => Limit {
  return (areaCode) => {
    const { seconds, timer } = timerFor(pack, DUTY_CHECK_UNCLAIMED, { province: areaCode });
    return { seconds, source: timer.sourceCode, official: timer.official };
  };
}

const idsOf = (timers: readonly { readonly subject: string }[]): DutyCheckId[] => [
  ...new Set(timers.map((timer) => timer.subject as DutyCheckId)),
];

/** Asks each control room again when so many hours are over since it was last asked. */
export function regularDutyChecks(hours: number): TimerHandler {
  return {
    kind: DUTY_CHECK_REGULAR,
    async handle(client, timers, { world, now }) {
      if (hours > 0) await askThoseDue(client, world, now, hours);
      // One look follows another, however many timers there were: several processes may have begun.
      if (timers.length > 0)
        await setTimers(client, [nextLook(world, new Date(now.getTime() + LOOK_EVERY_MS))]);
    },
  };
}

/** Begins the looks of a world; a world that has begun goes on as it was. */
export async function startRegularDutyChecks(client: PoolClient, world: World, now: Date): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [`${DUTY_CHECK_REGULAR} ${world}`]);
  const { rowCount } = await client.query('select from timer where world = $1 and kind = $2 limit 1', [
    world,
    DUTY_CHECK_REGULAR,
  ]);
  if (rowCount === 0) await setTimers(client, [nextLook(world, now)]);
}

const nextLook = (world: World, dueAt: Date) => ({
  world,
  kind: DUTY_CHECK_REGULAR,
  subject: SUBJECT,
  dueAt,
  body: {},
});

async function askThoseDue(client: PoolClient, world: World, now: Date, hours: number): Promise<void> {
  const protocols: TransmitterProtocol[] = [...ASKED_PROTOCOLS];
  const before = new Date(now.getTime() - hours * HOUR_MS);
  const due = await transmittersToAsk(client, world, protocols, before, AT_ONCE);
  const changes = due.map((one) =>
    askDuty(newId<DutyCheckId>(now.getTime()), one, null, { world, actor: SYSTEM, at: now }),
  );
  await storeDutyChecks(client, world, changes, now);
}
