import { randomBytes } from 'node:crypto';
import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signalDraft } from '../testing/drafts.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { GroupCommit } from './group-commit.ts';
import { numberTheRest } from './number-the-rest.ts';
import { readAfter } from './read.ts';
import { Sequencer } from './sequencer.ts';
import { verifyLog } from './verify.ts';

const HOUR_MS = 3_600_000;
const WINDOW = { windowSeconds: 60 };
let database: TestDatabase;
let nowMs = Date.UTC(2026, 5, 1, 12);
const clock = (): number => nowMs;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const key = () => ({ key: randomBytes(16), ...WINDOW });

describe.each([
  ['an hour forward', HOUR_MS],
  ['an hour back', -HOUR_MS],
])('the wall clock is set %s', (_name, step) => {
  it('a device that says something new under a number that came round is stored, not taken for a retry', async () => {
    const commit = new GroupCommit({ pool: database.pool('keng_receiver'), now: clock });
    const same = key();
    expect(await commit.append(signalDraft(1, { at: new Date(nowMs) }), same)).toBe('stored');
    nowMs += 1_000;
    expect(await commit.append(signalDraft(1, { at: new Date(nowMs) }), same)).toBe('duplicate');
    nowMs += step + 2 * WINDOW.windowSeconds * 1_000;
    expect(await commit.append(signalDraft(2, { at: new Date(nowMs) }), same)).toBe('stored');
    // From the step on, retries are known again.
    nowMs += 1_000;
    expect(await commit.append(signalDraft(2, { at: new Date(nowMs) }), same)).toBe('duplicate');
  });

  it('while alarms come in: each that was acknowledged is in the log once, in the order it was stored, and the chain holds', async () => {
    const sequencing = {
      pool: database.pool('keng_sequencer'),
      origin: 'test',
      epoch: 1,
      now: clock,
      log: () => undefined,
    };
    const sequencer = new Sequencer(sequencing);
    sequencer.start();
    await numberTheRest(sequencing);
    const pool = database.pool('keng_auditor');
    const { position: before } = await verifyLog({ pool, world: LIVE });
    const commit = new GroupCommit({ pool: database.pool('keng_receiver'), now: clock });
    const told: number[] = [];
    for (let sequence = 1; sequence <= 60; sequence += 1) {
      if (sequence === 30) nowMs += step;
      if ((await commit.append(signalDraft(sequence, { at: new Date(nowMs) }), key())) === 'stored')
        told.push(sequence);
      nowMs += 100;
    }
    await sequencer.stop();
    await numberTheRest(sequencing);
    const entries = await readAfter(pool, LIVE, before, 1_000);
    const read = entries.map((entry) => ('sequence' in entry.body ? Number(entry.body.sequence) : -1));
    expect(told).toHaveLength(60);
    expect(read).toEqual(told);
    expect((await verifyLog({ pool, world: LIVE })).faults).toEqual([]);
  });
});
