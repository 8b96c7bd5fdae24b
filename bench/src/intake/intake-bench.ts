import { openPool, type Pool } from '../../../server/src/platform/index.ts';
import { type Bench, type BenchContext, type Limit, median, rowOf } from '../bench.ts';
import { BenchChild } from '../child.ts';
import { ProcessorTime } from '../processor-time.ts';
import { buildStand } from '../stand.ts';
import type { Reader } from './centre-process.ts';
import type { Protocol } from './dialects.ts';
import { waitUntilDrained } from './drained.ts';
import type { Load, LoadResult } from './load.ts';
import { BENCH_SECRET, registerBenchFacilities } from './register.ts';

export interface IntakeCase {
  readonly row: string;
  readonly mode: Load['mode'];
  readonly connections: number;
  readonly encrypted: boolean;
  readonly limit: Limit;
  readonly p99Limit: Limit | null;
}

interface Ports {
  readonly tcp: number;
  /** 0 where the protocol has none. */
  readonly udp: number;
}

/** As long as it takes until both servers run compiled code: a receiver runs for months. */
const WARM_UP_SECONDS = 2;
/** Ready-made frames for each second of a run: more than the fixed-reply server answers. */
const FRAMES_A_SECOND = 75_000;
/** `npm run bench`: the backlog is drained within this time of the end. */
const DRAINED_SECONDS = 2;

/** A bench of one protocol: acknowledged after commit, beside a Node server that answers the same bytes to everything. */
export function intakeBench(protocol: Protocol, title: string, cases: readonly IntakeCase[]): Bench {
  return {
    name: protocol,
    title: `${title} acknowledged after commit, one receiver process, beside a fixed-reply Node server (ACK/s)`,
    options: {
      only: 'the cases whose name holds this text',
      centre: '`off`: receiver and database alone',
      profile: 'folder for processor profiles of the receiver and the centre',
    },
    run: (context) => runAll(context, protocol, cases),
  };
}

async function runAll(
  context: BenchContext,
  protocol: Protocol,
  cases: readonly IntakeCase[],
): Promise<void> {
  context.say('building PostgreSQL and 2,000 synthetic facilities');
  const stand = await buildStand();
  const profile =
    context.options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${context.options.profile}`];
  const peer = BenchChild.start(new URL('./fixed-reply.ts', import.meta.url));
  const receiver = BenchChild.start(new URL('./receiver-process.ts', import.meta.url), profile);
  const centre = BenchChild.start(new URL('./centre-process.ts', import.meta.url), profile);
  const generator = BenchChild.start(new URL('./generator.ts', import.meta.url));
  const pool = openPool({ address: stand.address, role: 'keng_auditor', applicationName: 'bench-watch' });
  try {
    await registerBenchFacilities(stand.address, protocol);
    const withCentre = context.options.centre !== 'off';
    const readers = withCentre
      ? await centre.ask<readonly Reader[]>({ type: 'start', address: stand.address, secret: BENCH_SECRET })
      : null;
    const keng = await receiver.ask<Ports>({
      type: 'start',
      protocol,
      address: stand.address,
      secret: BENCH_SECRET,
    });
    const fixed = await peer.ask<Ports>({ type: 'start', protocol });
    const wanted = cases.filter((one) => one.row.includes(context.options.only ?? ''));
    let first = 0;
    for (const one of wanted)
      first = await runCase(context, one, {
        protocol,
        keng,
        fixed,
        generator,
        pool,
        first,
        readers,
        processor: new ProcessorTime({
          generator: generator.process.pid,
          receiver: receiver.process.pid,
          PostgreSQL: stand.server.pid,
          centre: centre.process.pid,
        }),
      });
  } finally {
    await Promise.allSettled([generator.stop(), receiver.stop(), centre.stop(), peer.stop(), pool.end()]);
    await stand.remove();
  }
}

interface Rig {
  readonly protocol: Protocol;
  readonly keng: Ports;
  readonly fixed: Ports;
  readonly generator: BenchChild;
  readonly pool: Pool;
  readonly first: number;
  /** Who follows the log; null without a centre. */
  readonly readers: readonly Reader[] | null;
  readonly processor: ProcessorTime;
}

/** Peer and Keng in turn, so that whatever else the machine does meets both. Returns the number of the next unused frame. */
async function runCase(context: BenchContext, one: IntakeCase, rig: Rig): Promise<number> {
  const mostFrames = Math.ceil((context.seconds + WARM_UP_SECONDS) * FRAMES_A_SECOND);
  const kengs: LoadResult[] = [];
  const peers: LoadResult[] = [];
  const drained: number[] = [];
  let first = rig.first;
  for (let round = 0; round < context.rounds; round += 1) {
    const load = (ports: Ports): Load => ({
      protocol: rig.protocol,
      mode: one.mode,
      port: one.mode === 'udp' ? ports.udp : ports.tcp,
      connections: one.connections,
      encrypted: one.encrypted,
      seconds: context.seconds,
      warmUpSeconds: WARM_UP_SECONDS,
      firstFrame: first,
      mostFrames,
    });
    peers.push(await rig.generator.ask<LoadResult>({ type: 'run', ...load(rig.fixed) }));
    const before = await countSignals(rig.pool);
    await rig.generator.ask({ type: 'prepare', ...load(rig.keng) });
    rig.processor.restart();
    const result = await rig.generator.ask<LoadResult>({ type: 'run', ...load(rig.keng) });
    if (rig.readers) drained.push(await waitUntilDrained(rig.pool, rig.readers));
    const cost = rig.processor.perMessage(result.total);
    kengs.push(result);
    await checkStored(rig.pool, before, result, one);
    first += mostFrames;
    const peer = peers.at(-1);
    context.say(
      `${one.row}: ${Math.round(result.perSecond)} beside ${Math.round(peer?.perSecond ?? 0)} ACK/s, p50 ${result.p50Ms.toFixed(1)}, p99 ${result.p99Ms.toFixed(1)}, worst ${result.worstMs.toFixed(1)} ms; peer p99 ${peer?.p99Ms.toFixed(1)} ms; us a message: ${cost}`,
    );
  }
  context.row(
    rowOf(
      one.row,
      median(kengs.map((run) => run.perSecond)),
      'ACK/s',
      one.limit,
      median(peers.map((run) => run.perSecond)),
    ),
  );
  context.row(
    rowOf(
      `${one.row}: p50`,
      median(kengs.map((run) => run.p50Ms)),
      'ms',
      null,
      median(peers.map((run) => run.p50Ms)),
    ),
  );
  context.row(
    rowOf(
      `${one.row}: p99`,
      median(kengs.map((run) => run.p99Ms)),
      'ms',
      one.p99Limit,
      median(peers.map((run) => run.p99Ms)),
    ),
  );
  if (rig.readers)
    context.row(rowOf(`${one.row}: drained`, Math.max(...drained), 's', { atMost: DRAINED_SECONDS }));
  return first;
}

async function countSignals(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*) as count from entry where kind = 'signal.received'`,
  );
  return rows[0]?.count ?? 0;
}

/** A figure counts only if what was acknowledged is in the log, each once. */
async function checkStored(pool: Pool, before: number, result: LoadResult, one: IntakeCase): Promise<void> {
  const stored = (await countSignals(pool)) - before;
  const unanswered = one.connections;
  if (result.wrongAnswers > 0 || stored < result.total || stored > result.total + unanswered) {
    throw new Error(
      `${one.row}: ${result.total} acknowledged, ${stored} stored, ${result.wrongAnswers} wrong answers, ${result.timeouts} without an answer`,
    );
  }
}
