import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationPassword, loadDemonstration } from '../demonstration/index.ts';
import { framed, type Rig, startRig, transmitter } from '../intake/test-rig.ts';
import { numberTheRest, Sequencer, verifyLog } from '../log/index.ts';
import {
  type DatabaseAddress,
  openClient,
  revealSecrets,
  systemClock,
  wrapSecrets,
} from '../platform/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { readCentre } from '../roles/centre-identity.ts';
import { countryPack } from '../roles/country.ts';
import { establish } from '../roles/establish-centre.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { fingerprints } from './fingerprint.ts';
import {
  type Backup,
  checkBackup,
  listBackups,
  type Restored,
  readManifest,
  removeOldBackups,
  restoreBackup,
  tellRestored,
  writeBackup,
} from './index.ts';

const SECRETS = wrapSecrets({
  session: 's'.repeat(43),
  ownerLink: 'o'.repeat(43),
  deviceKeys: 'd'.repeat(43),
  webhooks: 'w'.repeat(43),
  push: 'p'.repeat(43),
  smtpPassword: 'm'.repeat(43),
  mailReturns: null,
  telephoneGateway: null,
  oidcClient: null,
});
const device = transmitter('AB12', { transmitterId: '01999999-0000-7000-8000-000000000001' as never });

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-backup-'));
const databases: TestDatabase[] = [];
let source: TestDatabase;
let sequencer: Sequencer;
let rig: Rig;
let backup: Backup;
/** Frames that were acknowledged before the backup was begun. */
let before = 0;
let restored: Restored;
let target: TestDatabase;

async function empty(): Promise<TestDatabase> {
  const database = await createTestDatabase({ from: 'missing' });
  databases.push(database);
  return database;
}

function take(more: Partial<Parameters<typeof writeBackup>[0]> = {}): Promise<Backup> {
  return writeBackup({
    address: source.address,
    folder,
    secrets: revealSecrets(SECRETS),
    program: 'test',
    now: new Date(),
    ...more,
  });
}

let sent = 0;
/** One alarm over a real socket; resolves when it is acknowledged. */
async function alarm(to: Rig): Promise<string | null> {
  sent += 1;
  const sequence = String(sent).padStart(4, '0');
  const panel = await to.connect();
  const answer = await panel.ask(framed(`"SIA-DCS"${sequence}L0#AB12[#AB12|NFA${sent}]`));
  panel.close();
  return answer;
}

beforeAll(async () => {
  source = await createTestDatabase();
  databases.push(source);
  await establish(source.address, 'test-1', countryPack('vn'));
  await loadDemonstration({
    address: source.address,
    secrets: SECRETS,
    clock: systemClock,
    password: demonstrationPassword(folder),
    seed: 1,
    facilities: 40,
    provinces: ['01'],
    progress: () => undefined,
  });
  const { origin, epoch } = await readCentre(source.pool('keng_sequencer'));
  sequencer = new Sequencer({ pool: source.pool('keng_sequencer'), origin, epoch, log: () => undefined });
  sequencer.start();
  rig = await startRig(source.pool('keng_receiver'), [device]);
  for (let one = 0; one < 30; one += 1) await alarm(rig);
  before = sent;
  // Devices go on speaking while the copy is made.
  let copying = true;
  const speaking = (async () => {
    while (copying) await alarm(rig);
  })();
  backup = await take();
  copying = false;
  await speaking;
  target = await empty();
  restored = await restoreBackup({ address: target.address, folder: backup.folder, now: new Date() });
  await tellRestored(target.address, restored);
});

