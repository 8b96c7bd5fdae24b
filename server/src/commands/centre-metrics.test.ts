import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSettings } from '../platform/index.ts';
import { type ServingCentre, serveCentre } from './centre-processes.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-metrics-'));
fs.chmodSync(base, 0o711);
let centre: ServingCentre;

beforeAll(async () => {
  const settings = loadSettings({
    flags: {},
    env: {
      KENG_DATA: path.join(base, 'data'),
      KENG_HTTP: '127.0.0.1:0',
      KENG_DC09_TCP: '127.0.0.1:0',
      KENG_DC09_UDP: 'off',
      KENG_GB26875_TCP: 'off',
      KENG_METRICS: '127.0.0.1:0',
      KENG_BACKUP_FOLDER: path.join(base, 'copies'),
      KENG_ARCHIVE_FOLDER: path.join(base, 'archive'),
    },
  });
  centre = await serveCentre({ settings, env: {}, progress: () => {} });
});

afterAll(async () => {
  await centre.stop();
  fs.rmSync(base, { recursive: true, force: true });
});

interface Health {
  readonly roles: readonly { readonly role: string; readonly live: boolean; readonly reasons: string[] }[];
}

const get = (where: string): Promise<Response> => fetch(`http://${centre.listening.metrics}${where}`);

async function until<Found>(look: () => Promise<Found | null>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('every metric of docs/operations.md is given by a centre, and docs name each that is given', async () => {
  await until(async () => ((await get('/health/ready')).status === 200 ? true : null));
  const docs = fs.readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const told = new Set([...docs.matchAll(/^\| `(keng_[a-z0-9_]+)/gm)].map((match) => match[1]));
  // Each part of the centre gives its own when it is awake, the last of them after the start of the centre is numbered.
  let text = '';
  await expect
    .poll(
      async () => {
        text = await (await get('/metrics')).text();
        const types = text.match(/^# TYPE (keng_\S+)/gm) ?? [];
        return [...new Set(types.map((line) => line.slice(7).split(' ')[0]))].sort();
      },
      { timeout: 30_000 },
    )
    .toEqual([...told].sort());
  expect(text).toMatch(/keng_consumer_behind_entries\{consumer="correlator",lane="0"/);
});

test('labels hold nothing but names of parts of the program', async () => {
  const text = await (await get('/metrics')).text();
  const labels = new Set([...text.matchAll(/([a-z_]+)="/g)].map((match) => match[1]));
  const allowed = [
    'process',
    'role',
    'protocol',
    'result',
    'listener',
    'consumer',
    'lane',
    'channel',
    'metric',
  ];
  const ofNode = ['le', 'kind', 'type', 'space', 'version', 'major', 'minor', 'patch'];
  expect([...labels].filter((label) => ![...allowed, ...ofNode].includes(label ?? ''))).toEqual([]);
});

test('a receiver that is killed is not live until it is back', async () => {
  process.kill(centre.childPids().get('receiver') ?? 0, 'SIGSTOP');
  const down = await until(async () => {
    const answer = await get('/health/live');
    return answer.status === 503 ? ((await answer.json()) as Health) : null;
  });
  expect(down.roles.filter((one) => !one.live).map((one) => one.role)).toEqual(['receiver']);
  expect(await (await get('/metrics')).text()).toContain('keng_process_up{process="receiver"} 0');
  process.kill(centre.childPids().get('receiver') ?? 0, 'SIGKILL');
  await until(async () => ((await get('/health/ready')).status === 200 ? true : null));
});
