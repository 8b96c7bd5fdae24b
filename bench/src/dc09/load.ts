import { encodeFrame, parseKey } from '@keng/sia-dc09';

/** What a run of the generator sends. Both sides of the bench make the same accounts from it. */
export interface Load {
  readonly mode: 'tcp' | 'tcp-each' | 'udp';
  readonly port: number;
  /** Sockets, or datagrams in flight; one unanswered frame each. */
  readonly connections: number;
  readonly encrypted: boolean;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Runs of one bench must not repeat frames: numbers from here on. */
  readonly firstFrame: number;
  readonly mostFrames: number;
}

export interface LoadResult {
  readonly acknowledged: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  readonly wrongAnswers: number;
  readonly timeouts: number;
  /** All frames acknowledged with warm-up, to compare with the store. */
  readonly total: number;
}

export const ACCOUNTS = 2_000;
/** A synthetic key, for the bench alone. */
export const BENCH_KEY = parseKey('BENCH-KEY-0000-1', 'ascii');

/** Plain panels have even numbers, those with a key odd ones. */
export function benchAccount(number: number, encrypted: boolean): string {
  return (0xb0000 + number * 2 + (encrypted ? 1 : 0)).toString(16).toUpperCase();
}

// What panels send: 2 in 100 are fire, 28 faults and what ends them, 70 daily tests.
const EVENTS = ['FA', 'FT', 'FJ', 'AT', 'AR', 'FS', 'FV', 'RP', 'RP', 'RP'] as const;
function eventOf(frame: number): string {
  if (frame % 50 === 0) return 'FA';
  const slot = frame % 10;
  return slot === 0 ? 'RP' : (EVENTS[slot < 4 ? slot + (frame % 3) : 7] ?? 'RP');
}

/** Frame `number` of the whole bench: account, sequence and zone never come together twice. */
export function loadFrame(number: number, encrypted: boolean, nowMs: number): Uint8Array {
  const account = benchAccount(number % ACCOUNTS, encrypted);
  const round = Math.floor(number / ACCOUNTS);
  return encodeFrame({
    token: 'SIA-DCS',
    account,
    sequence: (round % 9_999) + 1,
    data: `#${account}|Nri1/${eventOf(number)}${(number % 997) + 1}`,
    timestampMs: nowMs,
    ...(encrypted ? { key: BENCH_KEY } : {}),
  });
}
