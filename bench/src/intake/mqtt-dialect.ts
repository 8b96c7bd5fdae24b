import mqtt from 'mqtt-packet';
import { BENCH_KEY } from './dc09-dialect.ts';
import { deviceMessage } from './device-message.ts';
import { ACCOUNTS, type Dialect } from './dialect.ts';

const PUBACK = 0x40;
const account = (number: number): string => (0xd0000 + number).toString(16).toUpperCase();
const topic = (name: string): string => `keng/v1/${name}/signal`;

export const mqttDialect: Dialect = {
  // Every device of MQTT has a key; those without are never asked.
  account: (number, encrypted) => account(number + (encrypted ? 0 : ACCOUNTS)),
  opening: (connection) =>
    mqtt.generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: account(connection),
      keepalive: 0,
      username: account(connection),
      password: Buffer.from(BENCH_KEY.bytes),
    }),
  frame: (number) =>
    mqtt.generate({
      cmd: 'publish',
      topic: topic(account(0)),
      payload: deviceMessage(number),
      qos: 1,
      messageId: (number % 0xffff) + 1,
      dup: false,
      retain: false,
    }),
  forConnection: (frame, connection) => {
    // Fixed header of two or three bytes, length of the topic, `keng/v1/`.
    const at = ((frame[1] ?? 0) & 0x80 ? 3 : 2) + 2 + 'keng/v1/'.length;
    Buffer.from(frame.buffer, frame.byteOffset).write(account(connection), at, 'latin1');
  },
  isAcknowledgement: (answer) => answer.length === 4 && answer[0] === PUBACK,
  fixedAnswer: Buffer.from([PUBACK, 2, 0, 1]),
  hasKeys: true,
};
