import type { World } from '@keng/model';
import { Problem } from '@keng/model';
import type { Pool } from 'pg';
import type { RegisteredTransmitter } from '../registry.ts';
import type { Measurement } from './measurement.ts';
import { insertMeasurements, type StoredMeasurement } from './store.ts';

/** Values of one statement. */
const MOST_AT_ONCE = 5_000;
/** Values that wait; the next message is refused, so its device repeats. */
const MOST_WAITING = 50_000;

interface Waiting {
  readonly rows: readonly StoredMeasurement[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What arrives while a transaction is under way leaves together in the next one. A promise resolves after COMMIT has returned. */
export class MeasurementWriter {
  readonly #pool: Pool;
  readonly #world: World;
  #waiting: Waiting[] = [];
  #rows = 0;
  #flying: Promise<void> | null = null;

  constructor(pool: Pool, world: World) {
    this.#pool = pool;
    this.#world = world;
  }

  get waiting(): number {
    return this.#rows;
  }

  /** @throws Problem `measurement.overloaded` when too much waits; the database's error when the commit failed. */
  append(device: RegisteredTransmitter, values: readonly Measurement[]): Promise<void> {
    if (this.#rows + values.length > MOST_WAITING) {
      const detail = 'More is measured than the database takes; nothing was stored, send it again.';
      return Promise.reject(new Problem(503, 'measurement.overloaded', detail));
    }
    const { transmitterId, facilityId, organisation } = device;
    const rows = values.map((one) => ({ ...one, transmitterId, facilityId, organisation }));
    this.#rows += rows.length;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, resolve, reject });
      this.#flying ??= this.#flyAll();
    });
  }

  /** Resolves when nothing waits and nothing is under way. */
  async drain(): Promise<void> {
    await this.#flying;
  }

  async #flyAll(): Promise<void> {
    // What the same turn of the event loop reads off the sockets leaves together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#fly(this.#take());
    this.#flying = null;
  }

  #take(): Waiting[] {
    let rows = 0;
    let messages = 0;
    for (const one of this.#waiting) {
      if (messages > 0 && rows + one.rows.length > MOST_AT_ONCE) break;
      rows += one.rows.length;
      messages += 1;
    }
    this.#rows -= rows;
    return this.#waiting.splice(0, messages);
  }

  async #fly(batch: readonly Waiting[]): Promise<void> {
    try {
      await insertMeasurements(
        this.#pool,
        this.#world,
        batch.flatMap(({ rows }) => rows),
      );
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const { resolve } of batch) resolve();
  }
}
