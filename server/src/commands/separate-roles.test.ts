import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { demonstrationData } from '@keng/country-vn';
import { LIVE } from '@keng/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demonstrationPassword, loadDemonstration } from '../demonstration/index.ts';
import { verifyLog } from '../log/index.ts';
import { embeddedAddress, openPool, type Pool, systemClock, wrapSecrets } from '../platform/index.ts';
import { type Hand, SeparateMachines } from '../testing/separate-machines.ts';

/** Each machine is a `keng serve` of its own, in a network namespace of its own where they are allowed: nothing but the database and the secrets is shared. */
const base = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-roles-'));
fs.chmodSync(base, 0o711);
const SECRET = 'a-secret-that-all-machines-share-0123456789';
const DEMONSTRATION = { seed: 5, facilities: 24, provinces: ['01'] } as const;
const ROLES = {
  rules: ['sequencer', 'consumer', 'supervisor'],
  'receiver-a': ['receiver'],
  'receiver-b': ['receiver'],
  web: ['web'],
  sender: ['sender'],
} as const;
const machines = new SeparateMachines(base, {
  KENG_ORIGIN: 'apart-1',
  KENG_HTTP: '127.0.0.1:0',
  KENG_DC09_TCP: '127.0.0.1:0',
  KENG_DC09_UDP: 'off',
  KENG_GB26875_TCP: 'off',
  KENG_SESSION_SECRET: SECRET,
  KENG_OWNER_LINK_SECRET: SECRET,
  KENG_DEVICE_KEYS_SECRET: SECRET,
  KENG_WEBHOOKS_SECRET: SECRET,
});
/** Plain DC-09 panels of the synthetic register. */
const accounts = demonstrationData(DEMONSTRATION)
  .facilities.flatMap((facility) => facility.transmitters)
  .filter((one) => one.protocol === 'sia-dc09' && one.token === 'SIA-DCS' && one.keyHex === undefined)
  .map((one) => one.account)
  .slice(0, 6);
let pool: Pool;
let panels: Hand;
let watch: Hand;

