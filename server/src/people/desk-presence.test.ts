import { LIVE, type OrganisationCode } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger, ManualClock } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { DeskPresence } from './desk-presence.ts';

const NOW = new Date('2026-03-01T03:00:00.000Z');
const code = (text: string): OrganisationCode => text as OrganisationCode;
const HANOI = code('VN-PC07-01');
const SAIGON = code('VN-PC07-79');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool('keng_core').query(
    `insert into organisation (world, code, level, parent, name, synthetic)
     select 'live', code, 'province', null, '{}', true from unnest($1::text[]) as desk(code)`,
    [[HANOI, SAIGON]],
  );
});
afterAll(() => database.drop());

async function seen(): Promise<Record<string, string>> {
  const { rows } = await database
    .pool('keng_core')
    .query<{ organisation: string; seen_at: Date }>(
      'select organisation, seen_at from desk_presence order by 1',
    );
  return Object.fromEntries(rows.map((one) => [one.organisation, one.seen_at.toISOString()]));
}

describe('the screens of desks', () => {
  it('are noted once a desk as long as one is there, of whoever may accept an alarm', async () => {
    const clock = new ManualClock(NOW);
    const pool = database.pool('keng_web');
    let beats = 0;
    const counting = {
      query: (...args: unknown[]): unknown => {
        beats += 1;
        return Reflect.apply(pool.query, pool, args);
      },
    } as unknown as typeof pool;
    const presence = new DeskPresence({
      pool: counting,
      world: LIVE,
      clock,
      log: createLogger('test'),
      beatMs: 5,
    });
    const first = presence.enter({ organisation: HANOI, roles: ['dispatcher'] });
    const second = presence.enter({ organisation: HANOI, roles: ['call-taker'] });
    presence.enter({ organisation: SAIGON, roles: ['station-officer'] });
    presence.enter({ organisation: null, roles: ['administrator'] });
    presence.start();
    const beat = async (): Promise<void> => {
      const before = beats;
      await expect.poll(() => beats).toBeGreaterThan(before + 1);
    };
    await beat();
    expect(await seen()).toEqual({ [HANOI]: NOW.toISOString() });
    clock.advance(LIVE, 30);
    first();
    first();
    await beat();
    const later = new Date(NOW.getTime() + 30_000).toISOString();
    expect(await seen()).toEqual({ [HANOI]: later });
    second();
    // A beat that had begun before may still be on its way.
    await presence.stop();
    clock.advance(LIVE, 30);
    presence.start();
    const third = presence.enter({ organisation: SAIGON, roles: ['dispatcher'] });
    await expect.poll(seen).toMatchObject({ [HANOI]: later, [SAIGON]: clock.now(LIVE).toISOString() });
    third();
    await presence.stop();
  });
});
