import { Dc09StreamReader, type StreamItem } from '@keng/sia-dc09';
import type { Logger, Settings } from '../../platform/index.ts';
import type { IntakeDesk } from '../intake-desk.ts';
import type { IntakeLimits } from '../limits.ts';
import type { TransmitterRegistry } from '../registry.ts';
import { TcpListener, type TcpMetrics } from '../tcp/tcp-listener.ts';
import { type Dc09Counters, Dc09Intake } from './frame-intake.ts';
import { type UdpCounters, UdpListener } from './udp-listener.ts';

export interface Dc09Metrics {
  readonly frames: Dc09Counters;
  readonly tcp: TcpMetrics | null;
  readonly udp: (UdpCounters & { readonly kernelDrops: number; readonly receiveBufferBytes: number }) | null;
}

/** DC-09 over TCP and UDP. */
export class Dc09Receiver {
  readonly #intake: Dc09Intake;
  readonly #limits: IntakeLimits;
  readonly #log: Logger;
  #tcp: TcpListener<StreamItem> | null = null;
  #udp: UdpListener | null = null;

  constructor(desk: IntakeDesk, registry: TransmitterRegistry, limits: IntakeLimits, log: Logger) {
    this.#intake = new Dc09Intake(desk, registry);
    this.#limits = limits;
    this.#log = log;
  }

  async open(settings: Partial<Pick<Settings, 'dc09Tcp' | 'dc09Udp'>>): Promise<void> {
    const tcp = {
      title: 'DC-09 over TCP',
      receiver: 'dc09-tcp',
      intake: this.#intake,
      reader: () => new Dc09StreamReader(),
    };
    if (settings.dc09Tcp) this.#tcp = await TcpListener.open(settings.dc09Tcp, tcp, this.#limits);
    if (settings.dc09Udp) this.#udp = await UdpListener.open(settings.dc09Udp, this.#intake, this.#log);
  }

  get addresses(): Readonly<Record<string, string>> {
    return {
      ...(this.#tcp && { dc09Tcp: this.#tcp.address }),
      ...(this.#udp && { dc09Udp: this.#udp.address }),
    };
  }

  metrics(): Dc09Metrics {
    const udp = this.#udp;
    return {
      frames: { ...this.#intake.counters },
      tcp: this.#tcp?.metrics() ?? null,
      udp: udp && {
        ...udp.counters,
        kernelDrops: udp.kernelDrops,
        receiveBufferBytes: udp.receiveBufferBytes,
      },
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.#tcp?.stop(), this.#udp?.stop()]);
  }
}
