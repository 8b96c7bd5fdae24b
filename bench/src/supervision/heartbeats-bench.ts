import { openPool, type Pool } from '../../../server/src/platform/index.ts';
import { type Bench, type BenchContext, median, rowOf } from '../bench.ts';
import { BenchChild } from '../child.ts';
import type { Load, LoadResult } from '../intake/load.ts';
import { BENCH_SECRET, registerBenchFacilities } from '../intake/register.ts';
import { buildStand } from '../stand.ts';

const HEARTBEATS_A_SECOND = 20_000;
const DEVICES = 1_200_000;
/** Of a hundred devices so many have two paths: three members of the book instead of one. */
const DUAL_PERCENT = 20;
const MOST_BYTES = 400;
const MOST_RATIO = 1.2;
/** The storm of a whole country (issue 3: an hour of them), by the clock: without heartbeats not more of them are sent than beside them. */
const ALARMS_A_SECOND = 1_000;
const ALARM_CONNECTIONS = 400;
const WARM_UP_SECONDS = 0.5;
/** Until the code that answers heartbeats is compiled: a receiver runs for months. */
const HEARTBEATS_ALONE_MS = 1_500;

/** Heartbeats of all devices of the country beside fire alarms, and the supervisor's book of all of them. */
export const heartbeatsBench: Bench = {
  name: 'heartbeats',
  title:
    'Heartbeats beside alarms (p99 of alarms with and without), and the supervision of 1,200,000 devices',
  options: {
    heartbeats: 'a second (20000)',
    devices: 'in the book (1200000)',
    alarms: `a second (${ALARMS_A_SECOND})`,
    only: '`alarms` or `book`',
  },
  async run(context) {
    const { only } = context.options;
    if (only !== 'alarms') await weighBook(context);
    if (only !== 'book') await besideAlarms(context);
  },
};

async function weighBook(context: BenchContext): Promise<void> {
  const devices = Number(context.options.devices ?? DEVICES);
  const book = BenchChild.start(new URL('./book-process.ts', import.meta.url), [
    '--expose-gc',
    '--max-old-space-size=4096',
  ]);
  try {
    for (const dualPercent of [0, DUAL_PERCENT]) {
      context.say(`a book of ${devices} devices, ${dualPercent} % of them with two paths`);
      const { bytes, ticks, worstTickMs } = await book.ask<{
        bytes: number;
        ticks: number;
        worstTickMs: number;
      }>({ type: 'weigh', devices, dualPercent });
      const name = `${devices.toLocaleString('en-US')} devices, ${dualPercent} % dual`;
      context.row(rowOf(`${name}: memory a device`, bytes, 'bytes', { atMost: MOST_BYTES }));
      context.row(rowOf(`${name}: noticed after its time`, ticks, 'ticks', { atMost: 1 }));
      context.row(rowOf(`${name}: longest tick, processor time`, worstTickMs, 'ms', { atMost: 1_000 }));
    }
  } finally {
    await book.stop();
  }
}

interface Ports {
  readonly tcp: number;
  readonly udp: number;
}

async function besideAlarms(context: BenchContext): Promise<void> {
  const perSecond = Number(context.options.heartbeats ?? HEARTBEATS_A_SECOND);
  const alarmsASecond = Number(context.options.alarms ?? ALARMS_A_SECOND);
  context.say('building PostgreSQL and 2,000 synthetic facilities');
  const stand = await buildStand();
  const receiver = BenchChild.start(new URL('../intake/receiver-process.ts', import.meta.url));
  const generator = BenchChild.start(new URL('../intake/generator.ts', import.meta.url));
  const heartbeats = BenchChild.start(new URL('./heartbeat-process.ts', import.meta.url));
  const pool = openPool({ address: stand.address, role: 'keng_core', applicationName: 'bench-watch' });
  try {
    await registerBenchFacilities(stand.address, 'dc09');
    const ports = await receiver.ask<Ports>({
      type: 'start',
      protocol: 'dc09',
      address: stand.address,
      secret: BENCH_SECRET,
    });
    const alone: number[] = [];
    const beside: number[] = [];
    const rates: number[] = [];
    let firstFrame = 0;
    const alarms = async (): Promise<LoadResult> => {
      const mostFrames = Math.ceil((context.seconds + WARM_UP_SECONDS + 1) * alarmsASecond);
      const load: Load = {
        protocol: 'dc09',
        mode: 'tcp-paced',
        port: ports.tcp,
        connections: ALARM_CONNECTIONS,
        perSecond: alarmsASecond,
        encrypted: false,
        seconds: context.seconds,
        warmUpSeconds: WARM_UP_SECONDS,
        firstFrame,
        mostFrames,
      };
      firstFrame += mostFrames;
      return await generator.ask<LoadResult>({ type: 'run', ...load });
    };
    for (let round = 0; round < context.rounds; round += 1) {
      const without = await alarms();
      await heartbeats.ask({ type: 'start', port: ports.udp, perSecond });
      await new Promise((resolve) => setTimeout(resolve, HEARTBEATS_ALONE_MS));
      const during = await alarms();
      const { perSecond: rate } = await heartbeats.ask<{ perSecond: number }>({ type: 'pause' });
      alone.push(without.p99Ms);
      beside.push(during.p99Ms);
      rates.push(rate);
      context.say(
        `alarms ${Math.round(without.perSecond)}/s p99 ${without.p99Ms.toFixed(1)} ms alone, ${Math.round(during.perSecond)}/s p99 ${during.p99Ms.toFixed(1)} ms beside ${Math.round(rate)} heartbeats/s`,
      );
    }
    const rate = median(rates);
    context.row(rowOf('heartbeats acknowledged', rate, '1/s', { atLeast: perSecond * 0.99 }));
    const [with20, without20] = [median(beside), median(alone)];
    const ratio = with20 / without20;
    context.row({
      row: 'alarms beside them: p99',
      value: with20,
      unit: 'ms',
      beside: without20,
      ratio,
      must: `ratio <= ${MOST_RATIO.toFixed(2)}`,
      holds: ratio <= MOST_RATIO,
    });
    context.row(
      rowOf('panels heard, as the supervisor reads it', await panelsHeard(pool), 'panels', {
        atLeast: 2_000,
      }),
    );
  } finally {
    await Promise.allSettled([generator.stop(), receiver.stop(), heartbeats.stop(), pool.end()]);
    await stand.remove();
  }
}

/** A figure counts only if what was acknowledged reaches the supervisor. */
async function panelsHeard(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ panels: number }>(
    `select count(distinct substring(transmitters from n * 16 + 1 for 16))::integer as panels
      from heard_batch, generate_series(0, length(transmitters) / 16 - 1) n`,
  );
  return rows[0]?.panels ?? 0;
}
