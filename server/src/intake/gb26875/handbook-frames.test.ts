import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeFrame, readDatagram } from '@keng/gb26875';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/index.ts';
import { startRig, storedSignals } from '../test-rig.ts';
import { Device, gb26875Transmitter, heartbeat } from './device.fixture.ts';

// Published frames with their expected results, kept outside the project (test data only).
const file = resolve(import.meta.dirname, '../../../../../shared/data/gb26875/frames.jsonl');
const present = existsSync(file);

interface Line {
  readonly id: string;
  readonly hex: string;
  readonly expected: {
    readonly verdict: string;
    readonly newEvents: number;
    readonly answer?: Readonly<Record<string, number>>;
  };
}

const lines: readonly Line[] = present
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  : [];

const PROBE = 0xfeed;

describe.skipIf(!present)(
  'published frames through the receiver (skipped where shared/data/gb26875 is absent)',
  () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await createTestDatabase();
    });
    afterAll(() => database.drop());

    it.each(lines.map((line) => [line.id, line] as const))(
      '%s gets its answer and raises its events',
      async (_, { hex, expected }) => {
        const bytes = Buffer.from(hex, 'hex');
        const [item] = readDatagram(bytes);
        if (item?.kind !== 'frame') throw new Error('the line is no frame');
        const { source, time } = decodeFrame(item.frame);
        // The clock of the centre is that of the frame, so that there is nothing to set right.
        const now = new Date(time === null ? '2012-09-26T09:58:32Z' : `${time}Z`);
        const clock: Clock = { now: () => now };
        const devices = [...new Set([source, PROBE])].map((one) => gb26875Transmitter(one));
        const rig = await startRig(database.pool('keng_receiver'), devices, { clock });
        const auditor = database.pool('keng_auditor');
        const before = (await storedSignals(auditor)).length;
        const device = await Device.connect(rig.gb26875Port);
        try {
          for (const at of [0, 5, 29])
            device.send(bytes.subarray(at, at === 0 ? 5 : at === 5 ? 29 : undefined));
          const probe = heartbeat(PROBE);
          device.send(probe);
          const answers = [];
          for (
            let answer = await device.answer();
            answer !== null && answer.destination !== PROBE;
            answer = await device.answer()
          ) {
            if (answer.type !== 90) answers.push(answer);
          }
          expect(answers).toMatchObject(expected.answer === undefined ? [] : [expected.answer]);
          const stored = (await storedSignals(auditor)).slice(before);
          const raised = stored.filter((one) => one.kind === 'signal.received');
          expect(raised.flatMap((one) => one.body.events)).toHaveLength(expected.newEvents);
        } finally {
          device.close();
          await rig.stop();
        }
      },
    );
  },
);
