import type { Settings } from '../../platform/index.ts';
import { MessageIntake } from '../device-messages/message-intake.ts';
import { type IntakeCounters, type IntakeDesk, noCounts } from '../intake-desk.ts';
import type { IntakeLimits } from '../limits.ts';
import type { TransmitterRegistry } from '../registry.ts';
import type { CrowdCounters } from '../stranger-crowd.ts';
import { DeviceApiServer } from './device-api-server.ts';
import type { ReplayGuard } from './replay-guard.ts';
import { RequestIntake } from './request-intake.ts';

export interface DeviceApiMetrics {
  readonly messages: IntakeCounters & { readonly replayed: number };
  readonly http: (CrowdCounters & { readonly connections: number; readonly registered: number }) | null;
}

export type DeviceApiSettings = Pick<Settings, 'deviceApi' | 'tlsCertificate' | 'tlsKey'>;

/** The Device API: signed JSON over HTTP, or HTTPS when the centre has a certificate. */
export class DeviceApiReceiver {
  readonly #messages: MessageIntake;
  readonly #intake: RequestIntake;
  readonly #limits: IntakeLimits;
  readonly #replays: ReplayGuard;
  #server: DeviceApiServer | null = null;

  constructor(desk: IntakeDesk, registry: TransmitterRegistry, limits: IntakeLimits, replays: ReplayGuard) {
    this.#messages = new MessageIntake(desk, registry, noCounts());
    this.#intake = new RequestIntake(this.#messages, replays);
    this.#limits = limits;
    this.#replays = replays;
  }

  async open(settings: Partial<DeviceApiSettings>): Promise<void> {
    if (!settings.deviceApi) return;
    this.#server = await DeviceApiServer.open(settings.deviceApi, settings, this.#intake, this.#limits);
  }

  get addresses(): Readonly<Record<string, string>> {
    return { ...(this.#server && { deviceApi: this.#server.address }) };
  }

  metrics(): DeviceApiMetrics {
    const messages = { ...this.#messages.counters, replayed: this.#intake.replayed };
    return { messages, http: this.#server?.metrics() ?? null };
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    await this.#replays.drain();
  }
}
