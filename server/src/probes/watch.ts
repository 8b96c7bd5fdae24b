import { type CountryPack, telephoneText } from '@keng/country-vn';
import { type AnyDraft, anyDraft, type EntryBody, type ProbeStage, type World } from '@keng/model';
import { appendEntries } from '../log/index.ts';
import { type Clock, errorMessage, type Logger, type Pool, transaction } from '../platform/index.ts';
import { missingStage, type Reached } from './rules.ts';
import {
  forgetWays,
  hasScreens,
  insertNotice,
  markMissing,
  type ProbePath,
  readProbePaths,
  wayOf,
} from './store.ts';

export interface ProbeWatchOptions {
  /** As keng_core. */
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly log: Logger;
  readonly country: CountryPack;
  /** null: no SMS is sent. */
  readonly administratorTelephone: string | null;
  /** Seconds since any moment, by a clock that nobody sets. */
  readonly monotonicSeconds?: () => number;
}

const EVERY_MS = 5_000;
const FORGET_MS = 86_400_000;
/** A browser says every half minute that it is there. */
const SCREEN_MS = 90_000;

interface Known {
  /** What the row said when it was looked at last. */
  readonly times: Readonly<Record<ProbeStage, number>>;
  readonly reached: Reached;
}

/**
 * Says when the synthetic alarm does not come through. It looks whether the noted times change and never how old they are:
 * they were noted by clocks of other machines, and clocks are set.
 */
export class ProbeWatch {
  readonly #options: ProbeWatchOptions;
  readonly #known = new Map<string, Known>();
  #screensSince: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;

  constructor(options: ProbeWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.look()
        .catch((error: unknown) =>
          this.#options.log.warn(
            { error: errorMessage(error) },
            'the synthetic alarm could not be looked for',
          ),
        )
        .finally(() => {
          this.#looking = null;
        });
    }, EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Looks now. */
  async look(): Promise<void> {
    const { pool, world, clock } = this.#options;
    const second = this.#options.monotonicSeconds?.() ?? performance.now() / 1_000;
    const now = clock.now(world);
    await forgetWays(pool, world, new Date(now.getTime() - FORGET_MS));
    const screens = await hasScreens(pool, world, new Date(now.getTime() - SCREEN_MS));
    this.#screensSince = screens ? (this.#screensSince ?? second) : null;
    const paths = await readProbePaths(pool, world);
    const present = new Set(paths.map(wayOf));
    for (const way of this.#known.keys()) if (!present.has(way)) this.#known.delete(way);
    for (const path of paths) await this.#judge(path, second, now);
  }

  async #judge(path: ProbePath, second: number, now: Date): Promise<void> {
    const reached = this.#reached(path, second);
    // A browser that opened a moment ago has its time, too.
    const shown = Math.max(reached.shown, this.#screensSince ?? 0);
    const stage = missingStage({ ...reached, shown }, second, this.#screensSince !== null);
    if (stage === path.missingStage) return;
    const { pool, world } = this.#options;
    const { receiver, listener } = path;
    await transaction(pool, async (client) => {
      if (stage === null) {
        await markMissing(client, world, path, null);
        const missingSince = (path.missingSince ?? now).toISOString();
        await appendEntries(
          client,
          [this.#draft('probe.returned', { receiver, listener, missingSince }, now)],
          now,
        );
        await insertNotice(
          client,
          world,
          { event: 'probe.returned', detail: { receiver, listener, missingSince }, sms: null },
          now,
        );
        return;
      }
      const since = path.missingSince ?? new Date(now.getTime() - (second - reached[stage]) * 1_000);
      await markMissing(client, world, path, { stage, since });
      const body = { receiver, listener, stage, since: since.toISOString() };
      await appendEntries(client, [this.#draft('probe.missing', body, now)], now);
      // Another stage of the same way is no new alarm.
      if (path.missingStage !== null) return;
      await insertNotice(client, world, { event: 'probe.missing', detail: body, sms: this.#sms(body) }, now);
    });
  }

  #reached(path: ProbePath, second: number): Reached {
    const times = {
      sent: path.sentAt.getTime(),
      stored: path.storedAt?.getTime() ?? 0,
      fed: path.fedAt?.getTime() ?? 0,
      shown: path.shownAt?.getTime() ?? 0,
    };
    const before = this.#known.get(wayOf(path));
    const when = (stage: ProbeStage): number =>
      before !== undefined && before.times[stage] === times[stage] ? before.reached[stage] : second;
    const reached = { sent: when('sent'), stored: when('stored'), fed: when('fed'), shown: when('shown') };
    this.#known.set(wayOf(path), { times, reached });
    return reached;
  }

  #sms({ receiver, listener, since }: EntryBody<'probe.missing'>) {
    const { administratorTelephone: telephone, country } = this.#options;
    if (telephone === null) return null;
    const time = new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: country.country.timeZone,
    }).format(new Date(since));
    const values = { facility: receiver, address: '', zone: listener, time };
    return { telephone, text: telephoneText(country, 'sms.probe-missing', 'vi', values) };
  }

  #draft<Kind extends 'probe.missing' | 'probe.returned'>(
    kind: Kind,
    body: EntryBody<Kind>,
    at: Date,
  ): AnyDraft {
    return anyDraft({
      world: this.#options.world,
      kind,
      lane: 0,
      subject: `probe/${wayOf(body)}`,
      organisation: null,
      facility: null,
      revision: null,
      at,
      actor: { kind: 'system', id: 'supervision' },
      body,
    });
  }
}
