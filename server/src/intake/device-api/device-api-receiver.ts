import type { Settings } from '../../platform/index.ts';
import { MessageIntake } from '../device-messages/message-intake.ts';
import { type IntakeCounters, type IntakeDesk, noCounts } from '../intake-desk.ts';
import type { IntakeLimits } from '../limits.ts';
import type { TransmitterRegistry } from '../registry.ts';
import type { CrowdCounters } from '../stranger-crowd.ts';
import { DeviceApiServer } from './device-api-server.ts';
import { RequestIntake } from './request-intake.ts';

export interface DeviceApiMetrics {
  readonly messages: IntakeCounters;
  readonly http: (CrowdCounters & { readonly connections: number; readonly registered: number }) | null;
}

export type DeviceApiSettings = Pick<Settings, 'deviceApi' | 'tlsCertificate' | 'tlsKey'>;

/** The Device API: signed JSON over HTTP, or HTTPS when the centre has a certificate. */
export class DeviceApiReceiver {
  readonly #messages: MessageIntake;
  readonly #limits: IntakeLimits;
  #server: DeviceApiServer | null = null;

  constructor(desk: IntakeDesk, registry: TransmitterRegistry, limits: IntakeLimits) {
    this.#messages = new MessageIntake(desk, registry, noCounts());
    this.#limits = limits;
  }

  async open(settings: Partial<DeviceApiSettings>): Promise<void> {
    if (!settings.deviceApi) return;
    const intake = new RequestIntake(this.#messages);
    this.#server = await DeviceApiServer.open(settings.deviceApi, settings, intake, this.#limits);
  }

  get addresses(): Readonly<Record<string, string>> {
    return { ...(this.#server && { deviceApi: this.#server.address }) };
  }

  metrics(): DeviceApiMetrics {
    return { messages: { ...this.#messages.counters }, http: this.#server?.metrics() ?? null };
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }
}
