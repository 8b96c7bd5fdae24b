import { setTimeout as pause } from 'node:timers/promises';
import {
  type DatabaseAddress,
  type DatabaseRole,
  isPassing,
  type Logger,
  openClient,
} from '../platform/index.ts';

export interface AwaitDatabaseOptions {
  readonly address: DatabaseAddress;
  /** As whom it asks: a role that this process has a password for. */
  readonly role: DatabaseRole;
  readonly log: Pick<Logger, 'warn'>;
  /** Gives up. */
  readonly signal: AbortSignal;
  /** Told once, when the first try has failed and it begins to wait. */
  readonly onWaiting?: () => void;
}

const firstPauseMs = 250;
const longestPauseMs = 2_000;

/**
 * Returns once the database takes a connection: a process that starts while PostgreSQL is restarted or failed over has loaded its program
 * by the time it can work. Whatever does not pass by itself (password, name of the database) rejects at once.
 * Rejects, too, when `signal` gives up.
 */
export async function awaitDatabase(options: AwaitDatabaseOptions): Promise<void> {
  const { address, role, log, signal } = options;
  const givenUp = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  // Whoever gives up while nothing is tried is heard by the next turn of the loop.
  givenUp.catch(() => undefined);
  let waiting = false;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    signal.throwIfAborted();
    try {
      // A machine that says nothing is believed to be gone after seconds, and whoever stops does not wait for that.
      await Promise.race([reach(address, role), givenUp]);
      if (waiting) log.warn('the database is reached; starting');
      return;
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
      if (!waiting) {
        log.warn({ err: error }, 'the database cannot be reached; starting as soon as it can');
        options.onWaiting?.();
      }
      waiting = true;
    }
    await pause(pauseMs, undefined, { signal });
  }
}

async function reach(address: DatabaseAddress, role: DatabaseRole): Promise<void> {
  const client = await openClient(address, role, 'keng-await');
  await client.end();
}
