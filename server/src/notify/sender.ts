import { LIVE } from '@keng/model';
import type { Wake } from '../log/index.ts';
import { type Clock, errorMessage, type Logger, type Pool } from '../platform/index.ts';
import type { ChannelAdapter } from './channel-adapter.ts';
import type { RetryPolicy } from './policy.ts';
import { ResultWriter } from './result-writer.ts';
import { SendLane } from './send-lane.ts';
import { sweep } from './sender-store.ts';

export interface SenderOptions {
  /** As keng_sender: reads the live world and no other. */
  readonly pool: Pool;
  readonly adapters: readonly ChannelAdapter[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly policy: RetryPolicy;
  /** How browsers reach this centre: owner's links begin with it. */
  readonly publicUrl: string;
  /** secrets.ownerLink: the same as the notifier's. */
  readonly ownerLinkSecret: string;
  /** Wakes the sender when the log grows, so that an alarm does not wait for the beat. */
  readonly wake?: Wake;
  /** How often the outbox is looked at for repetitions, in milliseconds. */
  readonly beatMs?: number;
  /** Days that finished notifications, which hold telephone numbers, are kept; default 30. */
  readonly keepDays?: number;
}

export interface RunningSender {
  /** Looks at the outbox now. */
  poke(): void;
  /** Takes nothing new, lets what is under way end for some seconds, notes it. */
  stop(): Promise<void>;
}

const BEAT_MS = 200;
const SWEEP_MS = 600_000;
const DAY_MS = 86_400_000;

/**
 * Sends what is due, each channel for itself: a gateway that hangs holds up neither webhooks nor what it is not asked for.
 * The only part of a centre that talks to the outside, and it can see nothing but the live world.
 */
export function startSender(options: SenderOptions): RunningSender {
  const { pool, clock, log } = options;
  const writer = new ResultWriter({ pool, world: LIVE, clock, log });
  const lanes = options.adapters.map((adapter) => new SendLane({ ...options, world: LIVE, adapter, writer }));
  const poke = (): void => {
    for (const lane of lanes) lane.poke();
  };
  const unsubscribe = options.wake?.subscribe(poke);
  const beat = setInterval(poke, options.beatMs ?? BEAT_MS);
  const sweeping = setInterval(() => void sweepOld(options), SWEEP_MS);
  poke();
  return {
    poke,
    async stop() {
      clearInterval(beat);
      clearInterval(sweeping);
      unsubscribe?.();
      await Promise.all(lanes.map((lane) => lane.stop()));
      await writer.stop();
    },
  };
}

async function sweepOld({ pool, clock, log, keepDays }: SenderOptions): Promise<void> {
  const now = clock.now(LIVE).getTime();
  try {
    await sweep(pool, LIVE, {
      jobs: new Date(now - (keepDays ?? 30) * DAY_MS),
      links: new Date(now - DAY_MS),
      events: new Date(now - DAY_MS),
    });
  } catch (error) {
    log.warn({ err: error }, `the outbox was not swept: ${errorMessage(error)}`);
  }
}
