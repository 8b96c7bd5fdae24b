import net from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import {
  cachedQuery,
  healthOf,
  ProcessMetrics,
  type ProcessReport,
  type RunningMetricsServer,
  startMetricsServer,
} from './index.ts';

const quiet = createLogger('test', { write: () => undefined });
const running: RunningMetricsServer[] = [];
afterAll(async () => {
  for (const one of running) await one.stop();
});

async function serve(reports: readonly ProcessReport[]): Promise<string> {
  const server = await startMetricsServer({
    address: { host: '127.0.0.1', port: 0 },
    log: quiet,
    reports: async () => reports,
  });
  running.push(server);
  return `http://${server.address}`;
}

describe('metrics of several processes', () => {
  it('stand beside each other, each with its process, in the text form of Prometheus', async () => {
    const reports: ProcessReport[] = [];
    for (const [name, value] of [
      ['receiver', 3],
      ['web', 4],
    ] as const) {
      const metrics = new ProcessMetrics(name);
      metrics.gauge({ name: 'keng_x', help: 'x', labels: ['kind'] }, () => [
        { labels: { kind: 'a' }, value },
      ]);
      metrics.counter({ name: 'keng_y_total', help: 'y' }, () => [{ value: value * 2 }]);
      metrics.histogram({ name: 'keng_z_seconds', help: 'z' }, [1, 10])(5);
      const answer = { metrics: await metrics.report(), health: [healthOf(name, [])] };
      reports.push({ process: name, roles: [name], answer });
    }
    reports.push({ process: 'sequencer', roles: ['sequencer'], answer: null });
    const text = await (await fetch(`${await serve(reports)}/metrics`)).text();
    expect(text).toContain('keng_x{kind="a",process="receiver"} 3');
    expect(text).toContain('keng_x{kind="a",process="web"} 4');
    expect(text).toContain('keng_y_total{process="web"} 8');
    expect(text).toContain('keng_z_seconds_bucket{le="1",process="web"} 0');
    expect(text).toContain('keng_z_seconds_bucket{le="10",process="web"} 1');
    expect(text).toContain('keng_process_up{process="sequencer"} 0');
    expect(text).toContain('keng_role_ready{process="web",role="web"} 1');
    expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds\{process="receiver"\} \d/);
    // Each line is a comment or name{labels} value; a name is explained once.
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(#.*|[a-z0-9_]+(\{[^}]*\})? ([-+0-9.e]+|NaN)|)$/i);
    const helps = text.match(/^# HELP \S+/gm) ?? [];
    expect(new Set(helps).size).toBe(helps.length);
  });

  it('one that cannot be read is left out and counted; the others are given', async () => {
    const metrics = new ProcessMetrics('web');
    metrics.gauge({ name: 'keng_bad', help: 'bad' }, () => Promise.reject(new Error('database away')));
    metrics.gauge({ name: 'keng_good', help: 'good' }, () => [{ value: 1 }]);
    await metrics.report();
    const answer = { metrics: await metrics.report(), health: [] };
    const text = await (
      await fetch(`${await serve([{ process: 'web', roles: [], answer }])}/metrics`)
    ).text();
    expect(text).toContain('keng_good{process="web"} 1');
    expect(text).not.toMatch(/^keng_bad/m);
    expect(text).toMatch(/keng_metrics_failed_total\{metric="keng_bad",process="web"\} [12]/);
  });

  it('no metric has more than 500 series, whatever is told', async () => {
    const metrics = new ProcessMetrics('web');
    metrics.gauge({ name: 'keng_many', help: 'many', labels: ['what'] }, () =>
      Array.from({ length: 2_000 }, (_, index) => ({ labels: { what: String(index) }, value: 1 })),
    );
    const answer = { metrics: await metrics.report(), health: [] };
    const text = await (
      await fetch(`${await serve([{ process: 'web', roles: [], answer }])}/metrics`)
    ).text();
    expect(text.match(/^keng_many\{/gm)).toHaveLength(500);
  });
});

describe('health', () => {
  const up = { metrics: [], health: [healthOf('web', ['the database takes no entries', null, false])] };

  it('is live while processes answer, and ready only when each role is, with the reason', async () => {
    const url = await serve([{ process: 'web', roles: ['web'], answer: up }]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      roles: [
        {
          process: 'web',
          role: 'web',
          live: true,
          ready: false,
          reasons: ['the database takes no entries'],
        },
      ],
    });
  });

  it('is not live when a process does not answer', async () => {
    const url = await serve([{ process: 'receiver', roles: ['receiver'], answer: null }]);
    expect((await fetch(`${url}/health/live`)).status).toBe(503);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
  });
});

it('an address that is taken is no reason not to start', async () => {
  const taken = net.createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const at = taken.address();
  const port = typeof at === 'object' && at !== null ? at.port : 0;
  const server = await startMetricsServer({
    address: { host: '127.0.0.1', port },
    log: quiet,
    reports: async () => [],
  });
  expect(server.address).toBeNull();
  await server.stop();
  await new Promise((resolve) => taken.close(resolve));
});

it('the database is asked once for many who ask, and again after a failure', async () => {
  let asked = 0;
  const ask = cachedQuery(async () => {
    asked += 1;
    if (asked === 1) throw new Error('away');
    return asked;
  }, 60_000);
  await expect(ask()).rejects.toThrow('away');
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([2, 2, 2]);
});
