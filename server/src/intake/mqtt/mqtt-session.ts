import { readMeasurements, readMessage } from '@keng/device-api';
import type { IConnectPacket, IPublishPacket } from 'mqtt-packet';
import type { MessageIntake } from '../device-messages/message-intake.ts';
import type { MessageSource } from '../device-messages/message-members.ts';
import type { Downstream } from '../downstream.ts';
import { byPath } from '../path-of.ts';
import type { RegisteredTransmitter } from '../registry.ts';
import { saysDutyCheck } from './down-messages.ts';
import { sameBytes } from './mqtt-login.ts';

/** What becomes of a PUBLISH: acknowledge it, or end the connection without an acknowledgement, so that it comes again. */
export type Verdict = 'acknowledge' | 'close';

/** A device that has proved who it is. Knows no sockets. */
export class MqttSession {
  readonly account: string;
  readonly #messages: MessageIntake;
  readonly #source: MessageSource;
  readonly #key: Uint8Array;
  readonly #will: IConnectPacket['will'];
  readonly #downstream: Downstream;
  #device: RegisteredTransmitter;

  constructor(
    device: RegisteredTransmitter,
    connect: IConnectPacket,
    messages: MessageIntake,
    source: MessageSource,
    downstream: Downstream,
  ) {
    this.account = device.account;
    this.#downstream = downstream;
    this.#device = byPath(device, source);
    this.#key = device.key?.bytes ?? new Uint8Array();
    this.#will = connect.will;
    this.#messages = messages;
    this.#source = source;
  }

  get reportingSeconds(): number {
    return this.#device.reportingSeconds ?? 0;
  }

  topic(name: 'signal' | 'heartbeat' | 'measurement' | 'answer' | 'down'): string {
    return `keng/v1/${this.account}/${name}`;
  }

  /** It counts as heard; false: the register knows the device or its key no more. */
  heard(): boolean {
    if (!this.#stillValid()) return false;
    this.#messages.heartbeat(this.#device);
    return true;
  }

  async publish(packet: IPublishPacket): Promise<Verdict> {
    this.#messages.counters.frames += 1;
    const body = Buffer.from(packet.payload);
    if (!this.#stillValid()) return this.#refuse(body, 'account-unknown');
    if (packet.qos === 2) return this.#refuse(body, 'qos-2');
    const topic = packet.topic.replace(
      /^(keng\/v1\/)([^/]{1,32})\//i,
      (_, prefix: string, account: string) => `${prefix}${account.toUpperCase()}/`,
    );
    if (topic === this.topic('heartbeat')) {
      this.#messages.heartbeat(this.#device);
      return 'acknowledge';
    }
    if (topic === this.topic('measurement')) return await this.#measure(body);
    if (topic === this.topic('answer')) return await this.#answer(body);
    if (topic !== this.topic('signal')) return this.#refuse(body, 'topic-wrong');
    const quirks = [...(packet.qos === 0 ? ['unconfirmed'] : []), ...(packet.retain ? ['retained'] : [])];
    const { signals, problems } = readMessage(body);
    // There is no way to tell a device what is wrong; what it said is stored as far as it can be read.
    if (problems.length > 0) this.#messages.counters.damaged += 1;
    const stored = await this.#messages.store(signals, body, this.#source, this.#device, quirks);
    return stored === 'failed' ? 'close' : 'acknowledge';
  }

  /** The connection ended without a good-bye: what the device left for this case is a hint, not a sign of life. */
  async lost(): Promise<void> {
    if (this.#will?.topic.toUpperCase() !== this.topic('signal').toUpperCase() || !this.#stillValid()) return;
    const body = Buffer.from(this.#will.payload);
    // Without its id, which is the same in every will: a second loss within a day is no repeat of the first.
    const signals = readMessage(body).signals.map((signal) => ({ ...signal, id: null }));
    await this.#messages.store(signals, body, this.#source, this.#device, ['will'], false);
  }

  /** Somebody in the control room has answered a duty check: acknowledged when that is written down. */
  async #answer(body: Uint8Array): Promise<Verdict> {
    this.#messages.heartbeat(this.#device);
    if (!saysDutyCheck(body)) {
      this.#messages.counters.damaged += 1;
      return 'acknowledge';
    }
    try {
      await this.#downstream.answered(this.#device);
    } catch (error) {
      this.#messages.unstored(error);
      return 'close';
    }
    return 'acknowledge';
  }

  /** Values that break the schema are dropped and counted: there is no way to tell a device, and no alarm in them. */
  async #measure(body: Uint8Array): Promise<Verdict> {
    const { measurements, problems } = readMeasurements(body);
    if (problems.length > 0) {
      this.#messages.counters.damaged += 1;
      this.#messages.heartbeat(this.#device);
      return 'acknowledge';
    }
    return (await this.#messages.measure(measurements, this.#device)) ? 'acknowledge' : 'close';
  }

  #refuse(body: Uint8Array, reason: string): Verdict {
    this.#messages.refuse(body, this.account, this.#source, this.#device, reason);
    return 'close';
  }

  /** The register may have changed since CONNECT: another key, or no such device. */
  #stillValid(): boolean {
    const known = this.#messages.known(this.account);
    const now = known && byPath(known, this.#source);
    if (now === this.#device) return true;
    if (!now?.key || !sameBytes(now.key.bytes, this.#key)) return false;
    this.#device = now;
    return true;
  }
}
