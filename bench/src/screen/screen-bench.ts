import type { DemonstrationFacility } from '@keng/country-vn';
import {
  type AnyDraft,
  type FacilityId,
  LIVE,
  newId,
  type OrganisationCode,
  type SignalId,
  type TransmitterId,
} from '@keng/model';
import type { Page } from 'playwright-core';
import { appendEntries } from '../../../server/src/log/index.ts';
import { transaction } from '../../../server/src/platform/index.ts';
import type { AlarmRunResult } from '../alarm-generator.ts';
import { alarmOf } from '../alarm-of.ts';
import { type Bench, type BenchContext, rowOf } from '../bench.ts';
import { BenchChild } from '../child.ts';
import { delaysOf } from '../delays-of.ts';
import { ProcessorTime } from '../processor-time.ts';
import { untilSettled } from '../settled.ts';
import { WholeCentre } from '../whole-centre.ts';
import { countsSeen, quantile, waitForCount, watchCount } from './dom-probe.ts';

const FAULTS = 200_000;
const DRAINED_WITHIN_MS = 30_000;
/**
 * Before the measurement: first alarms of buildings, then repetitions of theirs. Code that nobody has run yet is slow, and a centre runs
 * for months: after the first alone a quarter of a receiver's time still went into compiling.
 */
const WARM_UP = 1_000;
const WARM_UP_PER_SECOND = 200;
const REPEATS = 4_000;
const REPEATS_PER_SECOND = 800;

interface Case {
  readonly row: string;
  readonly perSecond: number;
  readonly mostP99Ms: number;
  readonly faultsFirst: boolean;
}

const CASES: readonly Case[] = [
  { row: '200 alarms/s', perSecond: 200, mostP99Ms: 1_000, faultsFirst: false },
  { row: '200 alarms/s behind 200,000 faults', perSecond: 200, mostP99Ms: 1_000, faultsFirst: true },
  { row: '1,000 alarms/s', perSecond: 1_000, mostP99Ms: 2_000, faultsFirst: false },
];

/**
 * `npm run bench -- screen [--sender yes]`: from the frame in the socket to the changed screen, each alarm of another facility. Every
 * alarm makes six notifications; they are written, but the sender that takes them off is another machine's work at such a rate.
 */
export const screenBench: Bench = {
  name: 'screen',
  title: 'alarm to screen: frame written to the socket, DOM changed in a real browser',
  options: { only: 'the cases whose name holds this text', sender: '`yes`: with the sender' },
  async run(context) {
    const only = context.options.only ?? '';
    for (const one of CASES.filter(({ row }) => row.includes(only))) await runCase(context, one);
  },
};

/** A centre of its own: half a minute after a case the clocks of its thousands run out, and nobody has yet read all its faults. */
async function runCase(context: BenchContext, one: Case): Promise<void> {
  const centre = await WholeCentre.start({ sender: context.options.sender === 'yes' });
  const generator = BenchChild.start(new URL('../alarm-generator.ts', import.meta.url));
  try {
    const wanted = WARM_UP + one.perSecond * context.seconds;
    context.say(`${one.row}: registering ${wanted} facilities`);
    const facilities = await centre.register(wanted);
    const page = await centre.open('/desk');
    await watchCount(page);
    const around = { centre, generator, page };
    await warmUp({ ...around, facilities: facilities.slice(0, WARM_UP) });
    await measure(context, one, { ...around, facilities: facilities.slice(WARM_UP) });
  } finally {
    await generator.stop();
    await centre.remove();
  }
}

async function warmUp(around: Surroundings): Promise<void> {
  const { centre, generator, facilities } = around;
  await send(around, WARM_UP_PER_SECOND);
  const alarms = facilities.flatMap((facility) => alarmOf(facility));
  const port = centre.dc09Tcp;
  await generator.ask({ type: 'run', port, perSecond: REPEATS_PER_SECOND, alarms, total: REPEATS });
  await untilSettled(centre.pool('keng_core'));
}

interface Surroundings {
  readonly centre: WholeCentre;
  readonly generator: BenchChild;
  readonly page: Page;
  readonly facilities: readonly DemonstrationFacility[];
}

