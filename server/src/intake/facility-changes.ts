import type { FacilityId, World } from '@keng/model';
import type { Pool } from 'pg';
import { headPosition, readAfter } from '../log/index.ts';
import { errorMessage, type Logger } from '../platform/index.ts';

const KINDS = [
  'facility.registered',
  'facility.changed',
  'facility.key-set',
  'facility.removed',
  'facility.merged',
  'facility.merged-into',
];
const BATCH = 1_000;

export interface FacilityChangesOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly log: Logger;
  readonly everyMs?: number;
  /** Told which facilities have changed; called again with the same ones when it rejects. */
  readonly onChange: (facilities: readonly FacilityId[]) => Promise<void>;
}

/** Watches the log for changes of the facility register: what holds it in memory is right again within a second. */
export class FacilityChanges {
  readonly #options: FacilityChangesOptions;
  #position = 0;
  #timer: NodeJS.Timeout | undefined;
  #polling: Promise<void> | null = null;

  constructor(options: FacilityChangesOptions) {
    this.#options = options;
  }

  /** Changes from here on are told. Call it before the register is read, so that what changes meanwhile is read again. */
  async mark(): Promise<void> {
    this.#position = await headPosition(this.#options.pool, this.#options.world);
  }

  start(): void {
    this.#timer = setInterval(() => {
      if (this.#polling) return;
      this.poll().catch((error) =>
        this.#options.log.warn(
          { error: errorMessage(error) },
          'changes of the register could not be read; trying on',
        ),
      );
    }, this.#options.everyMs ?? 1_000);
    this.#timer.unref();
  }

  /** Looks now. */
  async poll(): Promise<void> {
    this.#polling ??= this.#read().finally(() => {
      this.#polling = null;
    });
    await this.#polling;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#polling?.catch(() => undefined);
  }

  async #read(): Promise<void> {
    const { pool, world, onChange } = this.#options;
    for (;;) {
      const head = await headPosition(pool, world);
      if (head <= this.#position) return;
      const entries = await readAfter(pool, world, this.#position, BATCH, KINDS);
      const facilities = new Set(entries.flatMap((entry) => (entry.facility ? [entry.facility] : [])));
      if (facilities.size > 0) await onChange([...facilities]);
      const last = entries.at(-1);
      this.#position = last === undefined || entries.length < BATCH ? head : last.position;
    }
  }
}
