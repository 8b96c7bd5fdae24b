import type { Arrival, ArrivalNews, OrganisationCode, World } from '@keng/model';
import type { Pool } from 'pg';
import { Subscribers, type Wake, WokenLoop } from '../log/index.ts';
import { type ArrivalConcern, type KeptArrival, KeptArrivals } from './kept-arrivals.ts';

/** The rules have at least so long before an alarm is shown without its incident: on a quiet day they are always sooner. */
const PATIENCE_MS = 150;
/** Signals read at a time. */
const READ = 2_000;
/** Rows kept: with rules that stand still for hours the desk learns of the first of them, and of the others when the rules go on. */
const MOST_KEPT = 20_000;

export interface ArrivalOptions {
  /** A role that may read the whole world (keng_auditor); each subscriber's `accept` narrows it. */
  readonly pool: Pool;
  readonly world: World;
  /** The consumer that makes incidents of fire signals. */
  readonly sorter: string;
  readonly wake: Wake;
  readonly log: (message: string, error?: unknown) => void;
}

export interface ArrivalSubscriber {
  readonly accept: (concern: ArrivalConcern) => boolean;
  /** The next call comes after the promise resolves: a slow reader holds up itself alone. */
  readonly send: (news: ArrivalNews) => Promise<void>;
}

interface ArrivalRow extends Omit<Arrival, 'at'> {
  readonly organisation: OrganisationCode;
  readonly at: Date;
}

/** Nothing of a reading can be shown. */
interface NoArrival {
  readonly facility: null;
}

/**
 * Fire alarms that are in the log and not yet an incident, because the rules are behind or stand still: desks see and hear them as they
 * are. Whatever happens to the rules, no alarm waits for them to be seen.
 */
export class Arrivals {
  readonly #options: ArrivalOptions;
  readonly #loop: WokenLoop;
  readonly #subscribers = new Subscribers();
  #unsubscribe: (() => void) | null = null;
  readonly #kept = new KeptArrivals();
  #sorted = 0;
  #readUpto = 0;
  /** The last fire signal of the look before: only what was there then has had its time. */
  #headBefore = 0;

  constructor(options: ArrivalOptions) {
    this.#options = options;
    this.#loop = new WokenLoop(
      () => this.#look(),
      (error) => options.log('what has arrived could not be read; it is tried again', error),
    );
  }

  start(): void {
    this.#unsubscribe = this.#options.wake.subscribe((news) => {
      if (news === null || news.has(0, ['signal.received'])) this.#loop.poke();
    });
    this.#loop.poke();
  }

  /** How many rows are kept: one for each building that waits, or a few. */
  get waiting(): number {
    return this.#kept.length;
  }

  /** @returns a function that ends it */
  subscribe({ accept, send }: ArrivalSubscriber): () => Promise<void> {
    let sentUpto = 0;
    let sentSorted = -1;
    // Who comes back after a cut line may hold what is long sorted: the first word is always said.
    let holdsUpto = Number.POSITIVE_INFINITY;
    return this.#subscribers.add(
      async () => {
        const sorted = this.#sorted;
        const fresh = this.#kept.after(sentUpto);
        const arrivals = fresh.filter((one) => accept(one.concern)).map((one) => one.arrival);
        const lookedUpto = fresh.at(-1)?.arrival.upto ?? sentUpto;
        const nothingGoes = sorted === sentSorted || holdsUpto <= sentSorted;
        if (arrivals.length > 0 || !nothingGoes) {
          await send({ sorted, arrivals });
          sentSorted = sorted;
          holdsUpto = arrivals.at(-1)?.upto ?? (holdsUpto < Number.POSITIVE_INFINITY ? holdsUpto : 0);
        }
        // Only now: what could not be sent is told with the next.
        sentUpto = lookedUpto;
        return false;
      },
      (error) => this.#options.log('a subscriber of the arrivals failed; it is tried again', error),
    );
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
    await this.#subscribers.stop();
  }

  /** @returns how long to rest when something may still arrive; false: until the next alarm */
  async #look(): Promise<number | false> {
    const { sorted, head } = await this.#standing();
    const before = this.#headBefore;
    const changed = sorted !== this.#sorted;
    this.#headBefore = head;
    this.#sorted = sorted;
    this.#kept.forget(sorted);
    const fresh = await this.#read(Math.max(sorted, this.#readUpto), before);
    this.#kept.add(fresh);
    if (changed || fresh.length > 0) this.#subscribers.poke();
    return sorted < head ? PATIENCE_MS : false;
  }

  /** How far the rules have looked, and which fire signal is the last. Without rules that ever ran there is nobody to wait for. */
  async #standing(): Promise<{ readonly sorted: number; readonly head: number }> {
    const { rows } = await this.#options.pool.query<{ sorted: number | null; head: number | null }>({
      name: 'arrivals-standing',
      text: `select (select position from consumer_cursor where world = $1 and consumer = $2 and lane = 0) as sorted,
        (select position from log_order where world = $1 and lane = 0 and kind = 'signal.received'
          order by position desc limit 1) as head`,
      values: [this.#options.world, this.#options.sorter],
    });
    const head = rows[0]?.head ?? 0;
    return { sorted: Math.min(rows[0]?.sorted ?? head, head), head };
  }

  async #read(after: number, upto: number): Promise<KeptArrival[]> {
    if (upto <= after || this.#kept.length >= MOST_KEPT) return [];
    const { rows } = await this.#options.pool.query<{ readonly last: number } & (ArrivalRow | NoArrival)>({
      name: 'arrivals-read',
      text: ARRIVALS,
      values: [this.#options.world, after, upto, READ],
    });
    // A full reading ends where it ends, also when the register holds none of its buildings; a shorter one has seen everything.
    this.#readUpto = rows[0]?.last ?? upto;
    return rows.flatMap((row) => {
      if (row.facility === null) return [];
      const { organisation, last: _last, at, ...rest } = row;
      return {
        arrival: { ...rest, at: at.toISOString() },
        concern: { organisation, facility: rest.facility },
      };
    });
  }
}

// Bodies are not looked at: that it burns, and where, is in the columns.
const ARRIVALS = `with waiting as materialized (
    select position, entry_id from log_order where world = $1 and lane = 0 and kind = 'signal.received'
      and position > $2 and position <= $3 order by position limit $4
  ), span as materialized (
    select case when count(*) < $4 then $3::bigint else max(position) end as last from waiting
  ), building as materialized (
    select e.facility, min(e.recorded_at) as at, min(o.position) as "from", max(o.position) as upto, count(*)::int as signals
    from waiting o cross join lateral (
      select facility, recorded_at from entry where entry.world = $1 and entry.id = o.entry_id limit 1) e
    where e.facility is not null group by e.facility
  )
  select b.facility, f.name, f.state->>'address' as address, f.synthetic, f.organisation, b.at, b."from", b.upto, b.signals,
    case when g.level = 'station' then coalesce(g.parent, g.code) else g.code end as province,
    case when g.level = 'station' then g.code end as station, span.last
  from span left join (building b join facility f on f.world = $1 and f.id = b.facility
    join organisation g on g.world = f.world and g.code = f.organisation) on true
  order by b.upto`;
