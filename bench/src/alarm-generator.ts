import net from 'node:net';
import { Dc09StreamReader, encodeFrame, parseKey } from '@keng/sia-dc09';
import { answerParent } from './child.ts';

/** Alarms at a steady rate, each on the next of many open connections. A process of its own: nothing else delays its clock. */
export interface AlarmRun {
  readonly type: 'run';
  readonly port: number;
  readonly perSecond: number;
  readonly alarms: readonly AlarmToSend[];
  /** How many to send, going round through `alarms`; unset: each once. */
  readonly total?: number;
}

export interface AlarmToSend {
  readonly account: string;
  readonly keyHex: string | null;
  readonly zone: number;
}

export interface AlarmRunResult {
  /** Unix milliseconds at which each frame went into its socket, in the order of sending. */
  readonly sentAtMs: Float64Array;
  readonly acknowledged: number;
  /** Milliseconds from each frame into its socket to its answer; NaN: none came. */
  readonly answeredAfterMs: Float64Array;
  /** How much later than planned the slowest hundredth was written. */
  readonly lateP99Ms: number;
}

/** So many frames can wait for their acknowledgement before one has to wait for a connection. */
const CONNECTIONS = 400;
const LAST_ANSWERS_MS = 30_000;

answerParent(async (message) => (message.type === 'stop' ? {} : await run(message as AlarmRun)));

async function run({ port, perSecond, alarms, total = alarms.length }: AlarmRun): Promise<AlarmRunResult> {
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(port)));
  const sentAtMs = new Float64Array(total);
  const answeredAfterMs = new Float64Array(total).fill(Number.NaN);
  const late: number[] = [];
  let acknowledged = 0;
  let resolveAll: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    resolveAll = resolve;
  });
  for (const [place, socket] of sockets.entries()) {
    const reader = new Dc09StreamReader();
    // Answers come in the order of the frames of their connection.
    let next = place;
    socket.on('data', (bytes) => {
      const nowMs = performance.timeOrigin + performance.now();
      for (const item of reader.push(bytes)) {
        if (item.kind !== 'frame') continue;
        acknowledged += 1;
        answeredAfterMs[next] = nowMs - (sentAtMs[next] ?? 0);
        next += CONNECTIONS;
      }
      if (acknowledged === total) resolveAll();
    });
  }
  const startMs = Date.now() + 100;
  for (let index = 0; index < total; index += 1) {
    const alarm = alarms[index % alarms.length];
    if (alarm === undefined) throw new RangeError('there are no alarms to send');
    const dueMs = startMs + (index * 1_000) / perSecond;
    // Node's timers count whole milliseconds; at a thousand a second several frames leave in one turn.
    while (Date.now() < dueMs)
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, dueMs - Date.now())));
    const frame = frameOf(alarm, index);
    const nowMs = performance.timeOrigin + performance.now();
    sentAtMs[index] = nowMs;
    late.push(nowMs - dueMs);
    sockets[index % CONNECTIONS]?.write(frame);
  }
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, LAST_ANSWERS_MS))]);
  for (const socket of sockets) socket.destroy();
  late.sort((a, b) => a - b);
  return { sentAtMs, acknowledged, answeredAfterMs, lateP99Ms: late[Math.floor(late.length * 0.99)] ?? 0 };
}

function frameOf({ account, keyHex, zone }: AlarmToSend, index: number): Uint8Array {
  return encodeFrame({
    token: 'SIA-DCS',
    sequence: (index % 9_999) + 1,
    account,
    data: `#${account}|Nri1/FA${zone}`,
    timestampMs: Date.now(),
    ...(keyHex === null ? {} : { key: parseKey(keyHex, 'hex') }),
  });
}

function connect(port: number): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}
