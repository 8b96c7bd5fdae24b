import { signRequest } from '@keng/device-api';
import { addressOf, encodeData, encodeFrame as encodeGb26875, localTime } from '@keng/gb26875';
import { PROBE_ACCOUNTS, type TransmitterProtocol } from '@keng/model';
import { encodeFrame } from '@keng/sia-dc09';
import mqtt from 'mqtt-packet';

/** What is said on one connection, and how its answer is known. */
export interface ProbeSpeech {
  /** null: the frame goes at once. */
  readonly hello: Uint8Array | null;
  readonly frame: Uint8Array;
  /** What was read so far: was the frame acknowledged, refused, or is more to come? */
  answered(bytes: Buffer): 'yes' | 'no' | 'more';
}

const SMOKE = 40;
const FIRE = 2;
const PUBACK_BYTES = 4;
const CONNACK_BYTES = 4;

/**
 * The frame of a fire as each protocol writes it.
 * @param number 1 to 9,999: of this listener alone, so that two listeners do not take each other's frame for a repeat
 * @param sequence 1 to 9,999: another one each time
 */
export function probeSpeech(
  protocol: TransmitterProtocol,
  key: Buffer | null,
  number: number,
  sequence: number,
  now: Date,
): ProbeSpeech {
  const account = PROBE_ACCOUNTS[protocol];
  switch (protocol) {
    case 'dc09':
      return {
        hello: null,
        frame: encodeFrame({
          token: 'SIA-DCS',
          sequence,
          account,
          data: `#${account}|NFA${number}`,
          timestampMs: now.getTime(),
          ...(key ? { key: { bytes: key } } : {}),
        }),
        answered: (bytes) => {
          if (!bytes.includes(0x0d)) return 'more';
          return /ACK"/.test(bytes.toString('latin1')) ? 'yes' : 'no';
        },
      };
    case 'gb26875':
      return gb26875Speech(account, number, sequence, now);
    case 'device-api':
      return deviceApiSpeech(account, key ?? Buffer.alloc(0), bodyOf(number, sequence, now), now);
    case 'mqtt':
      return mqttSpeech(account, key ?? Buffer.alloc(0), bodyOf(number, sequence, now), sequence);
  }
}

function gb26875Speech(account: string, number: number, serial: number, now: Date): ProbeSpeech {
  const time = localTime(now.getTime(), 0);
  const part = { systemType: 1, systemAddress: 1, partType: SMOKE, area: 1, position: number, text: '' };
  const frame = encodeGb26875({
    serial,
    time,
    source: addressOf(account) ?? 0,
    destination: 0,
    command: 'send',
    data: encodeData(2, [{ ...part, state: FIRE, time }]),
  });
  // Byte 27 of the answer is its command: 3 confirms, 6 denies.
  return {
    hello: null,
    frame,
    answered: (bytes) => (bytes.length < 30 ? 'more' : bytes[26] === 3 ? 'yes' : 'no'),
  };
}

function bodyOf(number: number, sequence: number, now: Date): Buffer {
  const id = `probe-${number}-${sequence}-${now.getTime().toString(36)}`;
  return Buffer.from(
    JSON.stringify({
      signals: [
        { id, at: now.toISOString(), events: [{ family: 'smoke', class: 'alarm', zone: String(number) }] },
      ],
    }),
  );
}

function deviceApiSpeech(account: string, key: Buffer, body: Buffer, now: Date): ProbeSpeech {
  const target = '/api/device/v1/signals';
  const signed = signRequest({ method: 'POST', target }, body, { keyId: account, key }, now.getTime());
  const headers = { host: 'centre', connection: 'close', ...signed, 'content-length': String(body.length) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return {
    hello: null,
    frame: Buffer.concat([Buffer.from(`POST ${target} HTTP/1.1\r\n${lines.join('')}\r\n`), body]),
    answered: (bytes) =>
      bytes.indexOf('\r\n\r\n') < 0 ? 'more' : bytes.toString('latin1', 9, 12) === '200' ? 'yes' : 'no',
  };
}

function mqttSpeech(account: string, key: Buffer, payload: Buffer, messageId: number): ProbeSpeech {
  return {
    hello: mqtt.generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: account,
      keepalive: 0,
      username: account,
      password: Buffer.from(key.toString('hex')),
    }),
    frame: mqtt.generate({
      cmd: 'publish',
      topic: `keng/v1/${account}/signal`,
      payload,
      qos: 1,
      messageId,
      dup: false,
      retain: false,
    }),
    answered: (bytes) => {
      if (bytes.length >= CONNACK_BYTES && bytes[3] !== 0) return 'no';
      return bytes.length < CONNACK_BYTES + PUBACK_BYTES ? 'more' : 'yes';
    },
  };
}