async function measure(context: BenchContext, one: Case, around: Surroundings): Promise<void> {
  const { centre, facilities } = around;
  if (one.faultsFirst) await appendFaults(context, centre);
  const processors = new ProcessorTime(centre.pids);
  const { result, delays } = await send(around, one.perSecond);
  context.say(`${one.row}: processor µs an alarm: ${processors.perMessage(facilities.length)}`);
  context.row(rowOf(`${one.row}: p50`, quantile(delays, 0.5), 'ms', null));
  context.row(rowOf(`${one.row}: p99`, quantile(delays, 0.99), 'ms', { atMost: one.mostP99Ms }));
  context.row(rowOf(`${one.row}: worst`, quantile(delays, 1), 'ms', null));
  context.row(rowOf(`${one.row}: frames written late, p99`, result.lateP99Ms, 'ms', null));
  context.row(
    rowOf(`${one.row}: not acknowledged`, facilities.length - result.acknowledged, 'alarms', { atMost: 0 }),
  );
  context.row(
    rowOf(`${one.row}: not on the screen`, facilities.length - delays.length, 'alarms', { atMost: 0 }),
  );
}

/** One alarm of each facility, and how long each took to the screen. */
async function send(
  { centre, generator, page, facilities }: Surroundings,
  perSecond: number,
): Promise<{ readonly result: AlarmRunResult; readonly delays: readonly number[] }> {
  const before = (await countsSeen(page)).at(-1)?.count ?? 0;
  const alarms = facilities.flatMap((facility) => alarmOf(facility));
  const port = centre.dc09Tcp;
  const result = await generator.ask<AlarmRunResult>({ type: 'run', port, perSecond, alarms });
  await waitForCount(page, before + alarms.length, DRAINED_WITHIN_MS);
  return { result, delays: delaysOf(result.sentAtMs, await countsSeen(page), before) };
}

/** Faults that wait for the sequencer and the consumers all at once: one transaction, committed just before the alarms. */
async function appendFaults(context: BenchContext, centre: WholeCentre): Promise<void> {
  const pool = centre.pool('keng_receiver');
  const { rows } = await centre
    .pool('keng_core')
    .query<{ id: FacilityId; organisation: OrganisationCode; transmitter: TransmitterId; account: string }>(
      `select f.id, f.organisation, t.id as transmitter, t.account from facility f join transmitter t
         on t.world = f.world and t.facility = f.id where f.world = $1 limit 500`,
      [LIVE],
    );
  context.say(`appending ${FAULTS} faults`);
  const chunk = 5_000;
  await transaction(pool, async (client) => {
    for (let first = 0; first < FAULTS; first += chunk) {
      const now = new Date();
      const drafts = Array.from({ length: chunk }, (_, index) => {
        const row = rows[(first + index) % rows.length];
        if (!row) throw new Error('no transmitter is registered');
        return faultOf(row, first + index, now);
      });
      await appendEntries(client, drafts, now);
    }
  });
}

function faultOf(
  row: { id: FacilityId; organisation: OrganisationCode; transmitter: TransmitterId; account: string },
  number: number,
  at: Date,
): AnyDraft {
  return {
    world: LIVE,
    kind: 'signal.received',
    lane: 1,
    subject: row.transmitter,
    organisation: row.organisation,
    facility: row.id,
    revision: null,
    at,
    actor: { kind: 'device', id: row.account },
    body: {
      signalId: newId<SignalId>(),
      transmitterId: row.transmitter,
      facilityId: row.id,
      receiver: 'dc09-tcp',
      protocol: 'dc09',
      account: row.account,
      line: '0',
      sequence: String((number % 9_999) + 1).padStart(4, '0'),
      remote: '127.0.0.1:1',
      encrypted: false,
      deviceAt: null,
      raw: '',
      quirks: [],
      events: [
        {
          family: 'fire',
          class: 'trouble',
          code: 'FT',
          zone: String((number % 20) + 1),
          area: null,
          text: null,
          repeat: false,
        },
      ],
    },
  };
}
