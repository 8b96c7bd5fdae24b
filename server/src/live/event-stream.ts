import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { AnyEntry } from '@keng/model';
import type { LogFeed, Subscription } from '../log/index.ts';
import type { Arrivals } from './arrivals.ts';
import type { ArrivalConcern } from './kept-arrivals.ts';
import type { StorageState } from './storage-watch.ts';

const TICK_MS = 1_000;
/** A browser that takes nothing for this long is gone; it resumes from its last id. */
const STUCK_MS = 30_000;
const RECHECK_TICKS = 5;

export interface EventStreamOptions {
  readonly response: ServerResponse;
  readonly feed: LogFeed;
  readonly after: number;
  readonly accept: (entry: AnyEntry) => boolean;
  readonly arrivals: Arrivals;
  readonly acceptArrival: (concern: ArrivalConcern) => boolean;
  readonly storage: () => StorageState;
  /** World time for the tick. */
  readonly now: () => Date;
  /** Asked every few seconds: false ends the stream (the account was ended, which is not the same as an idle session). */
  readonly stillAllowed: () => Promise<boolean>;
  readonly log: (message: string, error?: unknown) => void;
}

/**
 * One browser's stream: entries in order with the position as id, alarms that the rules are late for, and a tick each second, by which the
 * browser knows within three that the line is dead. Resolves when the browser is gone.
 */
export async function serveEventStream(options: EventStreamOptions): Promise<void> {
  const { response, feed } = options;
  const closed = once(response, 'close');
  response.write('retry: 500\n\n');
  const write = (text: string): Promise<void> => writeOrEnd(response, text);
  const tick = (): string =>
    `event: tick\ndata: ${JSON.stringify({ position: feed.position, now: options.now().toISOString(), ...options.storage() })}\n\n`;
  await write(tick());
  const subscription: Subscription = feed.subscribe(options.after, {
    accept: options.accept,
    send: (entries, position) =>
      // Positions that hold nothing for this browser still move its cursor: a resume need not look at them again.
      write(`event: entries\nid: ${position}\ndata: ${JSON.stringify(entries)}\n\n`),
  });
  const leaveArrivals = options.arrivals.subscribe({
    accept: options.acceptArrival,
    // Without an id: whoever comes back is told all of them that still wait.
    send: (news) => write(`event: arrivals\ndata: ${JSON.stringify(news)}\n\n`),
  });
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
    // A stream that is blocked needs no more ticks; the browser sees the silence.
    if (!response.writableNeedDrain) response.write(tick());
    if (ticks % RECHECK_TICKS !== 0) return;
    options.stillAllowed().then(
      (allowed) => {
        if (!allowed) response.end();
      },
      // The database is down: the desk keeps its picture and its banner.
      (error) => options.log('whether a stream may go on could not be asked', error),
    );
  }, TICK_MS);
  try {
    await closed;
  } finally {
    clearInterval(timer);
    await Promise.all([subscription.stop(), leaveArrivals()]);
  }
}

async function writeOrEnd(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed || response.writableEnded) return;
  if (response.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(stuck);
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    const stuck = setTimeout(() => response.destroy(), STUCK_MS);
    response.on('drain', done);
    response.on('close', done);
  });
}
