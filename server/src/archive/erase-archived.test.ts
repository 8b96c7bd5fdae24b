import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { vietNam } from '@keng/country-vn';
import { type Contact, LIVE, newId, type UserId } from '@keng/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askErasure, type By, confirmErasure } from '../erasure/index.ts';
import type { Building } from '../incidents/incident-world.fixture.ts';
import { verifyLog } from '../log/index.ts';
import { NotifyWorld } from '../notify/notify-world.fixture.ts';
import { openClient } from '../platform/index.ts';
import { archivedParts, archiveLog, listArchiveFiles, readArchiveFile } from './index.ts';
import { Past } from './past.fixture.ts';

const NAME = 'Synthetic contact 1';
const OTHER = 'Synthetic contact 2';
let notify: NotifyWorld;
let building: Building;
let person: Contact;
let folder: string;
let past: Past;
let later: Date;

const database = () => notify.world.database;
const by = (name: string): By => {
  const id = newId<UserId>();
  return { world: LIVE, now: notify.now, actor: { kind: 'user', id, name }, id, name };
};
const run = (more: object = {}) =>
  archiveLog({
    address: database().address,
    world: LIVE,
    folder,
    country: vietNam,
    program: 'test',
    now: later,
    progress: () => undefined,
    ...more,
  });
const filed = (): string =>
  fs
    .readdirSync(folder)
    .map((file) => gunzipSync(fs.readFileSync(path.join(folder, file))).toString())
    .join('\n');

beforeAll(async () => {
  notify = await NotifyWorld.create();
  past = new Past(database());
  await past.establish();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-archive-erase-'));
  building = await notify.build(['vi', 'en']);
  const [contact] = building.contacts;
  if (!contact) throw new Error('nobody to erase');
  person = contact;
  await notify.alarm(building);
  await past.number(notify.now);
  const owner = database().pool('keng_owner');
  await owner.query("update notify_job set status = 'cancelled'");
  await owner.query("update facility set state = jsonb_set(state::jsonb, '{contacts}', '[]')");
  // Consumers of this world are turned by hand: they have seen everything.
  await owner.query(
    'update consumer_cursor set position = (select position from log_head where world = $1)',
    [LIVE],
  );
  later = new Date(Date.UTC(notify.now.getUTCFullYear() + 11, notify.now.getUTCMonth() + 1, 1));
  await run({ onlyWrite: true });
});
afterAll(async () => {
  await notify.stop();
  fs.rmSync(folder, { recursive: true });
});

it('takes a person who was erased out of the archive files with the next run, and says so in the log', async () => {
  expect(filed()).toContain(NAME);
  const pool = database().pool('keng_core');
  const asked = await notify.world.web('*', (client) =>
    askErasure(client, by('First'), building.facility, person.id, 'they asked for it in writing'),
  );
  await confirmErasure(database().pool('keng_eraser'), by('Second'), asked.id);
  const waiting = 'select count(id)::int as n from archive_erasure';
  expect((await pool.query(waiting)).rows).toEqual([{ n: 1 }]);
  // Who it is stands there for the owner alone.
  await expect(pool.query('select identity from archive_erasure')).rejects.toMatchObject({ code: '42501' });
  const before = await listArchiveFiles(pool, LIVE);
  expect(await run({ onlyWrite: true })).toMatchObject({ erased: 1 });
  expect(filed()).not.toContain(NAME);
  expect(filed()).toContain(OTHER);
  expect((await pool.query(waiting)).rows).toEqual([{ n: 0 }]);
  const after = await listArchiveFiles(pool, LIVE);
  expect(after.map((one) => [one.first, one.last, one.hash])).toEqual(
    before.map((one) => [one.first, one.last, one.hash]),
  );
  expect(fs.readdirSync(folder).sort()).toEqual(after.map((one) => one.file).sort());
  for (const { file } of after) for await (const _part of readArchiveFile(path.join(folder, file)));
  await past.number(notify.now);
  const { rows } = await pool.query("select kind from entry where kind = 'personal-data.erased'");
  expect(rows).toHaveLength(2);
});

it('leaves files that the chain goes through, with placeholders that the log declares', async () => {
  const owner = database().pool('keng_owner');
  await owner.query("update incident set status = 'closed', closed_at = changed_at");
  await past.nextBlocks();
  const { left } = await run();
  expect(left.length).toBeGreaterThan(0);
  await past.number(notify.now);
  const pool = database().pool('keng_auditor');
  const parts = await archivedParts(pool, LIVE, folder);
  if (!parts) throw new Error('nothing has left');
  const found = await verifyLog({ pool, world: LIVE, archive: parts });
  expect(found.faults).toEqual([]);
  expect(found.erased).toBeGreaterThanOrEqual(2);
});

it('an erasure waits while entries are being moved: an old block written anew would bring the person back', async () => {
  const other = building.contacts[1];
  if (!other) throw new Error('nobody else');
  const asked = await notify.world.web('*', (client) =>
    askErasure(client, by('First'), building.facility, other.id, 'they asked for it in writing'),
  );
  const archive = await openClient(database().address, 'keng_owner', 'test-archive');
  await archive.query('select pg_advisory_lock(7114042)');
  const confirm = () => confirmErasure(database().pool('keng_eraser'), by('Second'), asked.id);
  await expect(confirm()).rejects.toMatchObject({ code: 'erasure.archive-running' });
  await archive.end();
  await expect(confirm()).resolves.toMatchObject({ status: 'done' });
});
