import type { AnyDraft, EntryBody, World } from '@keng/model';
import { type OwnerReport, recordOwnerReports } from '../incidents/index.ts';
import { appendEntries } from '../log/index.ts';
import { type Clock, isPassing, type Logger, type Pool, transaction } from '../platform/index.ts';
import { tellsOfAlarm } from './job.ts';
import { notifyDraft } from './notify-draft.ts';
import { markOf } from './returned/address-mark.ts';
import { type Outcome, storeOutcomes } from './sender-store.ts';

const MOST = 500;
const RETRY_MS = 1_000;

export interface ResultWriterOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Notes outcomes in batches: the next one is written when the last returns. While the database is away they wait here; if the
 * process ends before, the lease of each job does, and it is sent again under the same key.
 */
export class ResultWriter {
  readonly #options: ResultWriterOptions;
  #waiting: Outcome[] = [];
  #running: Promise<void> | null = null;
  #stopped = false;
  #wake: (() => void) | null = null;

  constructor(options: ResultWriterOptions) {
    this.#options = options;
  }

  add(outcome: Outcome): void {
    this.#waiting.push(outcome);
    this.#start();
  }

  /** Writes what waits, and gives up what cannot be written now. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake?.();
    while (this.#running) await this.#running;
  }

  #start(): void {
    if (this.#running || this.#waiting.length === 0) return;
    this.#running = this.#drain().finally(() => {
      this.#running = null;
      this.#start();
    });
  }

  async #drain(): Promise<void> {
    // The outcomes of one turn of the event loop belong together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST);
      try {
        await this.#write(batch);
      } catch (error) {
        if (!isPassing(error)) await this.#oneByOne(batch, error);
        else await this.#keep(batch, error);
      }
    }
  }

  async #keep(batch: readonly Outcome[], error: unknown): Promise<void> {
    const { log } = this.#options;
    if (this.#stopped) {
      log.warn(
        { err: error },
        `${batch.length + this.#waiting.length} outcomes were not noted: they are sent again`,
      );
      this.#waiting = [];
      return;
    }
    log.warn({ err: error }, 'outcomes cannot be noted now; tried again in a second');
    this.#waiting.unshift(...batch);
    await this.#pause();
  }

  async #oneByOne(batch: readonly Outcome[], cause: unknown): Promise<void> {
    const { log } = this.#options;
    log.error({ err: cause }, `a batch of ${batch.length} outcomes failed and is noted one by one`);
    for (const outcome of batch) {
      try {
        await this.#write([outcome]);
      } catch (error) {
        // Its lease ends, and it is tried again as often as it may.
        log.error({ err: error, job: outcome.job.id }, 'the outcome of a notification cannot be noted');
      }
    }
  }

  async #write(batch: readonly Outcome[]): Promise<void> {
    const { pool, world, clock } = this.#options;
    const now = clock.now(world);
    await transaction(pool, async (client) => {
      const changed = await storeOutcomes(client, world, batch, now);
      const told = batch.filter((one) => changed.has(one.job.id));
      await appendEntries(
        client,
        told.flatMap((one) => draftOf(one, now)),
        now,
      );
      await recordOwnerReports(client, world, told.flatMap(reportOf), now);
    });
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, RETRY_MS);
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
      this.#wake = done;
    });
  }
}

function draftOf({ job, status, receipt, error, address }: Outcome, now: Date): AnyDraft[] {
  if (status === 'delivered')
    return [notifyDraft(job, 'notify.delivered', { attempt: job.attempts, receipt }, now)];
  if (status !== 'failed') return [];
  const body = {
    attempt: job.attempts,
    error: (error ?? 'failed').slice(0, 1_000),
    final: true,
    ...(address ? { address: { mark: markOf(job.address), status: address.status } } : {}),
  };
  return [notifyDraft(job, 'notify.failed', body, now)];
}

/** An alarm that was, or could not be, handed over is part of the incident: the desk sees whom nobody reached. */
function reportOf({ job, status, error }: Outcome): OwnerReport[] {
  if (!tellsOfAlarm(job.purpose)) return [];
  // A gateway tells by receipts how far a call came; of mail and push nobody hears more than that they were taken over.
  const taken = status === 'delivered' && (job.channel === 'email' || job.channel === 'push');
  if (status !== 'failed' && !taken) return [];
  if (job.contact === null || job.incident === null) return [];
  const body: EntryBody<'incident.contact-reached'> = {
    contactId: job.contact,
    name: job.name,
    channel: job.channel,
    result: taken ? 'delivered' : 'failed',
    detail: error?.slice(0, 500) ?? null,
  };
  return [{ incident: job.incident, alerted: null, reached: [body] }];
}
