import { type OrganisationCode, permissionsOf, type World } from '@keng/model';
import type { SessionUser } from '../platform/http/index.ts';
import type { Clock, Logger, Pool, Queryable } from '../platform/index.ts';

const BEAT_MS = 30_000;

export interface DeskPresenceOptions {
  /** As keng_web. */
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly log: Logger;
  readonly beatMs?: number;
}

/**
 * Desks whose screens this process keeps up to date: each is noted every half minute, however many browsers it has. Only the
 * screen of somebody who may accept an alarm counts.
 */
export class DeskPresence {
  readonly #options: DeskPresenceOptions;
  readonly #screens = new Map<OrganisationCode, number>();
  #timer: NodeJS.Timeout | null = null;
  #beating: Promise<void> | null = null;

  constructor(options: DeskPresenceOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      // One that hangs is not joined by a second: the database is slow enough.
      this.#beating ??= this.#beat().finally(() => {
        this.#beating = null;
      });
    }, this.#options.beatMs ?? BEAT_MS);
  }

  /** A screen of this person is there, until what is returned is called. */
  enter({ organisation, roles }: Pick<SessionUser, 'organisation' | 'roles'>): () => void {
    if (organisation === null || !permissionsOf(roles).has('incident.accept')) return () => {};
    this.#count(organisation, 1);
    let there = true;
    return () => {
      if (there) this.#count(organisation, -1);
      there = false;
    };
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#beating;
  }

  #count(organisation: OrganisationCode, by: 1 | -1): void {
    const count = (this.#screens.get(organisation) ?? 0) + by;
    if (count === 0) this.#screens.delete(organisation);
    else this.#screens.set(organisation, count);
  }

  async #beat(): Promise<void> {
    const { pool, world, clock, log } = this.#options;
    try {
      await noteDesks(pool, world, [...this.#screens.keys()], clock.now(world));
    } catch (error) {
      log.warn({ err: error }, 'which desks have a screen could not be noted; tried again at the next beat');
    }
  }
}

/** A screen of these desks is there now. */
export async function noteDesks(
  db: Queryable,
  world: World,
  organisations: readonly OrganisationCode[],
  now: Date,
): Promise<void> {
  if (organisations.length === 0) return;
  await db.query({
    name: 'people-note-desks',
    // Always in the same order: two processes that note the same desks must not wait for each other in a circle.
    text: `insert into desk_presence (world, organisation, seen_at)
      select $1, code, $3 from unnest($2::text[]) as desk(code) order by code
      on conflict (world, organisation) do update set seen_at = greatest(desk_presence.seen_at, excluded.seen_at)`,
    values: [world, organisations, now.toISOString()],
  });
}
