import { signRequest } from '@keng/device-api';
import { BENCH_KEY } from './dc09-dialect.ts';
import { deviceMessage } from './device-message.ts';
import { ACCOUNTS, type Dialect } from './dialect.ts';

const TARGET = '/api/device/v1/signals';
const account = (number: number): string => (0xc0000 + number).toString(16).toUpperCase();

export const deviceApiDialect: Dialect = {
  // Every device of the Device API has a key; those without are never asked.
  account: (number, encrypted) => account(number + (encrypted ? 0 : ACCOUNTS)),
  frame: (number, _encrypted, nowMs) => {
    const body = deviceMessage(number);
    const key = { keyId: account(number % ACCOUNTS), key: BENCH_KEY.bytes };
    const signed = signRequest({ method: 'POST', target: TARGET }, body, key, nowMs, String(number));
    const headers = { host: 'centre', ...signed, 'content-length': String(body.length) };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.concat([Buffer.from(`POST ${TARGET} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
  },
  isAcknowledgement: (answer) => {
    const text = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).toString('latin1');
    return text.startsWith('HTTP/1.1 200 OK') && text.endsWith('}');
  },
  fixedAnswer: Buffer.from(
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 60\r\ncache-control: no-store\r\nDate: Sun, 22 Nov 2026 00:00:00 GMT\r\nConnection: keep-alive\r\nKeep-Alive: timeout=150\r\n\r\n{"now":"2026-11-22T00:00:00.000Z","stored":["1234567890ab"]}',
  ),
  hasKeys: true,
};
