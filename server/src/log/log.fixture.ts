import { type AnyDraft, type AnyEntry, LIVE, type World } from '@keng/model';
import { afterEach, beforeEach } from 'vitest';
import { openClient, transaction } from '../platform/index.ts';
import { signalDraft } from '../testing/drafts.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { until } from '../testing/until.ts';
import { appendEntries, headPosition, readAfter, Sequencer, Wake } from './index.ts';

/** A log for each test: a database of its own, a sequencer that numbers, and somebody who wakes those who read. */
export class LogFixture {
  database!: TestDatabase;
  sequencer!: Sequencer;
  wake!: Wake;

  newSequencer(now: () => number = Date.now): Sequencer {
    return new Sequencer({
      pool: this.database.pool('keng_sequencer'),
      origin: 'test',
      epoch: 1,
      now,
      log: ignore,
    });
  }

  /** Fire alarms of a device, each with its sequence number, in one transaction. */
  async append(...sequences: number[]): Promise<void> {
    await this.#appendDrafts(sequences.map((sequence) => signalDraft(sequence)));
  }

  /** So many faults, with sequence numbers from 0, in one transaction. */
  async appendFaults(count: number): Promise<void> {
    await this.#appendDrafts(Array.from({ length: count }, (_, index) => signalDraft(index, { lane: 1 })));
  }

  async #appendDrafts(drafts: readonly AnyDraft[]): Promise<void> {
    await transaction(this.database.pool('keng_core'), (client) => appendEntries(client, drafts, new Date()));
  }

  /** Everything of a world, once so many entries are numbered. */
  async numbered(count: number, world: World = LIVE): Promise<AnyEntry[]> {
    const pool = this.database.pool('keng_auditor');
    await until(async () => (await headPosition(pool, world)) >= count);
    return readAfter(pool, world, 0, 10_000);
  }
}

/** Call it once at the top of a test file. */
export function useLog(): LogFixture {
  const log = new LogFixture();
  beforeEach(async () => {
    log.database = await createTestDatabase();
    log.sequencer = log.newSequencer();
    log.wake = new Wake(() => openClient(log.database.address, 'keng_core', 'test-wake'), 100);
    await log.wake.start();
    log.sequencer.start();
  });
  afterEach(async () => {
    await log.wake.stop();
    await log.sequencer.stop();
    await log.database.drop();
  });
  return log;
}

/** Tests break connections and handlers on purpose: what workers say of it is not what is asked. */
export function ignore(): void {}
