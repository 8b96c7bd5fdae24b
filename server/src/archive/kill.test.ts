import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIVE } from '@keng/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLog } from '../log/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { archivedParts, listArchiveFiles } from './index.ts';
import { Past } from './past.fixture.ts';

const child = fileURLToPath(new URL('./kill-child.fixture.ts', import.meta.url));
const NOW = '2026-03-10T08:00:00.000Z';
let database: TestDatabase;
let past: Past;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  past = new Past(database);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-archive-kill-'));
  await past.establish();
  for (const month of [0, 1]) {
    await past.signals(new Date(Date.UTC(2013, month, 5)), 0, 30);
    await past.signals(new Date(Date.UTC(2013, month, 6)), 2, 70);
    await past.register(new Date(Date.UTC(2013, month, 7)));
  }
  await past.nextBlocks();
  await past.signals(new Date(NOW), 2, 5);
});
afterAll(async () => {
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

/** How it ended: the signal, or the number of steps that it said. */
async function run(die: number): Promise<string> {
  const args = ['--import', import.meta.resolve('tsx'), child];
  const one = spawn(process.execPath, [...args, JSON.stringify(database.address), folder, NOW, String(die)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  one.stdout.on('data', (text: Buffer) => {
    said += String(text);
  });
  return await new Promise((resolve) => one.once('close', (_code, signal) => resolve(signal ?? said)));
}

/** Every position is in the tables or in a registered file, and none of the tables twice. */
async function ledger(): Promise<{ readonly tables: number; readonly files: number; readonly both: number }> {
  const owner = database.pool('keng_owner');
  const { rows } = await owner.query<{ position: number; times: number }>(
    `select o.position, count(*)::int as times from log_order o join entry e on e.world = o.world and e.id = o.entry_id
     where o.position <= 202 group by 1`,
  );
  expect(rows.every((row) => row.times === 1)).toBe(true);
  const files = await listArchiveFiles(owner, LIVE);
  const inFiles = (position: number): boolean =>
    files.some((one) => position >= one.first && position <= one.last);
  const there = new Set(rows.map((row) => row.position));
  const missing = Array.from({ length: 202 }, (_, index) => index + 1).filter(
    (position) => !there.has(position) && !inFiles(position),
  );
  expect(missing).toEqual([]);
  const { rows: loose } = await owner.query(
    'select 1 from log_order o where not exists (select from entry e where e.world = o.world and e.id = o.entry_id)',
  );
  expect(loose).toEqual([]);
  return {
    tables: rows.length,
    files: files.length,
    both: rows.filter((row) => inFiles(row.position)).length,
  };
}

it('killed before each of its steps, it goes on where it stopped: nothing is lost, nothing is there twice, the chain holds', async () => {
  // Two files of four steps each, two blocks of three: each step once, and the last run to its end.
  const kills = [1, 2, 3, 4, 4, 1, 2, 3, 3];
  for (const die of [...kills, 0]) {
    expect(await run(die)).toBe(die === 0 ? '0' : 'SIGKILL');
    await ledger();
    const pool = database.pool('keng_auditor');
    expect(await verifyLog({ pool, world: LIVE })).toMatchObject({ faults: [] });
  }
  await past.number(new Date(NOW));
  expect(await ledger()).toMatchObject({ tables: 2, files: 2 });
  const pool = database.pool('keng_auditor');
  const parts = await archivedParts(pool, LIVE, folder);
  if (!parts) throw new Error('nothing was archived');
  expect(await verifyLog({ pool, world: LIVE, archive: parts })).toMatchObject({
    faults: [],
    archived: { upto: 202, read: 202 },
  });
  // Each file was told of once.
  const { rows } = await database
    .pool('keng_owner')
    .query<{ kind: string; n: number }>(
      "select kind, count(*)::int as n from entry where kind like 'centre.%' group by 1 order by 1",
    );
  expect(rows).toEqual([
    { kind: 'centre.archived', n: 2 },
    { kind: 'centre.entries-left', n: 2 },
  ]);
}, 180_000);
