import { randomUUID } from 'node:crypto';
import { LIVE, registeredAccount } from '@keng/model';
import { afterEach, describe, expect, it } from 'vitest';
import { numberTheRest, Sequencer, verifyLog } from '../../log/index.ts';
import { externalAddress } from '../../platform/database-address.ts';
import { openClient, openPool, type Pool } from '../../platform/index.ts';
import { type StandbyPair, startStandbyPair } from '../../testing/standby-pair.ts';
import { until } from '../../testing/until.ts';
import { type Rig, startRig, transmitter } from '../test-rig.ts';
import { LedgerPanels } from './ledger-panels.ts';
import { LEDGER_SPEECHES } from './ledger-speech.ts';

const accounts = Array.from({ length: 8 }, (_, index) =>
  registeredAccount('dc09', (0xb000 + index).toString(16)),
);
const running: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

interface Drill {
  readonly acknowledged: number;
  readonly afterwards: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly faults: readonly unknown[];
}

/**
 * The drill of docs/operations.md under load: the line between the machines is cut, devices go on speaking, the primary dies, the standby
 * is promoted, and the receivers find it by the hosts of DATABASE_URL. The panels' own books say what was acknowledged.
 */
async function drill(
  synchronous: boolean,
  untilDeath: (panels: LedgerPanels) => Promise<void>,
): Promise<Drill> {
  const pair = await startStandbyPair(synchronous);
  running.push(() => pair.remove());
  const pool = poolOf(pair, 'keng_receiver');
  const sequencing = { pool: poolOf(pair, 'keng_sequencer'), origin: 'test', epoch: 1, log: () => undefined };
  const sequencer = new Sequencer(sequencing);
  sequencer.start();
  const devices = accounts.map((account) => transmitter(account, { transmitterId: randomUUID() as never }));
  const rig: Rig = await startRig(pool, devices);
  const panels = new LedgerPanels(accounts, rig.port, LEDGER_SPEECHES.dc09);
  panels.start();
  await until(() => panels.acknowledged.size > 100);
  await pair.cutReplication();
  await untilDeath(panels);
  await pair.killPrimary();
  const before = panels.acknowledged.size;
  await pair.promote();
  await until(() => panels.acknowledged.size > before + 100);
  await panels.finish();
  await rig.stop();
  await sequencer.stop();
  await numberTheRest(sequencing);
  const auditor = poolOf(pair, 'keng_auditor');
  const { rows } = await auditor.query<{ id: string; times: number }>(
    `select body->'events'->0->>'text' as id, count(*) as times from entry where kind = 'signal.received' group by 1`,
  );
  const times = new Map(rows.map((row) => [row.id, row.times]));
  return {
    acknowledged: before,
    afterwards: panels.acknowledged.size - before,
    lost: [...panels.acknowledged].filter((id) => !times.has(id)),
    doubled: rows.filter((row) => row.times > 1).map((row) => row.id),
    faults: (await verifyLog({ pool: auditor, world: LIVE })).faults,
  };
}

function poolOf(
  { address }: Pick<StandbyPair, 'address'>,
  role: 'keng_receiver' | 'keng_sequencer' | 'keng_auditor',
): Pool {
  const pool = openPool({ address, role, applicationName: 'promotion' });
  running.push(() => pool.end());
  return pool;
}

describe('the primary dies under load and the standby is promoted', () => {
  it('no acknowledged alarm is lost when the standby is synchronous, none is doubled, and the chain holds', async () => {
    // Commits wait for a standby that does not answer: in this time nobody is told anything that only one machine has.
    const result = await drill(true, () => new Promise((resolve) => setTimeout(resolve, 1_000)));
    expect(result).toMatchObject({ lost: [], doubled: [], faults: [] });
    expect(result.afterwards).toBeGreaterThan(100);
  }, 180_000);

  it('the control, an asynchronous standby, loses: the comparison can see a loss', async () => {
    const result = await drill(false, async (panels) => {
      const atCut = panels.acknowledged.size;
      await until(() => panels.acknowledged.size > atCut + 50);
    });
    expect(result.lost.length).toBeGreaterThan(0);
  }, 180_000);
});

it('who starts when the first host is a standby, or dead, asks once: the second answers', async () => {
  const pair = await startStandbyPair(false);
  running.push(() => pair.remove());
  if (pair.address.kind !== 'external') throw new Error('a pair is on TCP');
  const url = new URL(pair.address.url);
  const [first, second] = (pair.address.hosts ?? []).map(({ port }) => port);
  /** Names the same servers by another name, for a choice that this process has not made yet. */
  const startAt = async (hosts: string) => {
    const address = externalAddress(`${url.protocol}//${url.username}@${hosts}${url.pathname}`);
    const { rows } = await poolOf({ address }, 'keng_auditor').query('select inet_server_port() as port');
    return rows[0]?.port;
  };
  expect(await startAt(`127.0.0.1:${second},127.0.0.1:${first}`)).toBe(first);
  await pair.killPrimary();
  await pair.promote();
  expect(await startAt(`localhost:${first},127.0.0.1:${second}`)).toBe(second);
}, 120_000);

it('a repeat of what only the primary has is not acknowledged: it waits for the standby as the first try did', async () => {
  const pair = await startStandbyPair(true);
  running.push(() => pair.remove());
  const devices = accounts.map((account) => transmitter(account, { transmitterId: randomUUID() as never }));
  const rig = await startRig(poolOf(pair, 'keng_receiver'), devices);
  const panels = new LedgerPanels(accounts, rig.port, LEDGER_SPEECHES.dc09);
  panels.start();
  await until(() => panels.acknowledged.size > 20);
  await pair.cutReplication();
  const administrator = await openClient(pair.address, 'administrator', 'promotion');
  /** A session that is ended while it waits has committed here: from now on its rows are seen, and no standby has them. */
  const endWaiting = async () => {
    const before = panels.retries;
    await until(() => panels.retries > before + 2 * accounts.length);
    const { rows } = await administrator.query<{ ended: number }>(
      `select count(pg_terminate_backend(pid)) as ended from pg_stat_activity
        where usename = 'keng_receiver' and wait_event = 'SyncRep'`,
    );
    return rows[0]?.ended;
  };
  expect(await endWaiting()).toBeGreaterThan(0);
  const acknowledged = panels.acknowledged.size;
  expect(await endWaiting()).toBeGreaterThan(0);
  expect(await endWaiting()).toBeGreaterThan(0);
  expect(panels.acknowledged.size).toBe(acknowledged);
  await administrator.end();
  await pair.killPrimary();
  await pair.promote();
  await panels.finish();
  await rig.stop();
}, 120_000);