afterAll(async () => {
  await rig?.stop();
  await sequencer?.stop();
  for (const database of databases) await database.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function rows<Row>(address: DatabaseAddress, sql: string): Promise<Row[]> {
  const client = await openClient(address, 'administrator', 'test');
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

interface Numbered {
  readonly name: string;
  readonly commitment: string;
  readonly epoch: number;
}

const LOG = `select o.origin || '/' || o.epoch || '/' || o.seq as name, encode(e.commitment, 'hex') as commitment, o.epoch
  from log_order o join entry e on e.world = o.world and e.id = o.entry_id order by o.position`;

describe('a copy that is taken while devices speak', () => {
  it('holds every table of the schema, and all that was acknowledged before it began', async () => {
    const tables = await rows<{ name: string }>(
      source.address,
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not relispartition and relname <> 'keng_migration' order by 1`,
    );
    expect(backup.manifest.tables.map((table) => table.name)).toEqual(tables.map((table) => table.name));
    const signals = await rows<{ n: number }>(
      target.address,
      `select count(*) as n from entry where kind = 'signal.received'`,
    );
    expect(signals[0]?.n).toBeGreaterThanOrEqual(before);
    expect(signals[0]?.n).toBeLessThan(sent);
  });

  it('has no secret in it, and says which belong to it', () => {
    const text = fs.readFileSync(path.join(backup.folder, 'manifest.json'), 'utf8');
    for (const secret of Object.values(revealSecrets(SECRETS)))
      if (secret !== null) expect(text).not.toContain(secret);
    const { secrets, id } = backup.manifest;
    expect(fingerprints(revealSecrets(SECRETS), id)).toEqual(secrets);
    const others = fingerprints({ ...revealSecrets(SECRETS), deviceKeys: 'x' }, id);
    expect(others.filter((one, index) => one.fingerprint !== secrets[index]?.fingerprint)).toMatchObject([
      { name: 'deviceKeys' },
    ]);
  });

  it('can be stopped, and leaves nothing behind', async () => {
    const names = fs.readdirSync(folder);
    const stop = new AbortController();
    const stopped = take({ signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    await expect(stopped).rejects.toMatchObject({ code: 'backup-stopped' });
    expect(fs.readdirSync(folder)).toEqual(names);
  });

  it('is refused while another is under way', async () => {
    const other = await openClient(source.address, 'keng_owner', 'test');
    await other.query('select pg_advisory_lock(7114027)');
    const names = fs.readdirSync(folder);
    await expect(take()).rejects.toMatchObject({ code: 'backup-running' });
    expect(fs.readdirSync(folder)).toEqual(names);
    await other.end();
  });
});

describe('restored into an empty database', () => {
  it('every row is as it was: tables that nothing changes afterwards are equal byte by byte', async () => {
    for (const table of [
      'facility',
      'transmitter',
      'transmitter_key',
      'app_user',
      'credential',
      'organisation',
    ]) {
      const digest = `select count(*)::int as n, md5(string_agg(t::text, ',' order by t::text)) as digest from ${table} t`;
      const here = await rows<{ n: number }>(source.address, digest);
      expect(await rows(target.address, digest), table).toEqual(here);
      expect(here[0]?.n, table).toBeGreaterThan(0);
    }
  });

  it('goes on under the next epoch, and gives no number twice', async () => {
    expect(restored.epoch).toBe(2);
    const pool = target.pool('keng_sequencer');
    const { origin, epoch } = await readCentre(pool);
    expect({ origin, epoch }).toEqual({ origin: 'test-1', epoch: 2 });
    expect(await numberTheRest({ pool, origin, epoch, log: () => undefined })).toBe(0);
    const mine = new Sequencer({ pool, origin, epoch, log: () => undefined });
    mine.start();
    const there = await startRig(target.pool('keng_receiver'), [device]);
    // The old centre and the restored one both go on hearing, as after a mistake in the network.
    for (let one = 0; one < 10; one += 1) {
      expect(await alarm(there)).toContain('"ACK"');
      expect(await alarm(rig)).toContain('"ACK"');
    }
    await there.stop();
    await mine.stop();
    await numberTheRest({ pool, origin, epoch, log: () => undefined });
    const old = new Map((await rows<Numbered>(source.address, LOG)).map((one) => [one.name, one.commitment]));
    const here = await rows<Numbered>(target.address, LOG);
    expect(here.filter((one) => old.has(one.name) && old.get(one.name) !== one.commitment)).toEqual([]);
    expect(here.filter((one) => one.epoch === 2).length).toBeGreaterThanOrEqual(11);
    expect(here.filter((one) => one.epoch === 1).length).toBe(backup.manifest.head.position);
  });

  it('its chain goes through the head of the copy, and all states equal the log', async () => {
    const { position, hash } = backup.manifest.head;
    const pool = target.pool('keng_auditor');
    const found = await verifyLog({ pool, world: LIVE, checkpoint: { position, hash } });
    expect(found.faults).toEqual([]);
    const compared = await compareWithLog({ pool: target.pool('keng_core'), world: LIVE });
    expect(compared.filter((one) => !one.equal)).toEqual([]);
  });

  it('says in its log what it was restored from', async () => {
    const [said] = await rows<{ body: object }>(
      target.address,
      `select body from entry where kind = 'centre.restored'`,
    );
    expect(said?.body).toMatchObject({ backupId: backup.manifest.id, fromEpoch: 1, epoch: 2 });
  });

  it('the same copy restored once more is yet another epoch', async () => {
    const again = await restoreBackup({
      address: (await empty()).address,
      folder: backup.folder,
      now: new Date(),
    });
    expect(again.epoch).toBe(3);
  });

  it('a database that holds a centre is refused and left alone', async () => {
    await expect(
      restoreBackup({ address: source.address, folder: backup.folder, now: new Date() }),
    ).rejects.toMatchObject({ code: 'restore-target-not-empty' });
    expect(await readCentre(source.pool('keng_core'))).toMatchObject({ epoch: 1 });
  });
});

describe('a damaged copy', () => {
  function copyOf(change: (inside: string) => void): string {
    const inside = fs.mkdtempSync(path.join(folder, 'damaged-'));
    fs.cpSync(backup.folder, inside, { recursive: true });
    change(inside);
    return inside;
  }
  const entries = (): string => backup.manifest.tables.find((table) => table.name === 'entry')?.file ?? '';
  const change = (file: string, how: (bytes: Buffer) => Buffer): void =>
    fs.writeFileSync(file, how(fs.readFileSync(file)));

  it.each<[string, (inside: string) => void]>([
    [
      'one bit of one table',
      (inside) =>
        change(path.join(inside, entries()), (bytes) => {
          const at = bytes.length >> 1;
          bytes[at] = (bytes[at] ?? 0) ^ 1;
          return bytes;
        }),
    ],
    ['a table cut short', (inside) => fs.truncateSync(path.join(inside, entries()), 100)],
    ['a table that is missing', (inside) => fs.rmSync(path.join(inside, entries()))],
    ['no manifest', (inside) => fs.rmSync(path.join(inside, 'manifest.json'))],
    [
      'another epoch in the manifest',
      (inside) =>
        change(path.join(inside, 'manifest.json'), (bytes) =>
          Buffer.from(bytes.toString().replace('"epoch": 1', '"epoch": 7')),
        ),
    ],
    [
      'a path that leads out of it',
      (inside) =>
        change(path.join(inside, 'manifest.json'), (bytes) =>
          Buffer.from(bytes.toString().replace(entries(), '../../etc/passwd')),
        ),
    ],
    [
      'a table that is a link',
      (inside) => {
        fs.rmSync(path.join(inside, entries()));
        fs.symlinkSync(path.join(backup.folder, entries()), path.join(inside, entries()));
      },
    ],
  ])('%s: refused, and nothing was touched', async (_name, how) => {
    const inside = copyOf(how);
    await expect(checkBackup(inside)).rejects.toMatchObject({ code: 'backup-damaged' });
    const database = await empty();
    await expect(
      restoreBackup({ address: database.address, folder: inside, now: new Date() }),
    ).rejects.toMatchObject({ code: 'backup-damaged' });
    await expect(openClient(database.address, 'administrator', 'test')).rejects.toThrow(/does not exist/);
  });
});

describe('keeping copies', () => {
  it('the oldest go, never the last, and never what nobody can read', async () => {
    const kept = fs.mkdtempSync(path.join(folder, 'kept-'));
    const made: string[] = [];
    for (let hour = 1; hour <= 3; hour += 1) {
      const now = new Date(Date.UTC(2026, 0, 1, hour));
      made.push(path.basename((await take({ folder: kept, now })).folder));
    }
    const broken = path.join(kept, 'keng-test-1-00000000T000000Z-dead');
    fs.mkdirSync(broken);
    fs.writeFileSync(path.join(broken, 'manifest.json'), '{}');
    expect(removeOldBackups(kept, 'test-1', 2)).toEqual(made.slice(0, 1));
    expect(removeOldBackups(kept, 'another', 1)).toEqual([]);
    expect(removeOldBackups(kept, 'test-1', 0)).toEqual(made.slice(1, 2));
    expect(listBackups(kept, 'test-1').map((one) => path.basename(one.folder))).toEqual(made.slice(2));
    expect(fs.existsSync(broken)).toBe(true);
    expect(readManifest(path.join(kept, made[2] ?? '')).origin).toBe('test-1');
  });
});
