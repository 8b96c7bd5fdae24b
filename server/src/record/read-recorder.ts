import type { OrganisationCode, UserId, World } from '@keng/model';
import { scopedTransaction } from '../platform/http/index.ts';
import type { Clock, Pool } from '../platform/index.ts';
import type { PersonalRead } from './personal-reads.ts';

export interface PersonalReading {
  readonly user: {
    readonly id: UserId;
    readonly name: string;
    readonly organisation: OrganisationCode | null;
  };
  readonly what: PersonalRead;
  readonly subject: string | null;
  readonly remote: string;
}

export interface ReadRecorderOptions {
  /** As keng_web, a connection of its own: whoever reads or alarms waits for none of this. */
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly log: (message: string, error?: unknown) => void;
  readonly flushMs?: number;
  /** Months that are kept. */
  readonly keepMonths?: number;
}

interface Folded extends PersonalReading {
  readonly at: Date;
  times: number;
}

const FLUSH_MS = 1_000;
/** Ours, not an official rule: CJIS asks for a year at least; two, so that a yearly audit sees a whole one. */
export const KEEP_READS_MONTHS = 24;
/** The same person reading the same thing again within this time is one record with a count. */
const FOLD_MS = 60_000;
/** More different readings than this before the database takes any: counted, and said, instead of kept. */
export const MOST_WAITING = 10_000;

/**
 * Who read what about people: a series, written in batches beside the requests. Memory is bounded; what could not be kept is a
 * record of its own, so that a gap is seen. A crash loses at most what the last second brought.
 */
export class ReadRecorder {
  readonly #options: ReadRecorderOptions;
  #waiting = new Map<string, Folded>();
  #lost = 0;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #monthsOf = '';

  constructor(options: ReadRecorderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), this.#options.flushMs ?? FLUSH_MS);
    this.#timer.unref();
  }

  /** Takes memory only. */
  note(reading: PersonalReading): void {
    const at = this.#options.clock.now(this.#options.world);
    const minute = Math.floor(at.getTime() / FOLD_MS);
    const key = `${minute} ${reading.user.id} ${reading.what} ${reading.subject} ${reading.remote}`;
    const known = this.#waiting.get(key);
    if (known) known.times += 1;
    else if (this.#waiting.size >= MOST_WAITING) this.#lost += 1;
    else this.#waiting.set(key, { ...reading, at, times: 1 });
  }

  /** Writes what waits; while the database is away it goes on waiting. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.flush();
  }

  async #write(): Promise<void> {
    if (this.#waiting.size === 0 && this.#lost === 0) return;
    const batch = this.#waiting;
    const lost = this.#lost;
    this.#waiting = new Map();
    this.#lost = 0;
    try {
      await this.#makeMonths();
      await this.#insert([...batch.values()], lost);
    } catch (error) {
      this.#options.log('who read what could not be written; it is tried again', error);
      this.#lost += lost;
      this.#putBack(batch);
    }
  }

  #putBack(batch: ReadonlyMap<string, Folded>): void {
    for (const [key, one] of batch) {
      const known = this.#waiting.get(key);
      if (known) known.times += one.times;
      else if (this.#waiting.size >= MOST_WAITING) this.#lost += one.times;
      else this.#waiting.set(key, one);
    }
  }

  async #makeMonths(): Promise<void> {
    const { pool, world, clock, keepMonths = KEEP_READS_MONTHS } = this.#options;
    const today = clock.now(world);
    const day = today.toISOString().slice(0, 10);
    if (this.#monthsOf === day) return;
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - keepMonths, 1));
    await pool.query('select keng_read_record_months($1::date, $2::date)', [
      day,
      first.toISOString().slice(0, 10),
    ]);
    this.#monthsOf = day;
  }

  async #insert(rows: readonly Folded[], lost: number): Promise<void> {
    const { pool, world, clock } = this.#options;
    await scopedTransaction(pool, { organisations: '*', facilities: [] }, async (client) => {
      await client.query({
        name: 'read-record-insert',
        text: `insert into read_record (world, at, user_id, user_name, organisation, what, subject, remote, times)
          select $1, * from unnest($2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[])`,
        values: [
          world,
          rows.map((row) => row.at.toISOString()),
          rows.map((row) => row.user.id),
          rows.map((row) => row.user.name),
          rows.map((row) => row.user.organisation),
          rows.map((row) => row.what),
          rows.map((row) => row.subject),
          rows.map((row) => row.remote),
          rows.map((row) => row.times),
        ],
      });
      if (lost > 0) {
        await client.query(
          `insert into read_record (world, at, user_id, user_name, what, remote, times)
           values ($1, $2, '00000000-0000-0000-0000-000000000000', '', 'lost', '', $3)`,
          [world, clock.now(world), lost],
        );
      }
    });
  }
}
