import { randomBytes } from 'node:crypto';
import type { DemonstrationTransmitter, DemonstrationZone } from '@keng/country-vn';
import { signRequest } from '@keng/device-api';
import mqtt, { type Packet } from 'mqtt-packet';
import type { PanelMessage } from './message.ts';
import type { Answered, AnswerReader, DutyQuestion, Speech, Told, Written } from './speech.ts';

/** Family of an alarm from each kind of zone, in the words of the Device API. */
const FAMILIES: Readonly<Record<DemonstrationZone['kind'], string>> = {
  smoke: 'smoke',
  heat: 'heat',
  'manual-call-point': 'manual',
  sprinkler: 'sprinkler',
  gas: 'gas',
};
const MOST_SEQUENCE = 0xffff;

/** What both protocols in JSON say alike. A device that starts again counts from elsewhere: its ids carry when it started. */
abstract class DeviceSpeech implements Speech {
  protected readonly account: string;
  protected readonly key: Buffer;
  readonly #started = randomBytes(4).toString('hex');

  constructor({ account, keyHex }: DemonstrationTransmitter) {
    this.account = account;
    this.key = Buffer.from(keyHex ?? '', 'hex');
  }

  write({ kind, zone, dutyCheck }: PanelMessage): Written {
    if (kind === 'heartbeat') return { token: 'heartbeat', data: '{}' };
    if (kind === 'duty-answer') return { token: 'answer', data: JSON.stringify({ dutyCheck }) };
    const event = {
      family: kind === 'test' ? 'system' : FAMILIES[zone?.kind ?? 'smoke'],
      class: kind,
      ...(zone ? { zone: zone.number, ...(kind === 'alarm' ? { text: zone.label } : {}) } : {}),
    };
    return { token: 'signal', data: JSON.stringify({ at: new Date().toISOString(), events: [event] }) };
  }

  nextSequence(sequence: number): number {
    return (sequence % MOST_SEQUENCE) + 1;
  }

  sequenceText(sequence: number): string {
    return `${this.#started}-${sequence}`;
  }

  abstract frame(written: Written, sequence: number): Uint8Array;
  abstract understand(answer: Uint8Array): Answered;

  protected body({ token, data }: Written, sequence: number): Buffer {
    if (token !== 'signal') return Buffer.from(data);
    const signal = { id: this.sequenceText(sequence), ...(JSON.parse(data) as object) };
    return Buffer.from(JSON.stringify({ signals: [signal] }));
  }
}

/** The Device API over HTTP. */
export class DeviceApiSpeech extends DeviceSpeech {
  frame(written: Written, sequence: number): Uint8Array {
    const target = `/api/device/v1/${written.token === 'heartbeat' ? 'heartbeat' : 'signals'}`;
    const body = this.body(written, sequence);
    const signed = signRequest(
      { method: 'POST', target },
      body,
      { keyId: this.account, key: this.key },
      Date.now(),
    );
    const headers = { host: 'centre', ...signed, 'content-length': String(body.length) };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.concat([Buffer.from(`POST ${target} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
  }

  understand(answer: Uint8Array): Answered {
    const status = Buffer.from(answer).toString('latin1', 9, 12);
    return status === '200' ? 'ACK' : status === '422' ? 'DUH' : status === '401' ? 'NAK' : 'none';
  }
}

/** First byte of a packet without its flags. */
const PACKET = { connack: 0x20, publish: 0x30, puback: 0x40, suback: 0x90 } as const;
const kindOf = (packet: Uint8Array): number => (packet[0] ?? 0) & 0xf0;

/** MQTT 3.1.1, QoS 1. */
export class MqttSpeech extends DeviceSpeech {
  /** What goes first on each connection: who it is, and that it wants to hear what the centre has to say. */
  hello(): Uint8Array {
    const connect = mqtt.generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: false,
      clientId: this.account,
      keepalive: 0,
      username: this.account,
      password: Buffer.from(this.key.toString('hex')),
    });
    const down = { topic: `keng/v1/${this.account}/down`, qos: 1 } as const;
    return Buffer.concat([connect, mqtt.generate({ cmd: 'subscribe', messageId: 1, subscriptions: [down] })]);
  }

  frame(written: Written, sequence: number): Uint8Array {
    return mqtt.generate({
      cmd: 'publish',
      topic: `keng/v1/${this.account}/${written.token}`,
      payload: this.body(written, sequence),
      qos: 1,
      messageId: sequence,
      dup: false,
      retain: false,
    });
  }

  understand(answer: Uint8Array): Answered {
    return kindOf(answer) === PACKET.puback ? 'ACK' : 'none';
  }

  told(bytes: Uint8Array): Told | null {
    if (kindOf(bytes) !== PACKET.publish) return null;
    const [packet] = packetsOf(bytes);
    if (packet?.cmd !== 'publish') return null;
    // The words of docs/interfaces/mqtt.md: the time, or a duty check.
    const said = JSON.parse(packet.payload.toString()) as { readonly dutyCheck?: DutyQuestion };
    return {
      reply: packet.qos === 1 ? mqtt.generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }) : null,
      dutyCheck: said.dutyCheck ?? null,
    };
  }
}

type Frames = ReturnType<AnswerReader['push']>;

/** Cuts whole answers out of a stream; `endOf` says where the first one ends. */
class Answers implements AnswerReader {
  readonly #endOf: (bytes: Buffer) => number | null;
  #rest: Buffer = Buffer.alloc(0);

  constructor(endOf: (bytes: Buffer) => number | null) {
    this.#endOf = endOf;
  }

  push(chunk: Uint8Array): Frames {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: Frames[number][] = [];
    for (
      let end = this.#endOf(this.#rest);
      end !== null && end <= this.#rest.length;
      end = this.#endOf(this.#rest)
    ) {
      const bytes = this.#rest.subarray(0, end);
      this.#rest = this.#rest.subarray(end);
      // A greeting answers no message.
      const greets = kindOf(bytes) === PACKET.connack || kindOf(bytes) === PACKET.suback;
      frames.push(greets ? { kind: 'foreign' } : { kind: 'frame', frame: { bytes } });
    }
    return frames;
  }
}

/** HTTP answers with a content-length. */
export function httpAnswers(): AnswerReader {
  return new Answers((bytes) => {
    const head = bytes.indexOf('\r\n\r\n');
    if (head < 0) return null;
    const length = /content-length: (\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1];
    return head + 4 + Number(length ?? 0);
  });
}

/** MQTT packets, by their remaining length (MQTT 3.1.1, 2.2.3). */
export function mqttAnswers(): AnswerReader {
  return new Answers((bytes) => {
    let length = 0;
    for (let index = 1; index <= LENGTH_BYTES; index += 1) {
      const byte = bytes[index];
      if (byte === undefined) return null;
      length += (byte & 0x7f) * 128 ** (index - 1);
      if (byte < 0x80) return 1 + index + length;
    }
    throw new RangeError('an MQTT packet without an end to its length');
  });
}

const LENGTH_BYTES = 4;

/** Whole packets; a part at the end is left out. */
export function packetsOf(bytes: Uint8Array): Packet[] {
  const packets: Packet[] = [];
  const parser = mqtt.parser();
  parser.on('packet', (packet) => packets.push(packet));
  parser.parse(Buffer.from(bytes));
  return packets;
}
