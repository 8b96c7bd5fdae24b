import { vietNam } from '@keng/country-vn';
import { LIVE } from '@keng/model';
import { headPosition } from '../../../server/src/log/index.ts';
import type { Pool } from '../../../server/src/platform/index.ts';
import type { AlarmRunResult, AlarmToSend } from '../alarm-generator.ts';
import { type Bench, type BenchContext, rowOf } from '../bench.ts';
import { BenchChild } from '../child.ts';
import { MemoryWatch } from '../memory-watch.ts';
import { quantile } from '../screen/dom-probe.ts';
import { DeskLine } from '../storm/desk-line.ts';
import { WholeCentre } from '../whole-centre.ts';
import { fillFleet } from './fill-fleet.ts';
import { accountOf, type FleetShape, isCut, outagesExpected, wholeGroups } from './fleet.ts';
import type { FleetCounts } from './fleet-process.ts';
import { type LinkStory, linkStory, linksRead, openOutages, readStory } from './link-story.ts';

const DEVICES = 1_200_000;
const LOST = 500_000;
/** A link test a minute, and lost after one and a half: what is lost falls silent and comes back within a minute. */
const PERIOD_SECONDS = 60;
const ALARMS_A_SECOND = 20;
const ALARM_BUILDINGS = 5_000;
const BEFORE_SECONDS = 60;
const LOOK_MS = 1_000;
const SAY_MS = 15_000;
const PATIENCE_MS = 900_000;
/** Noticing: a second in which the receiver gathers, one of grace, one until the supervisor looks, and parts of seconds. */
const MOST_NOTICED_SECONDS = 4;
/** Links are written down half of the time only, beside the listening: so slowly at most on a machine that devices fill. */
const WRITTEN_A_SECOND = 1_000;

/** Every device of the country, and carriers or areas that fail and come back: sockets, database, supervisor, log and desk. */
export const fleetBench: Bench = {
  name: 'fleet',
  title: 'All devices of a country; half a million lost and back within a minute beside fire alarms',
  options: {
    devices: `supervised; ${DEVICES}`,
    lost: `fall silent; ${LOST}`,
    cut: '`carriers` (two of them, the default) or `areas`',
    period: `seconds between link tests of a device; ${PERIOD_SECONDS}. Lost after one and a half of it`,
  },
  async run(context) {
    const { options } = context;
    const shape = wholeGroups({
      devices: Number(options.devices ?? DEVICES),
      lost: Number(options.lost ?? LOST),
      cut: options.cut === 'areas' ? 'areas' : 'carriers',
      areas: vietNam.areas.provinces.map((one) => one.code),
    });
    const periodSeconds = Number(options.period ?? PERIOD_SECONDS);
    if (!(shape.lost > 0 && shape.lost < shape.devices && periodSeconds >= 10))
      throw new RangeError('--lost must be fewer than --devices, --period at least 10');
    let startedMs = performance.now();
    const centre = await WholeCentre.start({
      sender: false,
      udp: true,
      prepare: async (address) => {
        await fillFleet(address, shape, periodSeconds * 1.5, context.say);
        startedMs = performance.now();
      },
    });
    context.row(
      rowOf('centre ready with all devices in memory', (performance.now() - startedMs) / 1_000, 's', {
        atMost: 120,
      }),
    );
    const fleet = BenchChild.start(new URL('./fleet-process.ts', import.meta.url));
    const alarms = BenchChild.start(new URL('../alarm-generator.ts', import.meta.url));
    if (!(fleet.goFirst() && alarms.goFirst()))
      context.say(
        'devices and centre share this machine as equals: only an administrator may put devices first',
      );
    try {
      await new FleetRun(context, shape, periodSeconds, { centre, fleet, alarms }).run();
    } finally {
      await Promise.allSettled([fleet.stop(), alarms.stop()]);
      await centre.remove();
    }
  },
};

interface Stand {
  readonly centre: WholeCentre;
  readonly fleet: BenchChild;
  readonly alarms: BenchChild;
}

interface Alarms {
  readonly result: AlarmRunResult;
  readonly toDeskMs: readonly number[];
}

