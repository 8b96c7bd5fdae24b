import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { externalAddress } from '../platform/database-address.ts';
import {
  type DatabaseAddress,
  embeddedAddress,
  migrate,
  openClient,
  type PostgresServer,
  startPostgres,
} from '../platform/index.ts';

/** A primary and a standby that streams from it, both real and both on loopback TCP, for tests of fail-over. */
export interface StandbyPair {
  /** Names both hosts, as DATABASE_URL does. */
  readonly address: DatabaseAddress;
  /** The replication stops as when the line between the machines is cut; nothing else does. */
  cutReplication(): Promise<void>;
  /** Power off: the primary and all its backends are killed. */
  killPrimary(): Promise<void>;
  /** What docs/operations.md, Fail-over, says to do on the standby. */
  promote(): Promise<void>;
  remove(): Promise<void>;
}

const STANDBY = 'keng_standby';

/** @param synchronous true: a commit returns when both have it on disk, as docs/operations.md sets it */
export async function startStandbyPair(synchronous: boolean): Promise<StandbyPair> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-pair-'));
  // The database may run as another user, which has to pass through here.
  fs.chmodSync(folder, 0o711);
  const [first, second] = [await freePort(), await freePort()];
  const primary = await startPostgres({
    dataFolder: path.join(folder, 'primary'),
    settings: { ...tcp(first), shared_buffers: '64MB', wal_keep_size: '1GB' },
  });
  const line = await openLine(first);
  const standby = await copyToStandby(primary, path.join(folder, 'standby'), line.port, second);
  if (synchronous) {
    await asAdministrator(primary, async (client) => {
      await client.query(`alter system set synchronous_standby_names = 'FIRST 1 (${STANDBY})'`);
      await client.query('select pg_reload_conf()');
    });
  }
  await streaming(primary, synchronous ? 'sync' : 'async');
  const address = externalAddress(`postgresql://${primary.user}@127.0.0.1:${first},127.0.0.1:${second}/keng`);
  await migrate({ address });
  return {
    address,
    cutReplication: () => line.cut(),
    killPrimary: async () => {
      primary.kill('SIGKILL');
      await primary.exited;
    },
    promote: () =>
      asAdministrator(standby, async (client) => {
        await client.query('select pg_promote(true, 60)');
      }),
    remove: async () => {
      await line.cut();
      primary.kill('SIGKILL');
      standby.kill('SIGKILL');
      await Promise.all([primary.exited, standby.exited]);
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

const tcp = (port: number) => ({ listen_addresses: '127.0.0.1', port: String(port) });

/** What pg_basebackup does, which the npm package does not bring: a copy of the files between two marks, then standby.signal. */
async function copyToStandby(
  primary: PostgresServer,
  target: string,
  primaryPort: number,
  port: number,
): Promise<PostgresServer> {
  const source = path.join(path.dirname(target), 'primary');
  await asAdministrator(primary, async (client) => {
    await client.query(`select pg_backup_start('standby', true)`);
    const left = new Set(['postmaster.pid', 'postmaster.opts', 'server.log']);
    fs.cpSync(source, target, {
      recursive: true,
      filter: (from) => {
        const inside = path.relative(source, from);
        return !left.has(inside) && !/^pg_wal\/[0-9A-F]{24}/.test(inside);
      },
    });
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    fs.writeFileSync(path.join(target, 'backup_label'), rows[0]?.labelfile ?? '');
  });
  fs.writeFileSync(path.join(target, 'standby.signal'), '');
  fs.chmodSync(target, 0o700);
  return await startPostgres({
    dataFolder: target,
    settings: {
      ...tcp(port),
      shared_buffers: '64MB',
      primary_conninfo: `host=127.0.0.1 port=${primaryPort} user=${primary.user} application_name=${STANDBY}`,
    },
  });
}

async function streaming(primary: PostgresServer, state: string): Promise<void> {
  await asAdministrator(primary, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ sync_state: string }>(
        `select sync_state from pg_stat_replication where application_name = $1 and state = 'streaming'`,
        [STANDBY],
      );
      if (rows[0]?.sync_state === state) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
}

async function asAdministrator<Result>(
  server: PostgresServer,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = await openClient(embeddedAddress(server, 'postgres'), 'administrator', 'keng-pair');
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The line between the two machines. What is on its way when it is cut is gone, as on a real one. */
async function openLine(to: number): Promise<{ readonly port: number; cut(): Promise<void> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  return {
    port: typeof at === 'object' && at !== null ? at.port : 0,
    cut: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const at = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof at === 'object' && at !== null ? at.port : 0;
}
