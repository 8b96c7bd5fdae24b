import { encodeFrame, parseKey } from '@keng/sia-dc09';
import { ACCOUNTS, type Dialect } from './dialect.ts';
import { trafficOf } from './traffic.ts';

/** A synthetic key, for the bench alone. */
export const BENCH_KEY = parseKey('BENCH-KEY-0000-1', 'ascii');

/** Plain panels have even numbers, those with a key odd ones. */
function benchAccount(number: number, encrypted: boolean): string {
  return (0xb0000 + number * 2 + (encrypted ? 1 : 0)).toString(16).toUpperCase();
}

const FAULTS = [
  { fault: 'FT', 'fault-over': 'FJ' },
  { fault: 'AT', 'fault-over': 'AR' },
  { fault: 'FS', 'fault-over': 'FV' },
] as const;
function codeOf(number: number): string {
  const { said, zone, sort } = trafficOf(number);
  if (said === 'alarm') return `FA${zone}`;
  return said === 'test' ? `RP${zone}` : `${FAULTS[sort][said]}${zone}`;
}

/** Frame `number` of the whole bench: account and sequence never come together twice. */
function loadFrame(number: number, encrypted: boolean, nowMs: number): Uint8Array {
  const account = benchAccount(number % ACCOUNTS, encrypted);
  const round = Math.floor(number / ACCOUNTS);
  return encodeFrame({
    token: 'SIA-DCS',
    account,
    sequence: (round % 9_999) + 1,
    data: `#${account}|Nri1/${codeOf(number)}`,
    timestampMs: nowMs,
    ...(encrypted ? { key: BENCH_KEY } : {}),
  });
}

export const dc09Dialect: Dialect = {
  account: benchAccount,
  frame: loadFrame,
  isAcknowledgement: (answer) => {
    const letter = answer[10] === 0x2a ? answer[11] : answer[10];
    return letter === 0x41 && answer[answer.length - 1] === 0x0d;
  },
  fixedAnswer: Buffer.from('\n59890012"ACK"0000L0#1409[]\r', 'latin1'),
  hasKeys: true,
};
