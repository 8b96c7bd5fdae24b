import { Gb26875StreamReader, type StreamItem } from '@keng/gb26875';
import type { Settings } from '../../platform/index.ts';
import type { Downstream } from '../downstream.ts';
import type { IntakeDesk } from '../intake-desk.ts';
import type { IntakeLimits } from '../limits.ts';
import type { TransmitterRegistry } from '../registry.ts';
import { TcpListener, type TcpMetrics } from '../tcp/tcp-listener.ts';
import { type Gb26875Counters, Gb26875Intake } from './frame-intake.ts';

export interface Gb26875Metrics {
  readonly frames: Gb26875Counters;
  readonly tcp: TcpMetrics | null;
}

/** GB/T 26875.3 over TCP. */
export class Gb26875Receiver {
  readonly #intake: Gb26875Intake;
  readonly #limits: IntakeLimits;
  #tcp: TcpListener<StreamItem> | null = null;

  /** @param timeZone of the devices, an IANA name: they write local time. */
  constructor(
    desk: IntakeDesk,
    registry: TransmitterRegistry,
    limits: IntakeLimits,
    downstream: Downstream,
    timeZone: string,
  ) {
    this.#intake = new Gb26875Intake(desk, registry, downstream, timeZone);
    this.#limits = limits;
  }

  async open({ gb26875Tcp }: Partial<Pick<Settings, 'gb26875Tcp'>>): Promise<void> {
    if (!gb26875Tcp) return;
    const protocol = {
      title: 'GB/T 26875.3 over TCP',
      receiver: 'gb26875-tcp',
      intake: this.#intake,
      reader: () => new Gb26875StreamReader(),
    };
    this.#tcp = await TcpListener.open(gb26875Tcp, protocol, this.#limits);
  }

  get addresses(): Readonly<Record<string, string>> {
    return this.#tcp ? { gb26875Tcp: this.#tcp.address } : {};
  }

  metrics(): Gb26875Metrics {
    return { frames: { ...this.#intake.counters }, tcp: this.#tcp?.metrics() ?? null };
  }

  async stop(): Promise<void> {
    await this.#tcp?.stop();
  }
}
