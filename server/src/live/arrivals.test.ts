import { type ArrivalNews, type FacilityId, LIVE, newId, type OrganisationCode } from '@keng/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createTestRegister,
  DESK,
  goodInput,
  hand,
  OTHER_STATION,
  STATION,
  type TestRegister,
} from '../facilities/test-register.ts';
import { appendEntries, headPosition, numberTheRest, Wake } from '../log/index.ts';
import { transaction } from '../platform/index.ts';
import { signalDraft } from '../testing/drafts.ts';
import { until } from '../testing/until.ts';
import { Arrivals } from './arrivals.ts';

const SORTER = 'rules';
let register: TestRegister;
let wake: Wake;
let arrivals: Arrivals;
let school: FacilityId;
let market: FacilityId;

beforeAll(async () => {
  register = await createTestRegister();
  school = await registered('Trường (mẫu)', STATION, '01');
  market = await registered('Chợ (mẫu)', OTHER_STATION, '79');
  await query(
    `insert into consumer_cursor (world, consumer, lane, position) values ('live', '${SORTER}', 0, 0)`,
  );
  wake = new Wake(null, 20);
  arrivals = started();
});

afterAll(async () => {
  await arrivals.stop();
  await wake.stop();
  await register.database.drop();
});

it('an alarm that the rules have not looked at is told to the desks that may see it, and its end, too', async () => {
  const nation = listen(() => true);
  const hanoi = listen(({ organisation }) => organisation === STATION);
  await signals(['school', 'school', 'market', 'fault']);
  await until(() => nation.known.size === 2);
  expect(nation.known.get(school)).toMatchObject({
    name: 'Trường (mẫu)',
    address: '15 Trần Hưng Đạo',
    province: DESK,
    station: STATION,
    synthetic: true,
    signals: 2,
    from: 1,
    upto: 2,
  });
  await until(() => hanoi.known.size === 1);
  expect(nation.known.get(market)).toMatchObject({ province: 'VN-PC07-79', signals: 1, upto: 3 });

  // Whoever comes later is told of what still waits, and of nothing else.
  await sorted(2);
  await until(() => nation.last?.sorted === 2);
  const later = listen(() => true);
  await until(() => later.last !== null);
  expect([later.last?.sorted, ...later.known.keys()]).toEqual([2, market]);

  await sorted(await headPosition(register.database.pool('keng_auditor'), LIVE));
  await until(() => later.last?.sorted === 3);
  expect(arrivals.waiting).toBe(0);
  await Promise.all([nation.stop(), hanoi.stop(), later.stop()]);
});

it('more signals than are read at a time are all told, those of a building together', async () => {
  const nation = listen(() => true);
  await until(() => nation.last !== null);
  const head = await signals([...Array.from({ length: 2_500 }, () => 'school' as const), 'market']);
  await until(() => nation.known.has(market));
  expect(arrivals.waiting).toBeLessThan(10);
  await sorted(head);
  await until(() => nation.last?.sorted === head);
  expect(arrivals.waiting).toBe(0);
  await nation.stop();
});

it('signals of facilities that the register does not hold, more than are read at a time, hide nothing behind them', async () => {
  const head = await signals([...Array.from({ length: 2_100 }, () => 'nowhere' as const), 'market']);
  // One that finds all of them when it first looks: they may have come to the other in parts.
  const late = started();
  const nation = listen(() => true, late);
  await until(() => nation.known.has(market));
  expect([...nation.known.keys()]).toEqual([market]);
  await sorted(head);
  await until(() => arrivals.waiting === 0);
  await nation.stop();
  await late.stop();
});

it('what the rules have looked at in time is told to nobody', async () => {
  const nation = listen(() => true);
  await until(() => nation.last !== null);
  // Rules that are always sooner.
  await sorted(1_000_000);
  const head = await signals(['market']);
  await sorted(head);
  await signals(['school']);
  await until(() => nation.known.has(school));
  expect([...nation.known.keys()]).toEqual([school]);
  await nation.stop();
});

function started(): Arrivals {
  const one = new Arrivals({
    pool: register.database.pool('keng_auditor'),
    world: LIVE,
    sorter: SORTER,
    wake,
    log: (message, error) => {
      throw new Error(message, { cause: error });
    },
  });
  one.start();
  return one;
}

async function registered(
  name: string,
  organisation: OrganisationCode,
  areaCode: string,
): Promise<FacilityId> {
  const input = goodInput({ name, organisation, areaCode, position: null, transmitters: [] });
  return (await register.all((client) => register.service.register(client, hand, input))).state.id;
}

/** @returns the head of the log after them */
async function signals(of: readonly ('school' | 'market' | 'nowhere' | 'fault')[]): Promise<number> {
  const facilities = { school, market, nowhere: newId<FacilityId>(), fault: school };
  const drafts = of.map((one, index) => ({
    ...signalDraft(index, { lane: one === 'fault' ? 1 : 0 }),
    facility: facilities[one],
    organisation: one === 'market' ? OTHER_STATION : STATION,
  }));
  await transaction(register.database.pool('keng_core'), (client) =>
    appendEntries(client, drafts, new Date()),
  );
  await numberTheRest({
    pool: register.database.pool('keng_sequencer'),
    origin: 'test',
    epoch: 1,
    log: () => undefined,
  });
  return headPosition(register.database.pool('keng_auditor'), LIVE);
}

const query = (text: string, values: readonly unknown[] = []) =>
  register.database.pool('keng_core').query(text, [...values]);
const sorted = (position: number) =>
  query('update consumer_cursor set position = $2 where world = $3 and consumer = $1 and lane = 0', [
    SORTER,
    position,
    LIVE,
  ]);

/** What a browser would hold. */
function listen(accept: Parameters<Arrivals['subscribe']>[0]['accept'], of = arrivals) {
  const heard = {
    known: new Map<FacilityId, ArrivalNews['arrivals'][number]>(),
    last: null as ArrivalNews | null,
  };
  const stop = of.subscribe({
    accept,
    send: async (news) => {
      for (const one of news.arrivals) heard.known.set(one.facility, one);
      heard.last = news;
    },
  });
  return Object.assign(heard, { stop });
}
