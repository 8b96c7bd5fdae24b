import dgram from 'node:dgram';
import { encodeFrame } from '@keng/sia-dc09';
import { answerParent } from '../child.ts';
import { dc09Dialect } from '../intake/dc09-dialect.ts';
import { ACCOUNTS } from '../intake/dialect.ts';

/** Link tests of registered panels over UDP, so many a second whatever else happens. Its own process. */
const SLICE_MS = 1;
const LAST_ANSWERS_MS = 200;

interface Order {
  readonly port: number;
  readonly perSecond: number;
}

let socket: dgram.Socket | null = null;
let timer: NodeJS.Timeout | undefined;
let sent = 0;
let acknowledged = 0;
let startedMs = 0;

answerParent(async (message) => {
  switch (message.type) {
    case 'start':
      start(message as unknown as Order);
      return {};
    case 'pause': {
      clearInterval(timer);
      const seconds = Math.max(0.001, (performance.now() - startedMs) / 1_000);
      // Answers that are on their way still count.
      await new Promise((resolve) => setTimeout(resolve, LAST_ANSWERS_MS));
      return { perSecond: acknowledged / seconds, sent, acknowledged };
    }
    default:
      clearInterval(timer);
      socket?.close();
      return {};
  }
});

function start({ port, perSecond }: Order): void {
  // DC-09: a link test is never a repeat, so one frame of each panel can be sent again and again.
  const frames = Array.from({ length: ACCOUNTS }, (_, number) =>
    encodeFrame({
      token: 'NULL',
      account: dc09Dialect.account(number, false),
      sequence: 0,
      data: '',
      timestampMs: Date.now(),
    }),
  );
  socket?.close();
  socket = dgram.createSocket('udp4');
  const here = socket;
  here.on('message', () => {
    acknowledged += 1;
  });
  sent = 0;
  acknowledged = 0;
  startedMs = performance.now();
  timer = setInterval(() => {
    const due = ((performance.now() - startedMs) / 1_000) * perSecond;
    for (; sent < due; sent += 1) {
      const frame = frames[sent % frames.length];
      if (frame) here.send(frame, port, '127.0.0.1');
    }
  }, SLICE_MS);
}
