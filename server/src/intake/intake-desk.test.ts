import { LIVE, newId, type SignalId } from '@keng/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GroupCommit } from '../log/index.ts';
import { systemClock } from '../platform/index.ts';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { until } from '../testing/until.ts';
import { type IntakeCounters, IntakeDesk, noCounts, type RefusedFrame } from './intake-desk.ts';
import { MeasurementWriter } from './measurements/measurement-writer.ts';
import { RefusalLimiter } from './refusal-limiter.ts';
import { listSource, MemoryRegistry } from './registry.ts';
import { type FrameMembers, receivedDraft, refusedDraft } from './signal-draft.ts';
import { StorageState } from './storage-state.ts';
import { quietLog, storedSignals, transmitter } from './test-rig.ts';

const MINUTE_MS = 60_000;

let database: TestDatabase;
let storage: StorageState;
let desk: IntakeDesk;
/** Accounts that counted as heard. */
let alive: string[];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(() => {
  alive = [];
  const pool = database.pool('keng_receiver');
  const common = { world: LIVE, clock: systemClock, log: quietLog } as const;
  // It does not try by itself meanwhile: what failed stays to be looked at.
  storage = new StorageState({ ...common, pool, probeMs: 3_600_000 });
  desk = new IntakeDesk({
    ...common,
    commit: new GroupCommit({ pool }),
    storage,
    refusals: new RefusalLimiter(),
    measurements: new MeasurementWriter(pool, LIVE),
    heard: (device) => alive.push(device.account),
  });
  return () => storage.stop();
});

const members = (account: string, protocol = 'dc09'): FrameMembers => ({
  account,
  deviceAt: null,
  encrypted: false,
  events: [],
  line: null,
  protocol,
  quirks: [],
  raw: '',
  receiver: 'dc09-tcp',
  remote: '192.0.2.1:1',
  sequence: null,
  signalId: newId<SignalId>(),
});

/** A frame of this account is refused. */
function refuse(account: string, protocol = 'dc09'): void {
  const frame: RefusedFrame = (at, refusal) =>
    refusedDraft(LIVE, members(account, protocol), null, at, refusal);
  desk.refuse(protocol, account, '192.0.2.1', 'account-unknown', frame);
}

const ANSWER = Uint8Array.of(1);
const device = transmitter('D001');

/** A signal, or a value, of a device is stored; what is answered to whom. `spoke`: it was the device itself. */
const DEEDS: readonly [string, (counters: IntakeCounters, spoke?: boolean) => Promise<unknown[]>][] = [
  [
    'a signal',
    (counters, spoke) =>
      new Promise((resolve) => {
        const at = desk.now();
        const draft = receivedDraft(LIVE, members('D001'), device, at);
        desk.store(
          draft,
          null,
          device,
          counters,
          () => ANSWER,
          (...reply) => resolve(reply),
          spoke,
        );
      }),
  ],
  [
    'a value',
    (counters, spoke) =>
      new Promise((resolve) => {
        const values = [{ part: '1', kind: 'temperature', unit: '°C', value: 21, at: desk.now() }];
        desk.measure(
          values,
          device,
          counters,
          () => ANSWER,
          (...reply) => resolve(reply),
          spoke,
        );
      }),
  ],
];

describe.each(DEEDS)('%s', (_, deed) => {
  it('is answered when it is stored, and its device is alive', async () => {
    const counters = noCounts();
    expect(await deed(counters)).toEqual([ANSWER, device]);
    expect(alive).toEqual(['D001']);
    expect(counters.stored + counters.measured).toBe(1);
  });

  it('that somebody else says for the device is stored, and no sign of life', async () => {
    expect(await deed(noCounts(), false)).toEqual([ANSWER, device]);
    expect(alive).toEqual([]);
  });

  it('that cannot be stored is not answered, and that is told; who sent it is a device all the same', async () => {
    const counters = noCounts();
    await asAdministrator(database.address, 'revoke insert on entry, measurement from keng_receiver');
    expect(await deed(counters)).toEqual([null, device]);
    await asAdministrator(database.address, 'grant insert on entry, measurement to keng_receiver');
    expect([alive, counters.unstored]).toEqual([[], 1]);
    expect(storage.failing).toMatchObject({ refused: 1 });
  });
});

const stored = async (account: string) =>
  (await storedSignals(database.pool('keng_auditor'))).filter(({ body }) => body.account === account);

it('what was refused again and again is stored at once, and a minute later with its number', async () => {
  for (let count = 0; count < 21; count += 1) refuse('E001');
  await until(async () => (await stored('E001')).length === 1);
  await desk.reportRefusals(performance.now() + MINUTE_MS);
  expect((await stored('E001')).map(({ body }) => body.suppressed)).toEqual([0, 19]);
});

it('an account of two protocols is two strangers', async () => {
  refuse('E002');
  refuse('E002', 'gb26875');
  await until(async () => (await stored('E002')).length === 2);
});

it('a refusal that cannot be stored is told: nothing else shows that a stranger called', async () => {
  await asAdministrator(database.address, 'revoke insert on entry from keng_receiver');
  refuse('E003');
  await until(() => storage.failing !== null);
  await asAdministrator(database.address, 'grant insert on entry to keng_receiver');
});

it('a register that cannot be asked is told, and answered with silence alone', async () => {
  const source = { ...listSource(() => []), byAccount: () => Promise.reject(new Error('away')) };
  const registry = new MemoryRegistry({ source }).of('dc09');
  const counters = noCounts();
  const heard: unknown[] = [];
  await desk.ask(
    registry,
    'E004',
    counters,
    (...reply) => heard.push(reply),
    (device) => heard.push(device),
  );
  expect(heard).toEqual([[null, null]]);
  expect([counters.lookUpsFailed, storage.failing?.error]).toEqual([1, 'away']);
});
