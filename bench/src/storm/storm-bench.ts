import { LIVE } from '@keng/model';
import type { Pool } from 'pg';
import { headPosition } from '../../../server/src/log/index.ts';
import type { AlarmRunResult } from '../alarm-generator.ts';
import { alarmOf } from '../alarm-of.ts';
import { type Bench, type BenchContext, rowOf } from '../bench.ts';
import { BenchChild } from '../child.ts';
import { MemoryWatch } from '../memory-watch.ts';
import { ProcessorTime } from '../processor-time.ts';
import { quantile } from '../screen/dom-probe.ts';
import { WholeCentre } from '../whole-centre.ts';
import { DeskLine } from './desk-line.ts';

/** Buildings of the storm: each alarms again every few seconds, as panels do whose detectors chatter. */
const BUILDINGS = 5_000;
const PER_SECOND = 1_000;
/** A row of five minutes stands for the hour: what grows, grows in it. */
const SECONDS = 300;
const PATIENCE_MS = 120_000;

/** `npm run bench -- storm [--for 300] [--rate 1000]`: a storm over one region, from the frame in the socket to a desk of the nation. */
export const stormBench: Bench = {
  name: 'storm',
  title: 'a storm of alarms over thousands of buildings: delay to the desk, backlog and memory',
  options: {
    for: `seconds it lasts; ${SECONDS}`,
    rate: `alarms a second; ${PER_SECOND}`,
    buildings: `that alarm, again and again; ${BUILDINGS}`,
  },
  async run(context) {
    const { options } = context;
    const centre = await WholeCentre.start({ sender: false });
    const generator = BenchChild.start(new URL('../alarm-generator.ts', import.meta.url));
    try {
      const buildings = Number(options.buildings ?? BUILDINGS);
      context.say(`registering ${buildings} facilities`);
      const alarms = (await centre.register(buildings)).flatMap(alarmOf);
      const pool = centre.pool('keng_auditor');
      const start = await headPosition(pool, LIVE);
      const line = await DeskLine.open(centre.url, await centre.logIn(), start);
      const perSecond = Number(options.rate ?? PER_SECOND);
      const total = perSecond * Number(options.for ?? SECONDS);
      const memory = new MemoryWatch(centre.pids);
      const processors = new ProcessorTime(centre.pids);
      const result = await generator.ask<AlarmRunResult>({
        type: 'run',
        port: centre.dc09Tcp,
        perSecond,
        alarms,
        total,
      });
      const heard = await until(() => line.signals >= total);
      context.say(`processor µs an alarm: ${processors.perMessage(total)}`);
      memory.stop();
      await line.close();
      tell(context, {
        result,
        line,
        positions: await signalsAfter(pool, start),
        total,
        perSecond,
        heard,
        memory,
      });
    } finally {
      await generator.stop();
      await centre.remove();
    }
  },
};

interface Storm {
  readonly result: AlarmRunResult;
  readonly line: DeskLine;
  readonly positions: readonly number[];
  readonly total: number;
  readonly perSecond: number;
  readonly heard: boolean;
  readonly memory: MemoryWatch;
}

function tell(
  context: BenchContext,
  { result, line, positions, total, perSecond, heard, memory }: Storm,
): void {
  const delays = line.delaysToDesk(result.sentAtMs, positions);
  const sorted = line.delaysToIncident(result.sentAtMs);
  context.row(rowOf('alarm to desk: p50', quantile(delays, 0.5), 'ms', null));
  context.row(rowOf('alarm to desk: p99', quantile(delays, 0.99), 'ms', { atMost: 2_000 }));
  context.row(rowOf('alarm into its incident: p50', quantile(sorted, 0.5), 'ms', null));
  context.row(rowOf('alarm into its incident: p99', quantile(sorted, 0.99), 'ms', null));
  context.row(rowOf('frames written late, p99', result.lateP99Ms, 'ms', null));
  context.row(rowOf('not acknowledged', total - result.acknowledged, 'alarms', { atMost: 0 }));
  context.row(rowOf('not at the desk', heard ? 0 : total - delays.length, 'alarms', { atMost: 0 }));
  // All buildings open their incidents in the first seconds, the most work there is; later a backlog must not be.
  const [first, second] = line.mostWaiting(result.sentAtMs);
  context.row(rowOf('waiting for the rules at most, first half', first, 'alarms', null));
  context.row(
    rowOf('waiting for the rules at most, second half', second, 'alarms', { atMost: 2 * perSecond }),
  );
  for (const { name, third, last } of memory.quarters())
    context.row(rowOf(`memory of ${name}, last quarter`, last, 'MB', { ratioAtMost: 1.2 }, third));
}

/** Positions of the fire signals behind a position, ascending. */
async function signalsAfter(pool: Pool, position: number): Promise<number[]> {
  const { rows } = await pool.query<{ position: number }>(
    `select position from log_order where world = $1 and lane = 0 and kind = 'signal.received' and position > $2 order by position`,
    [LIVE, position],
  );
  return rows.map((row) => row.position);
}

async function until(done: () => boolean): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS;
  while (!done() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  return done();
}
