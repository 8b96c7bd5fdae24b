import { readTls } from '../../platform/http/index.ts';
import { type Logger, PlatformError, type Settings } from '../../platform/index.ts';
import { MessageIntake } from '../device-messages/message-intake.ts';
import type { Downstream } from '../downstream.ts';
import { type IntakeCounters, type IntakeDesk, noCounts } from '../intake-desk.ts';
import type { IntakeLimits } from '../limits.ts';
import type { TransmitterRegistry } from '../registry.ts';
import type { MqttConnection } from './mqtt-connection.ts';
import { MqttListener, type MqttListenerCounters } from './mqtt-listener.ts';

export interface MqttMetrics {
  readonly messages: IntakeCounters;
  readonly tcp: MqttListenerCounters | null;
  readonly tls: MqttListenerCounters | null;
}

export type MqttSettings = Pick<Settings, 'mqttTcp' | 'mqttTls' | 'tlsCertificate' | 'tlsKey'>;

/** MQTT 3.1.1 of devices, over TCP and over TLS. */
export class MqttReceiver {
  readonly #messages: MessageIntake;
  readonly #limits: IntakeLimits;
  readonly #log: Logger;
  readonly #downstream: Downstream;
  readonly #byAccount = new Map<string, MqttConnection>();
  #tcp: MqttListener | null = null;
  #tls: MqttListener | null = null;

  constructor(
    desk: IntakeDesk,
    registry: TransmitterRegistry,
    limits: IntakeLimits,
    downstream: Downstream,
    log: Logger,
  ) {
    this.#downstream = downstream;
    downstream.by('mqtt', (question) => this.#byAccount.get(question.account)?.ask(question));
    this.#messages = new MessageIntake(desk, registry, noCounts());
    this.#limits = limits;
    this.#log = log;
  }

  async open(settings: Partial<MqttSettings>): Promise<void> {
    const open = (address: NonNullable<MqttSettings['mqttTcp']>, certificate: ReturnType<typeof readTls>) =>
      MqttListener.open(
        address,
        this.#messages,
        this.#limits,
        this.#log,
        this.#downstream,
        this.#byAccount,
        certificate,
      );
    if (settings.mqttTcp) this.#tcp = await open(settings.mqttTcp, null);
    if (!settings.mqttTls) return;
    const certificate = readTls({
      tlsCertificate: settings.tlsCertificate ?? null,
      tlsKey: settings.tlsKey ?? null,
    });
    if (certificate === null) {
      throw new PlatformError(
        'setting-invalid',
        '--mqtt-tls needs a certificate, and none is set',
        'set --tls-certificate and --tls-key, or leave --mqtt-tls off',
      );
    }
    this.#tls = await open(settings.mqttTls, certificate);
  }

  get addresses(): Readonly<Record<string, string>> {
    return {
      ...(this.#tcp && { mqttTcp: this.#tcp.address }),
      ...(this.#tls && { mqttTls: this.#tls.address }),
    };
  }

  metrics(): MqttMetrics {
    return {
      messages: { ...this.#messages.counters },
      tcp: this.#tcp?.metrics() ?? null,
      tls: this.#tls?.metrics() ?? null,
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.#tcp?.stop(), this.#tls?.stop()]);
  }
}
