import type { DemonstrationTransmitter } from '@keng/country-vn';
import { readMessage, readSignature, signatureFault } from '@keng/device-api';
import mqtt from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { DeviceApiSpeech, httpAnswers, MqttSpeech, mqttAnswers, packetsOf } from './device-speech.ts';
import type { PanelMessage } from './message.ts';

const zone = { number: 7, label: 'Tầng 2', kind: 'smoke' } as const;
const transmitter: DemonstrationTransmitter = {
  synthetic: true,
  protocol: 'device-api',
  token: 'SIA-DCS',
  account: 'D001',
  keyHex: '000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F',
  supervisionSeconds: 60,
  zones: [zone],
};
const question = {
  cmd: 'publish',
  topic: 'keng/v1/D001/down',
  qos: 1,
  messageId: 9,
  dup: false,
  retain: false,
  payload: '{"dutyCheck":{"id":"d7","minutes":10}}',
} as const;
const kinds: PanelMessage['kind'][] = ['test', 'trouble', 'trouble-restore', 'alarm', 'restore'];

describe('simulated devices', () => {
  it.each(kinds)('of the Device API: %s is signed and as the schema wants it', (kind) => {
    const speech = new DeviceApiSpeech(transmitter);
    const request = Buffer.from(speech.frame(speech.write({ kind, zone }), 3)).toString();
    const [head = '', body = ''] = request.split('\r\n\r\n');
    const [first = '', ...lines] = head.split('\r\n');
    const headers = Object.fromEntries(lines.map((line) => line.split(/: (.*)/s).slice(0, 2)));
    const [method = '', target = ''] = first.split(' ');
    const claimed = readSignature(headers);
    if ('fault' in claimed) throw new Error(claimed.fault);
    const key = Buffer.from(transmitter.keyHex ?? '', 'hex');
    const signed = { method, target, authority: '', headers };
    expect(signatureFault(signed, Buffer.from(body), claimed, key, Date.now())).toBeNull();
    expect(readMessage(Buffer.from(body)).problems).toEqual([]);
  });

  it.each(kinds)('of MQTT: %s is as the schema wants it, with QoS 1 to the own topic', (kind) => {
    const speech = new MqttSpeech({ ...transmitter, protocol: 'mqtt' });
    const frame = speech.frame(speech.write({ kind, zone }), 3);
    const packets = packetsOf(Buffer.concat([speech.hello(), frame]));
    expect(packets).toMatchObject([
      { cmd: 'connect', clientId: 'D001', username: 'D001' },
      { cmd: 'subscribe', subscriptions: [{ topic: 'keng/v1/D001/down', qos: 1 }] },
      { cmd: 'publish', topic: 'keng/v1/D001/signal', qos: 1, messageId: 3 },
    ]);
    const publish = packets.at(-1);
    if (publish?.cmd !== 'publish') throw new Error('the last packet is a message');
    expect(readMessage(Buffer.from(publish.payload)).problems).toEqual([]);
  });

  it('cut answers out of any pieces, and take no greeting for an acknowledgement', () => {
    const http = httpAnswers();
    const answer = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    const found = [...answer, ...answer].flatMap((byte) => http.push(Uint8Array.of(byte)));
    expect(found).toHaveLength(2);
    expect(new DeviceApiSpeech(transmitter).understand(answer)).toBe('ACK');
    const greeting = mqttAnswers().push(Buffer.from([0x20, 2, 0, 0, 0x40, 2, 0, 3]));
    expect(greeting.map(({ kind }) => kind)).toEqual(['foreign', 'frame']);
    const long = mqtt.generate({ ...question, payload: 'x'.repeat(300) });
    const reader = mqttAnswers();
    expect([...long].flatMap((byte) => reader.push(Uint8Array.of(byte)))).toMatchObject([
      { kind: 'frame', frame: { bytes: { length: long.length } } },
    ]);
  });

  it('of MQTT: a duty check is acknowledged, and answered by its name; the time is acknowledged alone', () => {
    const speech = new MqttSpeech({ ...transmitter, protocol: 'mqtt' });
    expect(speech.told(mqtt.generate(question))).toEqual({
      reply: Buffer.of(0x40, 2, 0, 9),
      dutyCheck: { id: 'd7', minutes: 10 },
    });
    const time = speech.told(mqtt.generate({ ...question, payload: '{"now":"2026-03-01T02:00:00.000Z"}' }));
    expect(time).toMatchObject({ reply: Buffer.of(0x40, 2, 0, 9), dutyCheck: null });
    expect(speech.told(Uint8Array.of(0x40, 2, 0, 3))).toBeNull();
    const answer = speech.frame(speech.write({ kind: 'duty-answer', zone: null, dutyCheck: 'd7' }), 4);
    const [packet] = packetsOf(answer);
    expect(packet).toMatchObject({
      topic: 'keng/v1/D001/answer',
      payload: Buffer.from('{"dutyCheck":"d7"}'),
    });
  });
});
