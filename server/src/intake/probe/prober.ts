import { randomInt } from 'node:crypto';
import type { TransmitterProtocol, World } from '@keng/model';
import type { Pool } from 'pg';
import { readTls } from '../../platform/http/index.ts';
import { type Clock, errorMessage, type Logger, type Settings } from '../../platform/index.ts';
import { type ProbeTarget, say } from './dial.ts';
import { probeSpeech } from './probe-speech.ts';
import { type ProbeIdentity, probeKey } from './probe-transmitters.ts';

export interface ProberOptions {
  /** As keng_receiver. */
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
  readonly log: Logger;
  readonly identity: ProbeIdentity;
  /** Where the receivers of this process listen, by the name of the setting. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly settings: Partial<Pick<Settings, 'tlsCertificate' | 'tlsKey'>>;
  /** An acknowledgement that takes longer is none. */
  readonly answerMs?: number;
}

interface Way {
  /** As entries and the state of the ways name it. */
  readonly listener: string;
  readonly protocol: TransmitterProtocol;
  readonly target: ProbeTarget;
  readonly number: number;
}

type Listener = Pick<Way, 'listener' | 'protocol'> & { readonly transport: ProbeTarget['transport'] };

const LISTENERS: Readonly<Record<string, Listener>> = {
  dc09Tcp: { listener: 'dc09-tcp', protocol: 'dc09', transport: 'tcp' },
  dc09Udp: { listener: 'dc09-udp', protocol: 'dc09', transport: 'udp' },
  gb26875Tcp: { listener: 'gb26875-tcp', protocol: 'gb26875', transport: 'tcp' },
  deviceApi: { listener: 'device-api', protocol: 'device-api', transport: 'tcp' },
  mqttTcp: { listener: 'mqtt', protocol: 'mqtt', transport: 'tcp' },
  mqttTls: { listener: 'mqtt', protocol: 'mqtt', transport: 'tls' },
};

export const PROBE_EVERY_MS = 60_000;
const ANSWER_MS = 10_000;
const MOST_SEQUENCE = 9_999;

/** Sends the synthetic alarm to each listener of this process, over its socket, and notes that it went and was acknowledged. */
export class Prober {
  readonly #options: ProberOptions;
  readonly #ways: readonly Way[];
  #sequence = randomInt(1, MOST_SEQUENCE);
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(options: ProberOptions) {
    this.#options = options;
    this.#ways = waysOf(options);
  }

  start(everyMs = PROBE_EVERY_MS): void {
    const send = (): void => {
      this.#sending = this.send();
    };
    this.#timer = setInterval(send, everyMs);
    this.#timer.unref();
    send();
  }

  /** Sends one to each listener now; resolves when each was acknowledged or given up. */
  async send(): Promise<void> {
    this.#sequence = (this.#sequence % MOST_SEQUENCE) + 1;
    await Promise.all(this.#ways.map((way) => this.#sendBy(way)));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sending;
  }

  async #sendBy({ listener, protocol, target, number }: Way): Promise<void> {
    const { clock, world, identity, log } = this.#options;
    const speech = probeSpeech(
      protocol,
      probeKey(identity, protocol),
      number,
      this.#sequence,
      clock.now(world),
    );
    try {
      await this.#note(listener, 'sent_at');
      if (await say(target, speech, this.#options.answerMs ?? ANSWER_MS))
        await this.#note(listener, 'stored_at');
      else log.warn({ listener }, 'the synthetic alarm was not acknowledged');
    } catch (error) {
      // Nobody hears of it here: that it does not come is what the other side tells.
      log.warn({ listener, error: errorMessage(error) }, 'the synthetic alarm could not be noted');
    }
  }

  async #note(listener: string, stage: 'sent_at' | 'stored_at'): Promise<void> {
    const { pool, world, clock, identity } = this.#options;
    const now = clock.now(world);
    await pool.query(
      stage === 'sent_at'
        ? `insert into probe_path (world, receiver, listener, sent_at) values ($1, $2, $3, $4)
            on conflict (world, receiver, listener) do update set sent_at = excluded.sent_at`
        : 'update probe_path set stored_at = $4 where world = $1 and receiver = $2 and listener = $3',
      [world, identity.receiver, listener, now],
    );
  }
}

function waysOf({ addresses, settings }: ProberOptions): Way[] {
  const certificate =
    readTls({ tlsCertificate: settings.tlsCertificate ?? null, tlsKey: settings.tlsKey ?? null })?.cert ??
    null;
  return Object.entries(addresses).flatMap(([name, address]) => {
    const listener = LISTENERS[name];
    // Both listeners of MQTT have one name in what is stored: the plain one speaks for both.
    if (listener === undefined || (name === 'mqttTls' && addresses.mqttTcp !== undefined)) return [];
    const at = address.lastIndexOf(':');
    const host = address.slice(0, at).replace(/^\[|\]$/g, '');
    // The Device API speaks TLS wherever a certificate is set.
    const transport = name === 'deviceApi' && certificate !== null ? 'tls' : listener.transport;
    const target = { host: reachable(host), port: Number(address.slice(at + 1)), transport, certificate };
    return [{ ...listener, target, number: randomInt(1, MOST_SEQUENCE) }];
  });
}

/** Who listens on all addresses is heard on the machine's own. */
function reachable(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
}
