import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { demonstrationData } from '@keng/country-vn';
import { Dc09StreamReader, encodeFrame } from '@keng/sia-dc09';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demonstrationPassword, loadDemonstration } from '../demonstration/index.ts';
import { loadSettings, openPool, type Pool, systemClock } from '../platform/index.ts';
import { type ServingCentre, serveCentre } from './centre-processes.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-takeover-'));
fs.chmodSync(base, 0o711);
const DEMONSTRATION = { seed: 5, facilities: 12, provinces: ['01'] } as const;
const env = {
  PATH: process.env.PATH,
  KENG_DATA: path.join(base, 'data'),
  KENG_ROLES: 'receiver,sequencer',
  // Below the ports of outgoing connections: after a crash the same one has to be free.
  KENG_DC09_TCP: `127.0.0.1:${20_000 + (process.pid % 10_000)}`,
  KENG_DC09_UDP: '127.0.0.1:0',
  KENG_GB26875_TCP: 'off',
  KENG_METRICS: 'off',
};
let centre: ServingCentre;
let pool: Pool;
let account: string;

beforeAll(async () => {
  const settings = loadSettings({ flags: {}, env });
  centre = await serveCentre({
    settings,
    env,
    progress: () => undefined,
    prepare: ({ address }, secrets) =>
      loadDemonstration({
        address,
        secrets,
        clock: systemClock,
        password: demonstrationPassword(base),
        progress: () => undefined,
        ...DEMONSTRATION,
      }),
  });
  pool = openPool({ address: centre.database.address, role: 'keng_auditor', applicationName: 'test' });
  const panel = demonstrationData(DEMONSTRATION)
    .facilities.flatMap((facility) => facility.transmitters)
    .find((one) => one.protocol === 'sia-dc09' && one.token === 'SIA-DCS' && one.keyHex === undefined);
  if (!panel) throw new Error('no plain DC-09 panel among the synthetic ones');
  account = panel.account;
}, 600_000);

afterAll(async () => {
  await pool?.end();
  await centre?.stop();
  fs.rmSync(base, { recursive: true, force: true });
});

let count = 0;

/** A panel that says a thing once, on a connection of its own, and never again: whatever it is not told is lost. */
function sayOnce(): Promise<{ readonly id: string; readonly acknowledged: boolean }> {
  count += 1;
  const id = `once-${count}`;
  const frame = encodeFrame({
    token: 'SIA-DCS',
    account,
    sequence: String(((count - 1) % 9_999) + 1).padStart(4, '0'),
    data: `#${account}|NFA${(count % 500) + 1}^${id}^`,
  });
  const [host, port] = (centre.listening.dc09Tcp ?? '').split(':');
  return new Promise((resolve) => {
    const reader = new Dc09StreamReader();
    const socket = net.connect(Number(port), host, () => socket.write(frame));
    let acknowledged = false;
    socket.on('data', (chunk) => {
      for (const item of reader.push(chunk))
        if (item.kind === 'frame') acknowledged = Buffer.from(item.frame.bytes).includes('"ACK"');
      socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ id, acknowledged }));
  });
}

/** Panels speak one after the other for as long as the work lasts, and some more. */
async function speakDuring(work: () => Promise<void>) {
  const said: { readonly id: string; readonly acknowledged: boolean }[] = [];
  let working = true;
  const speaking = Promise.all(
    Array.from({ length: 4 }, async () => {
      while (working) {
        said.push(await sayOnce());
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }),
  );
  await work();
  working = false;
  await speaking;
  for (let more = 0; more < 20; more += 1) said.push(await sayOnce());
  const { rows } = await pool.query<{ id: string; times: number }>(
    `select body->'events'->0->>'text' as id, count(*) as times from entry where kind = 'signal.received' group by 1`,
  );
  const times = new Map(rows.map((row) => [row.id, row.times]));
  return {
    said: said.length,
    unheard: said.filter((one) => !one.acknowledged).length,
    lost: said.filter((one) => one.acknowledged && !times.has(one.id)).length,
    doubled: rows.filter((row) => row.times > 1).length,
  };
}

it('an upgrade while devices speak: each is heard at its first try, nothing acknowledged is lost, nothing is doubled', async () => {
  const before = centre.childPids();
  const result = await speakDuring(() => centre.reload());
  expect(result).toMatchObject({ unheard: 0, lost: 0, doubled: 0 });
  expect(result.said).toBeGreaterThan(20);
  const after = centre.childPids();
  for (const [roles, pid] of before) expect(after.get(roles), roles).not.toBe(pid);
}, 600_000);

it('the control: a receiver that ends before the next one listens leaves devices unheard', async () => {
  const result = await speakDuring(async () => {
    const receiver = centre.childPids().get('receiver') ?? 0;
    process.kill(receiver, 'SIGKILL');
    // The parent starts another one, which has to open its sockets anew.
    for (;;) {
      const now = centre.childPids().get('receiver') ?? 0;
      if (now !== receiver && (await sayOnce()).acknowledged) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  expect(result.unheard).toBeGreaterThan(0);
  expect(result).toMatchObject({ lost: 0, doubled: 0 });
}, 600_000);