async function until<Found>(look: () => Promise<Found | null | undefined>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

type Standing = readonly { readonly host: string; readonly acknowledged: number }[];
const standing = (): Promise<Standing> => panels.do({ do: 'standing' });
const hostOf = (machine: string): string => machines.listening(machine, 'dc09Tcp').split(':')[0] ?? '';

/** Each panel has been told anew, by whom it should. */
async function allSpeakAgain(by?: string): Promise<void> {
  const before = await standing();
  await until(async () =>
    (await standing()).every(
      (one, index) =>
        one.acknowledged > (before[index]?.acknowledged ?? 0) + 1 && (by ?? one.host) === one.host,
    )
      ? true
      : null,
  );
}

async function headOfLog(): Promise<number> {
  const { rows } = await pool.query<{ position: number }>(
    `select position from log_head where world = 'live'`,
  );
  return rows[0]?.position ?? 0;
}

/** What the web's machine says to a browser outside. */
async function positionOfWeb(): Promise<number> {
  const { text } = await panels.ask(`http://${machines.listening('web', 'http')}/api/health`);
  return (JSON.parse(text) as { readonly position: number }).position;
}

beforeAll(async () => {
  if (machines.whyNot !== null) process.stderr.write(`no machines, but processes: ${machines.whyNot}\n`);
  const socket = await machines.startDatabase();
  // The one that migrates comes first, as docs/operations.md says.
  await machines.serve('rules', ROLES.rules);
  const port = Number(new URL(machines.databaseUrl).port);
  const address = embeddedAddress({ host: socket, port, user: 'keng_admin' });
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
  await Promise.all([
    ...Object.entries(ROLES)
      .filter(([machine]) => machine !== 'rules')
      .map(([machine, roles]) => machines.serve(machine, roles)),
    machines.hand('panels').then((hand) => {
      panels = hand;
    }),
    machines.hand('watch').then((hand) => {
      watch = hand;
    }),
  ]);
  pool = openPool({ address, role: 'keng_auditor', applicationName: 'test' });
}, 240_000);

afterAll(async () => {
  await pool?.end();
  await machines.remove();
  fs.rmSync(base, { recursive: true, force: true });
}, 120_000);

it('an alarm goes from a receiver through all others, each on its own machine, to the screen and the outbox', async () => {
  expect(accounts.length).toBeGreaterThan(3);
  const places = ['receiver-a', 'receiver-b'].map((machine) => {
    const [host = '', port] = machines.listening(machine, 'dc09Tcp').split(':');
    return { host, port: Number(port) };
  });
  await panels.do({ do: 'panels', accounts, places });
  await allSpeakAgain();
  if (machines.network)
    expect(new Set((await standing()).map((one) => one.host))).toEqual(
      new Set([hostOf('receiver-a'), hostOf('receiver-b')]),
    );
  // sequencer: it has a position; consumer: an incident, and somebody is to be told.
  const incident = await until(async () => (await pool.query('select id from incident')).rows[0]);
  await until(
    async () => (await pool.query('select from notify_job where incident = $1', [incident.id])).rows[0],
  );
  // web: a desk that logs in from outside sees it.
  const web = `http://${machines.listening('web', 'http')}/api`;
  const { cookie } = await panels.ask(`${web}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'national', password: demonstrationPassword(base) }),
  });
  await until(async () => {
    const { text } = await panels.ask(`${web}/desk/snapshot`, { headers: { cookie } });
    return text.includes(incident.id) ? true : null;
  });
  // sender: without a gateway it says so of each call instead of leaving it; supervisor: it hears the receiver.
  await until(async () => {
    const { rows } = await pool.query(
      `select status from notify_job where status not in ('queued', 'sending')`,
    );
    return rows[0];
  });
  await until(async () =>
    (await watch.ask(`http://${machines.listening('rules', 'metrics')}/health/ready`)).status === 200
      ? true
      : null,
  );
}, 120_000);

it('each machine answers for its own roles and no other', async () => {
  for (const [machine, own] of Object.entries(ROLES)) {
    const { text } = await watch.ask(`http://${machines.listening(machine, 'metrics')}/health/live`);
    const { roles } = JSON.parse(text) as { readonly roles: readonly { readonly role: string }[] };
    expect(roles.map((one) => one.role)).toEqual(own);
  }
});

it.skipIf(machines.whyNot !== null)(
  'panels whose receiver is cut off go to the other one, and come back when that one has lost the database',
  async () => {
    machines.network?.cut('receiver-a', 'outside');
    machines.network?.cut('receiver-a', 'inside');
    await allSpeakAgain(hostOf('receiver-b'));
    machines.network?.join('receiver-a', 'inside');
    machines.network?.join('receiver-a', 'outside');
    // It hears every frame, can store none, and must not say that it did: somebody is told all the same.
    machines.network?.cut('receiver-b', 'inside');
    const before = await standing();
    const told = (all: Standing): number => all.reduce((sum, one) => sum + one.acknowledged, 0);
    await until(async () => (told(await standing()) > told(before) + 5 * accounts.length ? true : null));
    await machines.kill('receiver-b');
    await allSpeakAgain(hostOf('receiver-a'));
  },
  120_000,
);

it.skipIf(machines.whyNot !== null)(
  'while the line of the sequencer is cut alarms are acknowledged, and shown when it is back',
  async () => {
    machines.network?.cut('rules', 'inside');
    await allSpeakAgain();
    const head = await headOfLog();
    await allSpeakAgain();
    expect(await headOfLog()).toBe(head);
    machines.network?.join('rules', 'inside');
    await until(async () => ((await headOfLog()) > head ? true : null));
  },
  120_000,
);

it.skipIf(machines.whyNot !== null || process.env.KENG_SLOW !== 'yes')(
  'a machine that is unplugged for good gives its place to a spare, although it never says goodbye',
  async () => {
    await machines.serve('spare', ['sequencer']);
    machines.network?.cut('rules', 'inside');
    await allSpeakAgain();
    const head = await headOfLog();
    await until(async () => ((await headOfLog()) > head ? true : null));
    machines.network?.join('rules', 'inside');
  },
  120_000,
);

it('no acknowledged alarm is lost, none is doubled, and all that was numbered is on the screen', async () => {
  if (machines.whyNot !== null) await machines.kill('receiver-b');
  const acknowledged = await panels.do<readonly string[]>({ do: 'finish' });
  const head = await until(async () => {
    const { rows } = await pool.query<{ position: number }>(
      `select (select position from log_head where world = 'live') as position
       where not exists (select from entry e left join log_order o on o.world = e.world and o.entry_id = e.id
                         where e.kind = 'signal.received' and o.position is null)`,
    );
    return rows[0]?.position;
  });
  await until(async () => ((await positionOfWeb()) >= head ? true : null));
  const { rows } = await pool.query<{ id: string; times: number }>(
    `select body->'events'->0->>'text' as id, count(*) as times from entry where kind = 'signal.received' group by 1`,
  );
  const times = new Map(rows.map((row) => [row.id, row.times]));
  expect(acknowledged.length).toBeGreaterThan(accounts.length);
  expect(acknowledged.filter((id) => !times.has(id))).toEqual([]);
  expect(rows.filter((row) => row.times > 1)).toEqual([]);
  expect((await verifyLog({ pool, world: LIVE })).faults).toEqual([]);
  // A machine that died took no other with it.
  for (const machine of Object.keys(ROLES).filter((one) => one !== 'receiver-b'))
    expect(
      (await watch.ask(`http://${machines.listening(machine, 'metrics')}/health/live`)).status,
      machine,
    ).toBe(200);
}, 120_000);
