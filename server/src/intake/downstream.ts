import type { DutyCheckId, TransmitterProtocol, World } from '@keng/model';
import type { Pool } from 'pg';
import {
  type Carrier,
  dutyCheckAnswered,
  dutyCheckDelivered,
  type UndeliveredDutyCheck,
  undeliveredDutyChecks,
} from '../duty-checks/index.ts';
import { type Clock, errorMessage, type Logger } from '../platform/index.ts';
import type { RegisteredTransmitter } from './registry.ts';

/** A protocol that can carry a question to those of its devices that are connected here; others are left to other receivers. */
export type CarryDutyCheck = (question: UndeliveredDutyCheck) => void;

export interface DownstreamOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly log: Logger;
  readonly everyMs?: number;
}

/** What a centre has to say to devices: looked for each second, carried by the receiver that a device is connected to. */
export class Downstream {
  readonly #options: DownstreamOptions;
  readonly #carriers = new Map<TransmitterProtocol, CarryDutyCheck>();
  /** Confirmations on their way to the disk: a device may say it twice. */
  readonly #confirming = new Set<DutyCheckId>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;

  constructor(options: DownstreamOptions) {
    this.#options = options;
  }

  by(protocol: TransmitterProtocol, carry: CarryDutyCheck): void {
    this.#carriers.set(protocol, carry);
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = null;
      });
    }, this.#options.everyMs ?? 1_000);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** The device has confirmed that it was asked. What cannot be written is carried once more. */
  delivered(id: DutyCheckId, carrier: Carrier): void {
    const { pool, world, clock, log } = this.#options;
    if (this.#confirming.has(id)) return;
    this.#confirming.add(id);
    dutyCheckDelivered(pool, world, clock.now(world), id, carrier)
      .catch((error: unknown) =>
        log.warn({ error: errorMessage(error) }, 'a duty check was delivered, and that could not be stored'),
      )
      .finally(() => this.#confirming.delete(id));
  }

  /** Somebody in the control room has answered: the device may be told so when this resolves, and not when it rejects. */
  async answered({ transmitterId }: RegisteredTransmitter): Promise<void> {
    const { pool, world, clock } = this.#options;
    await dutyCheckAnswered(pool, world, clock.now(world), transmitterId);
  }

  async #look(): Promise<void> {
    const { pool, world, clock, log } = this.#options;
    try {
      for (const question of await undeliveredDutyChecks(pool, world, clock.now(world)))
        this.#carriers.get(question.protocol)?.(question);
    } catch (error) {
      // The next second looks again; that the database is away is told by what cannot be stored.
      log.debug({ error: errorMessage(error) }, 'it could not be looked for what devices are to be told');
    }
  }
}
