import { signRequest } from '@keng/device-api';
import mqtt from 'mqtt-packet';
import type { AnswerReader } from '../test-rig.ts';
import type { LedgerSpeech } from './ledger-speech.ts';

/** Of all devices of the kill test that have a key; synthetic. */
export const LEDGER_KEY = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');

const TARGET = '/api/device/v1/signals';

function message(id: string): Buffer {
  return Buffer.from(
    JSON.stringify({ signals: [{ id, events: [{ family: 'fire', class: 'alarm', text: id }] }] }),
  );
}

export const deviceApiSpeech: LedgerSpeech = {
  reader: () => new HttpAnswers(),
  frame: (account, _count, id) => {
    const body = message(id);
    const signed = signRequest(
      { method: 'POST', target: TARGET },
      body,
      { keyId: account, key: LEDGER_KEY },
      Date.now(),
    );
    const headers = { host: 'centre', ...signed, 'content-length': String(body.length) };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.concat([Buffer.from(`POST ${TARGET} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
  },
  acknowledges: (answer, account, count) => {
    const text = Buffer.from(answer).toString();
    return text.startsWith('HTTP/1.1 200 ') && text.includes(`"stored":["${account}-${count}"]`);
  },
};

export const mqttSpeech: LedgerSpeech = {
  reader: () => new SmallPackets(),
  hello: (account) =>
    mqtt.generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: false,
      clientId: account,
      keepalive: 0,
      username: account,
      password: Buffer.from(LEDGER_KEY.toString('hex')),
    }),
  frame: (account, count, id) =>
    mqtt.generate({
      cmd: 'publish',
      topic: `keng/v1/${account}/signal`,
      payload: message(id),
      qos: 1,
      messageId: packetId(count),
      dup: false,
      retain: false,
    }),
  acknowledges: (answer, _account, count) =>
    answer[0] === PUBACK && Buffer.from(answer).readUInt16BE(2) === packetId(count),
};

const PUBACK = 0x40;
const packetId = (count: number): number => (count % 0xffff) + 1;

/** Whole answers with a content-length. */
class HttpAnswers implements AnswerReader {
  #rest = Buffer.alloc(0);

  push(chunk: Uint8Array): ReturnType<AnswerReader['push']> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: { readonly kind: 'frame'; readonly frame: { readonly bytes: Uint8Array } }[] = [];
    for (;;) {
      const head = this.#rest.indexOf('\r\n\r\n');
      if (head < 0) return frames;
      const length = /content-length: (\d+)/i.exec(this.#rest.subarray(0, head).toString())?.[1];
      const end = head + 4 + Number(length ?? 0);
      if (this.#rest.length < end) return frames;
      frames.push({ kind: 'frame', frame: { bytes: this.#rest.subarray(0, end) } });
      this.#rest = this.#rest.subarray(end);
    }
  }
}

/** Packets of less than 128 bytes, which is all that a device is sent. */
class SmallPackets implements AnswerReader {
  #rest = Buffer.alloc(0);

  push(chunk: Uint8Array): ReturnType<AnswerReader['push']> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: { readonly kind: 'frame'; readonly frame: { readonly bytes: Uint8Array } }[] = [];
    for (;;) {
      const end = 2 + (this.#rest[1] ?? Number.POSITIVE_INFINITY);
      if (this.#rest.length < end) return frames;
      frames.push({ kind: 'frame', frame: { bytes: this.#rest.subarray(0, end) } });
      this.#rest = this.#rest.subarray(end);
    }
  }
}
