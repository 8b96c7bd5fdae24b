import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { demonstrationData } from '@keng/country-vn';
import { Dc09StreamReader, encodeFrame } from '@keng/sia-dc09';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demonstrationPassword, loadDemonstration } from '../demonstration/index.ts';
import { externalAddress } from '../platform/database-address.ts';
import {
  openPool,
  type Pool,
  type PostgresServer,
  type ProcessRole,
  processRoles,
  startPostgres,
  systemClock,
  wrapSecrets,
} from '../platform/index.ts';

/** Each role is a `keng serve` of its own with a data folder of its own: nothing but the database and the secrets is shared. */
const base = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-roles-'));
fs.chmodSync(base, 0o711);
const SECRET = 'a-secret-that-all-machines-share-0123456789';
const DEMONSTRATION = { seed: 5, facilities: 12, provinces: ['01'] } as const;
const machines = new Map<ProcessRole, { readonly child: ChildProcess; text: string }>();
let server: PostgresServer;
let pool: Pool;
let url: string;

async function until<Found>(look: () => Promise<Found | null> | Found | null): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Starts a machine that does nothing but this, and waits until it says so. */
async function machine(role: ProcessRole): Promise<void> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: url,
    KENG_DATA: path.join(base, role),
    KENG_ROLES: role,
    KENG_ORIGIN: 'apart-1',
    KENG_HTTP: '127.0.0.1:0',
    KENG_DC09_TCP: '127.0.0.1:0',
    KENG_DC09_UDP: 'off',
    KENG_GB26875_TCP: 'off',
    KENG_METRICS: '127.0.0.1:0',
    KENG_SESSION_SECRET: SECRET,
    KENG_OWNER_LINK_SECRET: SECRET,
    KENG_DEVICE_KEYS_SECRET: SECRET,
    KENG_WEBHOOKS_SECRET: SECRET,
  };
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'server/src/main.ts', 'serve', '--one-process', '--log-level', 'warn'],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const one = { child, text: '' };
  machines.set(role, one);
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      one.text += data;
    });
  await until(() => {
    if (child.exitCode !== null) throw new Error(`${role} ended: ${one.text}`);
    return one.text.includes('Ctrl-C stops it') ? true : null;
  });
}

function listening(role: ProcessRole, name: string): string {
  const found = new RegExp(`^ {2}${name} {2}(\\S+)$`, 'm').exec(machines.get(role)?.text ?? '')?.[1];
  if (found === undefined)
    throw new Error(`${role} does not say where ${name} is: ${machines.get(role)?.text}`);
  return found;
}

beforeAll(async () => {
  const port = await new Promise<number>((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const at = probe.address();
      probe.close(() => resolve(typeof at === 'object' && at !== null ? at.port : 0));
    });
  });
  server = await startPostgres({
    dataFolder: path.join(base, 'postgres'),
    settings: { listen_addresses: '127.0.0.1', port: String(port), shared_buffers: '64MB' },
  });
  url = `postgresql://${server.user}@127.0.0.1:${port}/keng`;
  // The one that migrates comes first, as docs/operations.md says.
  await machine('sequencer');
  const address = externalAddress(url);
  await loadDemonstration({
    address,
    secrets: wrapSecrets({
      session: SECRET,
      ownerLink: SECRET,
      deviceKeys: SECRET,
      webhooks: SECRET,
      telephoneGateway: null,
    } as never),
    clock: systemClock,
    password: demonstrationPassword(base),
    progress: () => undefined,
    ...DEMONSTRATION,
  });
  await Promise.all(processRoles.filter((role) => role !== 'sequencer').map(machine));
  pool = openPool({ address, role: 'keng_auditor', applicationName: 'test' });
}, 240_000);

afterAll(async () => {
  await pool?.end();
  for (const { child } of machines.values()) child.kill('SIGTERM');
  await Promise.all(
    [...machines.values()].map(
      ({ child }) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve)),
    ),
  );
  await server?.stop();
  fs.rmSync(base, { recursive: true, force: true });
}, 120_000);

it('an alarm goes from a receiver alone through all others, each alone, to the screen and the outbox', async () => {
  const device = demonstrationData(DEMONSTRATION)
    .facilities.flatMap((facility) => facility.transmitters)
    .find((one) => one.protocol === 'sia-dc09' && one.token === 'SIA-DCS' && one.keyHex === undefined);
  if (!device) throw new Error('no plain DC-09 panel among the synthetic ones');
  const { account } = device;
  const [host, port] = listening('receiver', 'dc09Tcp').split(':');
  const answer = await new Promise<string>((resolve, reject) => {
    const reader = new Dc09StreamReader();
    const socket = net.connect(Number(port), host, () =>
      socket.write(encodeFrame({ token: 'SIA-DCS', account, sequence: '0001', data: `#${account}|NFA1` })),
    );
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      for (const item of reader.push(chunk))
        if (item.kind === 'frame') {
          resolve(Buffer.from(item.frame.bytes).toString('latin1'));
          socket.destroy();
        }
    });
  });
  expect(answer).toContain('"ACK"');
  // sequencer: it has a position; consumer: an incident, and somebody is to be told; web: it says the same position.
  await until(async () => {
    const { rows } = await pool.query(
      `select o.position from log_order o where o.world = 'live' and o.kind = 'signal.received'`,
    );
    return rows[0] ?? null;
  });
  const incident = await until(async () => (await pool.query('select id from incident')).rows[0] ?? null);
  await until(
    async () =>
      (await pool.query('select from notify_job where incident = $1', [incident.id])).rows[0] ?? null,
  );
  const head = (await pool.query<{ position: number }>(`select position from log_head where world = 'live'`))
    .rows[0];
  await until(async () => {
    const said = (await (await fetch(`http://${listening('web', 'http')}/api/health`)).json()) as {
      readonly position: number;
    };
    return said.position >= (head?.position ?? Number.POSITIVE_INFINITY) ? true : null;
  });
  // sender: without a gateway it says so of each call instead of leaving it; supervisor: it hears the receiver.
  await until(async () => {
    const { rows } = await pool.query(
      `select status from notify_job where status not in ('queued', 'sending')`,
    );
    return rows[0] ?? null;
  });
  await until(async () =>
    (await fetch(`http://${listening('supervisor', 'metrics')}/health/ready`)).status === 200 ? true : null,
  );
}, 120_000);

it('each machine answers for its own role and no other', async () => {
  for (const role of processRoles) {
    const answer = await fetch(`http://${listening(role, 'metrics')}/health/live`);
    const { roles } = (await answer.json()) as { readonly roles: readonly { readonly role: string }[] };
    expect(roles.map((one) => one.role)).toEqual([role]);
  }
});

it('a machine that dies takes no other with it, and comes back to where it was', async () => {
  const child = machines.get('consumer')?.child;
  child?.kill('SIGKILL');
  await new Promise((resolve) => child?.once('exit', resolve));
  for (const role of ['receiver', 'sequencer', 'sender', 'supervisor', 'web'] as const)
    expect((await fetch(`http://${listening(role, 'metrics')}/health/live`)).status, role).toBe(200);
  await machine('consumer');
  const { rows } = await pool.query('select count(*)::int as n from incident');
  expect(rows).toEqual([{ n: 1 }]);
}, 120_000);
