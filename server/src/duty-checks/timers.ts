import type { DutyCheckId, TransmitterProtocol } from '@keng/model';
import { newId, type World } from '@keng/model';
import type { PoolClient } from 'pg';
import { setTimers, type TimerHandler } from '../timers/index.ts';
import { ASKED_PROTOCOLS, askDuty, endDuty } from './rules.ts';
import { DUTY_CHECK_END, loadDutyChecks, storeDutyChecks, transmittersToAsk } from './store.ts';

const DUTY_CHECK_REGULAR = 'duty-check.regular';
const SUBJECT = 'duty-checks';
/** How often it is looked who is due, and how many are asked at once: control rooms are not woken by the thousand. */
const LOOK_EVERY_MS = 300_000;
const AT_ONCE = 100;
const HOUR_MS = 3_600_000;
const SYSTEM = { kind: 'system', id: 'duty-checks' } as const;

/** A question nobody answered in its time is an entry, and no other question waits for it. */
export const dutyCheckEnd: TimerHandler = {
  kind: DUTY_CHECK_END,
  async handle(client, timers, { world, now }) {
    const ids = [...new Set(timers.map((timer) => timer.subject as DutyCheckId))];
    const stored = await loadDutyChecks(client, world, ids);
    const changes = stored.flatMap((one) => endDuty(one, { world, actor: SYSTEM, at: now }) ?? []);
    await storeDutyChecks(client, world, changes, now);
  },
};

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
