import type { Protocol } from './dialects.ts';

/** What a run of the generator sends. Both sides of the bench make the same accounts from it. */
export interface Load {
  readonly protocol: Protocol;
  readonly mode: 'tcp' | 'tcp-each' | 'tcp-paced' | 'udp';
  readonly port: number;
  /** Sockets, or datagrams in flight; one unanswered frame each. */
  readonly connections: number;
  /** `tcp-paced`: so many leave a second, whatever is answered; the time of one that finds no free connection runs from when it was due. */
  readonly perSecond?: number;
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
