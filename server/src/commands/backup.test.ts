import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger, loadSettings, openPool, ProcessMetrics } from '../platform/index.ts';
import { startArchiveSchedule } from './archive-schedule.ts';
import { firstCopyInMs, startBackupSchedule } from './backup-schedule.ts';
import { type ServingCentre, serveCentre } from './centre-processes.ts';
import { command as restore } from './restore.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-copies-'));
fs.chmodSync(base, 0o711);
const copies = path.join(base, 'copies');
const env = {
  PATH: process.env.PATH,
  KENG_DATA: path.join(base, 'data'),
  KENG_HTTP: '127.0.0.1:0',
  KENG_METRICS: 'off',
  KENG_BACKUP_FOLDER: copies,
  KENG_ROLES: 'sequencer,sender',
};
const settings = loadSettings({ flags: {}, env });
let centre: ServingCentre;

beforeAll(async () => {
  centre = await serveCentre({ settings, env, progress: () => {} });
});

afterAll(async () => {
  await centre.stop();
  fs.rmSync(base, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

function keng(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/main.ts', ...args], { env });
  let text = '';
  child.stdout.on('data', (data: Buffer) => {
    text += data;
  });
  child.stderr.on('data', (data: Buffer) => {
    text += data;
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, text })));
}

const whole = (): string[] =>
  fs.existsSync(copies) ? fs.readdirSync(copies).filter((name) => name.startsWith('keng-')) : [];

describe('on the command line', () => {
  it('a running centre is copied, checked, and restored into another data folder, where its log and states hold', async () => {
    const made = await keng('backup');
    expect(made).toMatchObject({ code: 0 });
    expect(made.text).toContain('not in it, to be kept apart: session (KENG_SESSION_SECRET)');
    const copy = path.join(copies, whole()[0] ?? '');
    expect((await keng('backup', '--list')).text).toContain(path.basename(copy));
    expect(await keng('restore', '--check', '--from', copy)).toMatchObject({ code: 0 });
    const other = path.join(base, 'other');
    // Restored on a machine that has one of the secrets and not the others.
    fs.mkdirSync(path.join(other, 'secrets'), { recursive: true });
    fs.copyFileSync(
      path.join(settings.dataFolder, 'secrets', 'device-keys'),
      path.join(other, 'secrets', 'device-keys'),
    );
    const restored = await keng('restore', '--from', copy, '--data', other);
    expect(restored.text).toContain('as epoch 2; the log holds');
    expect(restored.text).not.toContain('the secret deviceKeys is not the one');
    expect(restored.text).toContain('the secret webhooks is not the one of this copy');
    expect(restored.code).toBe(0);
    const verified = await keng('verify', '--states', '--data', other);
    expect(verified.text).toMatch(/, 0 faults/);
    expect(verified.code).toBe(0);
    // The running one is a centre already.
    const refused = await keng('restore', '--from', copy);
    expect(refused.text).toContain('this database holds a centre already');
    expect(refused.code).toBe(1);
  }, 120_000);

  it.each([
    ['restore without a copy', restore, {}, 'setting-invalid'],
    ['restore from a folder that is none', restore, { from: base, check: true }, 'backup-damaged'],
    ['restore as no number', restore, { from: base, epoch: 'x' }, 'setting-invalid'],
  ] as const)('%s is refused by name', async (_name, command, values, code) => {
    const context = { values, positionals: [], env: {}, print: () => undefined };
    await expect(command.run(context)).rejects.toMatchObject({ code });
  });
});

describe('by itself', () => {
  const everyMs = 24 * 3_600_000;
  it.each([
    ['there is none', null, 100],
    ['the last is old', -2 * everyMs, 100],
    ['the last is an hour old', -3_600_000, 23 * 3_600_000],
    ['the last is of a time to come, for the clock was set back', 3_600_000, 100],
  ])('%s', (_name, lastMs, expected) => {
    const now = Date.UTC(2026, 5, 1);
    expect(firstCopyInMs(lastMs === null ? null : now + lastMs, now, everyMs, 100)).toBe(expected);
  });

  it('copies, keeps as many as it was told, and tells when it cannot', async () => {
    const lines: string[] = [];
    const log = createLogger('test', { pretty: false, write: (line) => lines.push(line) });
    const own = path.join(base, 'own-copies');
    const there = (): string[] => (fs.existsSync(own) ? fs.readdirSync(own) : []);
    const start = (folder: string) =>
      startBackupSchedule({
        settings: { ...settings, backupFolder: folder, backupKeep: 1 },
        env,
        address: centre.database.address,
        log,
        metrics: new ProcessMetrics('test'),
        firstPauseMs: 0,
      });
    const schedule = start(own);
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await schedule?.stop();
    expect(lines.join()).toContain('a copy of the database is whole');
    expect(there()).toHaveLength(1);
    // A file stands where the folder should be.
    const file = path.join(base, 'file');
    fs.writeFileSync(file, '');
    const broken = start(file);
    while ((await told('centre.backup-failed')) === 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await broken?.stop();
  }, 120_000);
});

describe('the schedule of the archive', () => {
  it('looks through the log in a process of its own, and tells when it cannot', async () => {
    const lines: string[] = [];
    const log = createLogger('test', { pretty: false, write: (line) => lines.push(line) });
    const metrics = new ProcessMetrics('test');
    const failing = async (): Promise<string> =>
      JSON.stringify(
        (await metrics.report()).filter((one) => 'name' in one && one.name === 'keng_archive_failing'),
      );
    const start = (folder: string | null, metrics = new ProcessMetrics('test')) =>
      startArchiveSchedule({
        settings: { ...settings, archiveFolder: folder },
        env,
        log,
        metrics,
        firstPauseMs: 0,
      });
    expect(start(null)).toBeNull();
    const schedule = start(path.join(base, 'archive'));
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await schedule?.stop();
    expect(lines.join()).toContain('looked through for entries whose time is over');
    lines.length = 0;
    // A file stands where the folder should be.
    const file = path.join(base, 'no-folder');
    fs.writeFileSync(file, '');
    const broken = start(file, metrics);
    expect(await failing()).toContain('"value":0');
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await failing()).toContain('"value":1');
    await broken?.stop();
    expect(lines.join()).toContain('nothing left the database half-way');
  }, 120_000);
});

async function told(kind: string): Promise<number> {
  const pool = openPool({
    address: centre.database.address,
    role: 'keng_core',
    applicationName: 'test',
    max: 1,
  });
  try {
    return (await pool.query('select from entry where kind = $1', [kind])).rowCount ?? 0;
  } finally {
    await pool.end();
  }
}
