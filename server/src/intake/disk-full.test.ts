import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { encodeFrame } from '@keng/sia-dc09';
import { afterAll, describe, expect, it } from 'vitest';
import { embeddedAddress, migrate, openPool, type PostgresServer, startPostgres } from '../platform/index.ts';
import { until } from '../testing/until.ts';
import { startRig, storedSignals, transmitter } from './test-rig.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-full-'));
// The database may run as another user, which has to pass through here.
fs.chmodSync(folder, 0o711);
const disk = path.join(folder, 'disk');
const mounted = mountSmallDisk();

function mountSmallDisk(): boolean {
  fs.mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=192m,mode=0711', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    // Not root, or a container without the right to mount: the name of the test says that it was skipped, and why.
    return false;
  }
}

let running: PostgresServer | undefined;
afterAll(async () => {
  // Gone already when the test went well; after a failure nothing may hold the disk.
  running?.kill('SIGKILL');
  await running?.exited;
  if (mounted) execFileSync('umount', [disk]);
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A file over all that is free. */
function fill(file: string): void {
  const handle = fs.openSync(file, 'w');
  try {
    for (;;) fs.writeSync(handle, Buffer.alloc(65_536));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    fs.closeSync(handle);
  }
}

describe.skipIf(!mounted)('a full disk (skipped where no tmpfs can be mounted)', () => {
  it('gets no acknowledgement, says so, and recovers by itself when there is room again', async () => {
    const launch = (): Promise<PostgresServer> =>
      startPostgres({
        dataFolder: path.join(disk, 'postgres'),
        socketFolder: path.join(folder, 'socket'),
        settings: { shared_buffers: '16MB', max_wal_size: '64MB', min_wal_size: '32MB' },
      });
    let server = await launch();
    running = server;
    let ended = false;
    void server.exited.then(() => {
      ended = true;
    });
    const address = embeddedAddress(server, 'keng');
    await migrate({ address });
    const pool = openPool({ address, role: 'keng_receiver', applicationName: 'full' });
    const auditor = openPool({ address, role: 'keng_auditor', applicationName: 'full' });
    const rig = await startRig(pool, [transmitter('1234')]);
    await rig.registry.load();
    const panel = await rig.connect();
    const acknowledged: number[] = [];
    let sequence = 0;
    const next = (): Buffer => {
      sequence += 1;
      // Random text, so that it takes the room on the disk that it has on the wire.
      const text = Array.from({ length: 120 }, () => Math.random().toString(36).slice(2)).join('');
      return Buffer.from(
        encodeFrame({ token: 'SIA-DCS', account: '1234', sequence, data: `#1234|NFA1^${text}^` }),
      );
    };
    panel.send(next());
    expect(await panel.answer()).toContain('"ACK"0001');
    acknowledged.push(sequence);

    fill(path.join(disk, 'filler'));
    let last = next();
    while (rig.receivers.failing === null) {
      panel.send(last);
      const answer = await Promise.race([
        panel.answer(),
        until(() => rig.receivers.failing !== null).then(() => null),
      ]);
      if (answer === null) break;
      acknowledged.push(sequence);
      last = next();
    }
    expect(rig.receivers.metrics().storage).toBe('failing');
    expect(panel.closed).toBe(false);

    fs.rmSync(path.join(disk, 'filler'));
    // Without room for its own journal PostgreSQL ends; in a centre the launcher starts it again.
    if (ended) server = await launch();
    running = server;
    await until(() => rig.receivers.failing === null);
    const again = await rig.connect();
    expect(await again.ask(last)).toContain(`"ACK"${String(sequence).padStart(4, '0')}`);
    acknowledged.push(sequence);

    const stored = (await storedSignals(auditor)).map((one) => Number(one.body.sequence));
    expect(stored.filter((one) => acknowledged.includes(one)).sort((a, b) => a - b)).toEqual(acknowledged);
    const { rows } = await auditor.query("select kind from entry where kind like 'storage.%' order by id");
    expect(rows.map((row) => row.kind)).toEqual(['storage.failed', 'storage.recovered']);
    panel.close();
    again.close();
    await rig.stop();
    await Promise.all([pool.end(), auditor.end()]);
    await server.stop();
  }, 120_000);
});
