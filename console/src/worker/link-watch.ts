import type { LinkState } from './messages.ts';

/** The centre ticks once a second: two missed ticks are silence, so that the banner stands within three seconds. */
export const SILENCE_MS = 2_200;
/** A line that has been silent this long is given up and opened anew: half-open connections never end by themselves. */
export const GIVE_UP_MS = 5_000;
/** A busy centre may think about the whole queue for a while before the first byte comes. */
export const SNAPSHOT_GIVE_UP_MS = 30_000;

export type LinkFacts = Omit<LinkState, 'status'> & {
  readonly startedAt: number;
  readonly loggedOut: boolean;
  /** The snapshot is coming: what is shown is true, and not all yet. */
  readonly loading: boolean;
};

/** What may be said of the line at this moment, from when the centre was last heard. */
export function linkStatus(facts: LinkFacts, now: number): LinkState['status'] {
  if (facts.loggedOut) return 'logged-out';
  if (facts.heardAt === null) return now - facts.startedAt > SILENCE_MS ? 'lost' : 'connecting';
  if (now - facts.heardAt > SILENCE_MS) return 'lost';
  return facts.loading ? 'loading' : 'live';
}

/** Before the next attempt: quick at first, for most breaks are short; never so slow that a person would notice the line is back first. */
export function retryDelayMs(attempt: number, random: number): number {
  const base = Math.min(300 * 2 ** attempt, 2_400);
  return base * (0.75 + random / 2);
}
