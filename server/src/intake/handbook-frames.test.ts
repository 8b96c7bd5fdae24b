import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LIVE } from '@keng/model';
import { parseKey } from '@keng/sia-dc09';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { framed, type Rig, startRig, storedSignals, transmitter } from './test-rig.ts';

// Captured and generated frames with their expected results, kept outside the project (test data only).
const file = resolve(import.meta.dirname, '../../../../shared/data/dc09/frames.jsonl');
const present = existsSync(file);

interface Expected {
  readonly verdict: string;
  readonly account?: string | null;
  readonly dataAccount?: string | null;
  readonly newEvents?: number;
  readonly duplicateOf?: string;
  readonly answerToken?: string;
  readonly answerHeader?: string;
  readonly answerText?: string;
  readonly answerHex?: string;
  readonly frames?: readonly Expected[];
}

interface Line {
  readonly id: string;
  readonly text?: string;
  readonly hex?: string;
  readonly segments?: readonly string[];
  readonly key?: string;
  readonly keyForm?: 'ascii' | 'hex';
  readonly clock?: string;
  readonly expected: Expected;
}

const lines: readonly Line[] = present
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  : [];

const PROBE = 'FEEDC0DE';

function identitiesOf({ expected }: Line): string[] {
  return [expected, ...(expected.frames ?? [])].flatMap((one) => {
    const identity = one.account || one.dataAccount;
    return identity ? [identity.toUpperCase()] : [];
  });
}

function segmentsOf(line: Line): Buffer[] {
  const form = line.hex === undefined ? 'latin1' : 'hex';
  return (line.segments ?? [line.hex ?? line.text ?? '']).map((part) => Buffer.from(part, form));
}

describe.skipIf(!present)(
  'captured frames through the receiver (skipped where shared/data/dc09 is absent)',
  () => {
    // The file uses the same account, sequence and data with several keys, which one centre would rightly take for a retry.
    const databases = new Map<string, TestDatabase>();
    let now = new Date();
    const clock: Clock = { now: () => now };

    beforeAll(async () => {
      for (const key of new Set(lines.map((line) => line.key ?? ''))) {
        databases.set(key, await createTestDatabase());
      }
    });
    afterAll(async () => {
      for (const database of databases.values()) await database.drop();
    });

    function databaseOf(line: Line): TestDatabase {
      const database = databases.get(line.key ?? '');
      if (!database) throw new Error('each key has a database');
      return database;
    }

    /** A register of its own for each frame: the file uses the same accounts with and without keys. */
    async function rigFor(line: Line): Promise<Rig> {
      const key = line.key === undefined ? null : parseKey(line.key, line.keyForm ?? 'ascii');
      const devices = identitiesOf(line).map((account) => transmitter(account, { key }));
      return await startRig(databaseOf(line).pool('keng_receiver'), [...devices, transmitter(PROBE)], {
        clock,
        world: LIVE,
      });
    }

    it.each(lines.map((line) => [line.id, line] as const))(
      '%s gets its answer and raises its events',
      async (_, line) => {
        now = line.clock === undefined ? new Date() : new Date(line.clock);
        const auditor = databaseOf(line).pool('keng_auditor');
        const before = (await storedSignals(auditor)).length;
        const rig = await rigFor(line);
        try {
          const panel = await rig.connect();
          for (const segment of segmentsOf(line)) panel.send(segment);
          panel.send(framed(`"NULL"0000L0#${PROBE}[]`));
          const answers: string[] = [];
          for (
            let answer = await panel.answer();
            answer && !answer.includes(PROBE);
            answer = await panel.answer()
          ) {
            answers.push(answer);
          }
          panel.close();
          const expected = line.expected.frames ?? [line.expected];
          const answered = expected.filter((one) => one.answerToken !== undefined);
          expect(answers).toHaveLength(answered.length);
          answered.forEach((one, index) => {
            const answer = answers[index] ?? '';
            if (one.answerText !== undefined) expect(answer).toBe(one.answerText);
            if (one.answerHex !== undefined) {
              expect(Buffer.from(answer, 'latin1').toString('hex').toUpperCase()).toBe(one.answerHex);
            }
            expect(answer).toContain(`"${one.answerToken}"${one.answerHeader ?? ''}`);
          });
          const events = expected.reduce((sum, one) => sum + (one.newEvents ?? 0), 0);
          const stored = (await storedSignals(auditor)).slice(before);
          const raised = stored
            .filter((one) => one.kind === 'signal.received')
            .reduce((sum, one) => sum + one.body.events.length, 0);
          if (line.expected.duplicateOf === undefined) expect(raised).toBe(events);
          // A retry stands beside its first try, which this file has before it: acknowledged, and not raised again.
          else expect(raised).toBe(0);
        } finally {
          await rig.stop();
        }
      },
    );
  },
);