interface Outcome {
  /** Until the cut, and from it on. */
  readonly counts: FleetCounts;
  readonly after: FleetCounts;
  readonly falseLosses: LinkStory;
  readonly story: LinkStory;
  /** Outages open when all were lost. */
  readonly opened: number;
  readonly readSeconds: number;
}

class FleetRun {
  readonly #context: BenchContext;
  readonly #shape: FleetShape;
  readonly #period: number;
  readonly #stand: Stand;
  readonly #pool: Pool;
  readonly #memory: MemoryWatch;
  #firstAlarm = 0;
  #saidMs = 0;

  constructor(context: BenchContext, shape: FleetShape, period: number, stand: Stand) {
    this.#context = context;
    this.#shape = shape;
    this.#period = period;
    this.#stand = stand;
    this.#pool = stand.centre.pool('keng_core');
    this.#memory = new MemoryWatch(stand.centre.pids);
  }

  async run(): Promise<void> {
    const { centre, fleet } = this.#stand;
    const { say } = this.#context;
    await fleet.ask({ type: 'start', ...this.#shape, port: centre.dc09Udp, periodSeconds: this.#period });
    say('every device speaks for the first time');
    await seconds(this.#period + 5);
    await fleet.ask<FleetCounts>({ type: 'counts' });
    say(`alarms beside heartbeats alone, ${BEFORE_SECONDS} s`);
    const before = await this.#alarms(Math.max(BEFORE_SECONDS, this.#period));
    const counts = await fleet.ask<FleetCounts>({ type: 'counts' });
    const falseLosses = await linkStory(this.#pool);

    say(`${this.#shape.lost} devices fall silent`);
    const cutAt = new Date();
    await fleet.ask({ type: 'silence' });
    const during = this.#alarms(this.#period * 3.5);
    await until(async () => (await this.#lostNow()) >= this.#shape.lost);
    const opened = await openOutages(this.#pool);
    say(`${await lostNow(this.#pool)} links lost; they come back`);
    const returnAt = new Date();
    await fleet.ask({ type: 'restore' });
    await until(async () => (await this.#lostNow()) === 0);
    const backMs = performance.now();
    say('all are back');
    await until(async () => (await openOutages(this.#pool)).every((one) => one.endProposedAt !== null));
    await until(async () => await linksRead(this.#pool));
    const readSeconds = (performance.now() - backMs) / 1_000;
    const alarms = await during;
    const after = await fleet.ask<FleetCounts>({ type: 'counts' });
    this.#memory.stop();
    const story = await readStory(this.#pool, cutAt, returnAt);
    this.#tell({ counts, after, falseLosses, story, opened: opened.length, readSeconds });
    this.#tellAlarms(before, alarms);
    for (const { name, most } of this.#memory.most())
      this.#context.row(rowOf(`memory of ${name}, most`, most, 'MB', { atMost: 2_048 }));
  }

  /** Says it now and then, too. */
  async #lostNow(): Promise<number> {
    const lost = await lostNow(this.#pool);
    if (performance.now() - this.#saidMs > SAY_MS) {
      this.#saidMs = performance.now();
      this.#context.say(`${lost} links stand as lost`);
    }
    return lost;
  }

  async #alarms(forSeconds: number): Promise<Alarms> {
    const { centre, alarms } = this.#stand;
    const start = await headPosition(this.#pool, LIVE);
    const line = await DeskLine.open(centre.url, await centre.logIn(), start);
    const total = ALARMS_A_SECOND * Math.ceil(forSeconds);
    const result = await alarms.ask<AlarmRunResult>({
      type: 'run',
      port: centre.dc09Tcp,
      perSecond: ALARMS_A_SECOND,
      alarms: this.#nextAlarms(),
      total,
    });
    await until(async () => line.signals >= total);
    await line.close();
    const { rows } = await this.#pool.query<{ position: number }>(
      `select position from log_order where world = 'live' and lane = 0 and kind = 'signal.received' and position > $1 order by position`,
      [start],
    );
    return {
      result,
      toDeskMs: line.delaysToDesk(
        result.sentAtMs,
        rows.map((row) => row.position),
      ),
    };
  }

  /** Buildings whose devices do not fall silent, others each time. */
  #nextAlarms(): AlarmToSend[] {
    const found: AlarmToSend[] = [];
    for (
      let number = this.#firstAlarm;
      number < this.#shape.devices && found.length < ALARM_BUILDINGS;
      number += 1
    ) {
      this.#firstAlarm = number + 1;
      if (!isCut(this.#shape, number)) found.push({ account: accountOf(number), keyHex: null, zone: 1 });
    }
    return found;
  }

  #tell({ counts, after, falseLosses, story, opened, readSeconds }: Outcome): void {
    const { row } = this.#context;
    const { devices, lost } = this.#shape;
    const expected = outagesExpected(this.#shape).length;
    const writing = lost / WRITTEN_A_SECOND;
    const exactly = (name: string, value: number, wanted: number): void =>
      row({ ...rowOf(name, value, '', null), must: `= ${wanted}`, holds: value === wanted });
    row(
      rowOf('link tests acknowledged before', counts.acknowledged / counts.seconds, '1/s', {
        atLeast: (devices / this.#period) * 0.99,
      }),
    );
    row(rowOf('of them sent again', counts.repeated, '', null));
    row(rowOf('link tests sent again after the cut', after.repeated, '', null));
    row(
      rowOf('devices held up by this machine', counts.heldUpSeconds + after.heldUpSeconds, 's', {
        atMost: 5,
      }),
    );
    exactly('links lost before anything failed', falseLosses.lost, 0);
    exactly('losses noticed', story.devicesLost, lost);
    exactly('entries of losses', story.lost, lost);
    exactly('entries of returns', story.restored, lost);
    exactly('outages, one for each group', opened, expected);
    exactly('returns that name their outage', story.explained, lost);
    exactly('losses counted by the outages', story.countedLost, lost);
    exactly('returns counted by the outages', story.countedBack, lost);
    row(rowOf('noticed after its time: p99', story.noticedP99, 's', null));
    row(rowOf('noticed after its time: worst', story.noticedWorst, 's', { atMost: MOST_NOTICED_SECONDS }));
    row(rowOf('written after it was noticed: worst', story.writtenWorst, 's', { atMost: writing }));
    row(rowOf('outage told after the first loss', story.outageOpened, 's', { atMost: 30 }));
    row(rowOf('all back after the return', story.allBack, 's', { atMost: this.#period + writing }));
    row(
      rowOf('end of the outage proposed after the return', story.endProposed, 's', {
        atMost: this.#period + writing,
      }),
    );
    row(rowOf('health and numbers of all devices after that', readSeconds, 's', { atMost: 60 }));
  }

  #tellAlarms(before: Alarms, during: Alarms): void {
    const { row } = this.#context;
    const missing = ({ result }: Alarms): number => result.sentAtMs.length - result.acknowledged;
    row(rowOf('alarms not acknowledged', missing(before) + missing(during), '', { atMost: 0 }));
    for (const part of [0.5, 0.99]) {
      const [one, other] = [before, during].map(({ result }) => quantile([...result.answeredAfterMs], part));
      row(
        rowOf(
          `alarm acknowledged: p${part * 100}`,
          other ?? 0,
          'ms',
          part === 0.99 ? { ratioAtMost: 2 } : null,
          one,
        ),
      );
    }
    for (const part of [0.5, 0.99]) {
      const [one, other] = [before, during].map(({ toDeskMs }) => quantile([...toDeskMs], part));
      row(
        rowOf(
          `alarm at the desk: p${part * 100}`,
          other ?? 0,
          'ms',
          part === 0.99 ? { atMost: 2_000 } : null,
          one,
        ),
      );
    }
  }
}

async function lostNow(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::integer as count from link_lost where world = 'live'`,
  );
  return rows[0]?.count ?? 0;
}

const seconds = (count: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, count * 1_000));

async function until(done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await done())) {
    if (performance.now() > end) throw new Error('what was waited for has not come in a quarter of an hour');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
