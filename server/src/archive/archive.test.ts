import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { vietNam } from '@keng/country-vn';
import { LIVE, newId, type TransmitterId } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreBackup, writeBackup } from '../backup/index.ts';
import { headPosition, noteBegunLate, readSubject, requireWhole, verifyLog } from '../log/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { archivedEntries, archivedParts, archiveLog, listArchiveFiles, readArchiveFile } from './index.ts';
import { Past } from './past.fixture.ts';

const NOW = new Date('2026-03-10T08:00:00.000Z');
let database: TestDatabase;
let past: Past;
let folder: string;
const lost = newId<TransmitterId>();

const run = (more: object = {}) =>
  archiveLog({
    address: database.address,
    world: LIVE,
    folder,
    country: vietNam,
    program: 'test',
    now: NOW,
    progress: () => undefined,
    ...more,
  });
const auditor = () => database.pool('keng_auditor');
const verify = async (archive: string | null = null) => {
  const parts = archive === null ? null : await archivedParts(auditor(), LIVE, archive);
  return await verifyLog({ pool: auditor(), world: LIVE, ...(parts ? { archive: parts } : {}) });
};
const kinds = async (): Promise<Record<string, number>> => {
  const { rows } = await database.pool('keng_owner').query<{ what: string; n: number }>(
    `select e.kind || ' ' || e.lane as what, count(*)::int as n from entry e
       join log_order o on o.world = e.world and o.entry_id = e.id and o.lane = e.lane group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map((row) => [row.what, row.n]));
};

/** 2013: everything is over. 2022: faults and routine are. 2025: nothing is. */
async function fill(): Promise<void> {
  await past.establish();
  for (const year of [2013, 2022, 2025]) {
    const at = (month: number): Date => new Date(Date.UTC(year, month, 5));
    await past.signals(at(0), 0, 10);
    await past.signals(at(0), 1, 20);
    await past.signals(at(1), 2, 40);
    await past.register(at(1));
    await past.signals(at(2), 1, 1, lost);
    await past.nextBlocks();
  }
  await past.signals(new Date(NOW.getTime() - 3_600_000), 2, 1);
}

beforeAll(async () => {
  database = await createTestDatabase();
  past = new Past(database);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-archive-'));
  await fill();
});
afterAll(async () => {
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

describe('the archive of the log', () => {
  it('writes whole months into files that prove themselves, and registers them in the log', async () => {
    const before = await verify();
    expect(before).toMatchObject({ faults: [], archived: null, entries: 217 });
    const { written, left } = await run({ onlyWrite: true });
    expect(left).toEqual([]);
    expect(written.map((one) => [one.first, one.last])).toEqual([
      [1, 30],
      [31, 71],
      [72, 72],
      [73, 102],
      [103, 143],
      [144, 144],
    ]);
    for (const { file, entries } of written) {
      let read = 0;
      for await (const part of readArchiveFile(path.join(folder, file))) read += part.entries.length;
      expect(read).toBe(entries);
    }
    await past.number(NOW);
    const told = await readSubject(auditor(), LIVE, 'centre/test');
    expect(told.map((entry) => entry.kind)).toEqual(Array(6).fill('centre.archived'));
    expect(told[0]?.body).toMatchObject({ firstPosition: 1, lastPosition: 30, file: written[0]?.file });
  });

  it('lets nothing leave whose file is not there as it was written', async () => {
    const [one] = await listArchiveFiles(auditor(), LIVE);
    const file = path.join(folder, one?.file ?? '');
    const bytes = fs.readFileSync(file);
    const other = Buffer.from(bytes);
    other.writeUInt8(other.readUInt8(200) ^ 1, 200);
    const whole = await kinds();
    fs.writeFileSync(file, other);
    await expect(run()).rejects.toMatchObject({ code: 'archive-damaged' });
    fs.rmSync(file);
    await expect(run()).rejects.toMatchObject({ code: 'archive-damaged' });
    fs.writeFileSync(file, bytes);
    expect(await kinds()).toEqual(whole);
  });

  it('lets entries leave by their class; what is open and what registers say stays', async () => {
    // A link that is lost since 2013: nobody has settled it.
    await database.pool('keng_core').query(
      `insert into device_state (world, transmitter, facility, organisation, faults, link, changed_at, state)
       values ('live', $1, $2, 'TEST', 0, 'lost', $3, '{}')`,
      [lost, newId(), NOW],
    );
    await run();
    await past.number(NOW);
    expect(await kinds()).toMatchObject({
      'signal.received 0': 20,
      'signal.received 1': 23,
      'signal.received 2': 41,
      'user.password-set 2': 3,
    });
    expect(await readSubject(auditor(), LIVE, lost)).toHaveLength(3);
  });

  it('leaves a chain that holds without the files, with them, and through one of them', async () => {
    const without = await verify();
    expect(without).toMatchObject({ faults: [], archived: { upto: 143, read: 0, kept: 13 } });
    const through = await verify(folder);
    expect(through).toMatchObject({ faults: [], archived: { upto: 143, read: 143, kept: 0 } });
    expect(through.head).toBe(without.head);
    expect(through.entries).toBe(await headPosition(auditor(), LIVE));
    const [, one] = await listArchiveFiles(auditor(), LIVE);
    const alone = await verify(path.join(folder, one?.file ?? ''));
    expect(alone).toMatchObject({ faults: [], archived: { read: 41 } });
  });

  it('says so to whoever would need what has left', async () => {
    await expect(requireWhole(auditor(), LIVE, 0)).rejects.toMatchObject({
      status: 410,
      code: 'log.archived',
    });
    await expect(requireWhole(auditor(), LIVE, 143)).resolves.toBeUndefined();
    const pool = database.pool('keng_core');
    await expect(compareWithLog({ pool, world: LIVE })).rejects.toMatchObject({ code: 'log-archived' });
    const parts = await archivedParts(auditor(), LIVE, folder);
    if (!parts) throw new Error('nothing is archived');
    const compared = await compareWithLog({ pool, world: LIVE, archive: archivedEntries(parts) });
    expect(compared.find((one) => one.name === 'users')).toMatchObject({ equal: true });
  });

  it('names a consumer that begins now, once and for good, and none that has a cursor', async () => {
    const core = database.pool('keng_core');
    await core.query(
      `insert into consumer_cursor (world, consumer, lane, position) values ('live', 'old', 3, 143)`,
    );
    const begin = () => noteBegunLate(core, LIVE, ['new', 'old'], NOW);
    expect(await begin()).toEqual([{ consumer: 'new', position: 143 }]);
    await core.query(
      `insert into consumer_cursor (world, consumer, lane, position) values ('live', 'new', 3, 150)`,
    );
    expect(await begin()).toEqual([{ consumer: 'new', position: 143 }]);
    await past.number(NOW);
    expect(await readSubject(auditor(), LIVE, 'consumer/new')).toMatchObject([
      { kind: 'consumer.began-late', body: { consumer: 'new', position: 143 } },
    ]);
    await database.pool('keng_owner').query(`delete from consumer_cursor where consumer in ('new', 'old')`);
  });

  it('comes back from a backup in its blocks, with the files that belong to it named', async () => {
    const copies = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-archive-backup-'));
    const target = await createTestDatabase({ from: 'missing' });
    try {
      const secrets = {} as Parameters<typeof writeBackup>[0]['secrets'];
      const backup = await writeBackup({
        address: database.address,
        folder: copies,
        secrets,
        program: 'test',
        now: NOW,
      });
      const left = (await listArchiveFiles(auditor(), LIVE)).filter((one) => one.leftAt !== null);
      expect(backup.manifest.archives?.map((one) => one.file)).toEqual(left.map((one) => one.file));
      await restoreBackup({ address: target.address, folder: backup.folder, now: NOW });
      const blocks = 'select name, first_id, end_id from entry_block order by name';
      const where =
        'select tableoid::regclass::text as name, count(*)::int as n from entry group by 1 order by 1';
      for (const sql of [blocks, where]) {
        const here = await database.pool('keng_owner').query(sql);
        expect((await target.pool('keng_owner').query(sql)).rows).toEqual(here.rows);
      }
      const parts = await archivedParts(target.pool('keng_auditor'), LIVE, folder);
      if (!parts) throw new Error('the restored centre knows of no archive');
      const found = await verifyLog({ pool: target.pool('keng_auditor'), world: LIVE, archive: parts });
      expect(found).toMatchObject({ faults: [], archived: { upto: 143, read: 143 } });
    } finally {
      await target.drop();
      fs.rmSync(copies, { recursive: true });
    }
  });

  it('names a kept entry that was changed, by itself and against its file', async () => {
    const owner = database.pool('keng_owner');
    const position = `(select position from log_order o join entry e on e.id = o.entry_id where e.subject = '${lost}' order by 1 limit 1)`;
    const { rows } = await owner.query<{ id: number; position: number }>(
      `select entry_id as id, position from log_order where position = ${position}`,
    );
    const [one] = rows;
    await owner.query('alter table entry disable trigger only_erased');
    await owner.query(`update entry set at = at + interval '1 hour' where id = $1`, [one?.id]);
    const fault = { position: one?.position, code: 'entry-changed' };
    expect((await verify()).faults).toMatchObject([fault]);
    await owner.query(`update entry set at = at - interval '1 hour' where id = $1`, [one?.id]);
    // A forger who makes the commitment anew is found by the file alone.
    await owner.query(`update entry set salt = null, commitment = '\\x00' where id = $1`, [one?.id]);
    expect((await verify(folder)).faults).toMatchObject([fault, fault]);
  });

  it('does nothing more until more is due', async () => {
    const again = await run();
    expect(again).toMatchObject({ written: [], left: [] });
  });
});
