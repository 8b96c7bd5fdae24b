import { type FacilityId, LIVE, newId, type OrganisationCode, type TransmitterId } from '@keng/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/index.ts';
import { LinkBook } from './link-book.ts';
import { LinkWriter } from './link-writer.ts';
import { OutageWatch } from './outage-watch.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

it('outages are written while changes go on coming, and what is written is let go', async () => {
  const book = new LinkBook();
  const options = { pool: database.pool('keng_core'), world: LIVE, clock: systemClock, book };
  const policy = {
    links: 1,
    percent: 1,
    windowSeconds: 60,
    endPercent: 100,
    source: 'test',
    official: false,
  };
  /** More comes each time that outages are written: half a million links do not wait for each other. */
  class Flood extends OutageWatch {
    waiting: number[] = [];
    override async write(): Promise<void> {
      this.waiting.push(writer.waiting);
      if (this.waiting.length < 4) writer.add(changes(6_000));
      await super.write();
    }
  }
  const outages = new Flood({ ...options, policy });
  const writer = new LinkWriter({ ...options, outages });
  writer.add(changes(1));
  await writer.write();
  expect(outages.waiting).toEqual([1, 1_001, 2_001, 3_001]);
  expect(writer.waiting).toBe(0);
  // Whoever stops does not wait for the rests of what is written in the background.
  writer.add(changes(1_200));
  const inBackground = writer.writeUnhurried();
  await writer.write();
  expect(writer.waiting).toBe(0);
  await inBackground;
});

/** Links that need not report any more: nothing is said of them. */
function changes(count: number) {
  const link = {
    member: 0,
    transmitterId: newId<TransmitterId>(),
    facilityId: newId<FacilityId>(),
    organisation: 'VN-ST-01-01' as OrganisationCode,
    area: '01',
    carrier: null,
    reportingSeconds: 90,
    heardSecond: 1,
    path: null,
    ofPaths: false,
    outage: 0,
  };
  return Array.from({ length: count }, () => ({
    link,
    change: 'restored' as const,
    because: 'unregistered' as const,
  }));
}
