import type { Channel, ClaimedJob } from './job.ts';

/** What came back from the other side. */
export interface Receipt {
  /** `delivered`: the receiver has it. `accepted`: a gateway took it over and will tell how it went. */
  readonly state: 'delivered' | 'accepted';
  /** How the other side names it. */
  readonly reference: string | null;
}

/** One way out. A new channel is an adapter and a line in the migration's check. */
export interface ChannelAdapter {
  readonly channel: Channel;
  /** How many are under way at once. */
  readonly concurrency: number;
  /** Sends once. @throws SendFailed, or anything else, which is tried again */
  send(job: OutgoingJob, signal: AbortSignal): Promise<Receipt>;
}

export type OutgoingJob = ClaimedJob & {
  readonly idempotencyKey: string;
  /** Address of the owner's page for this contact; null where there is none. */
  readonly link: string | null;
  /** World time of this attempt, under which it is signed. */
  readonly at: Date;
};

export type SendFailure =
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'redirect'
  | 'answer-too-long'
  | 'answer-unreadable'
  | 'address-not-allowed'
  | 'not-configured';

/** It did not arrive, as far as we know. */
export class SendFailed extends Error {
  override readonly name = 'SendFailed';
  readonly code: SendFailure;
  /** False: the same request would fail again. */
  readonly again: boolean;
  /** What the other side asked for (Retry-After), in seconds. */
  readonly waitSeconds: number | null;
  /** Of the answer, where there was one. */
  readonly status: number | null;
  /** It is the address that is wrong, and it will be tomorrow: what the server said by number, where it did. */
  readonly address: { readonly status: string | null } | null;

  constructor(
    code: SendFailure,
    detail: string,
    more: {
      readonly again: boolean;
      readonly waitSeconds?: number | null;
      readonly status?: number;
      readonly address?: { readonly status: string | null } | null;
      readonly cause?: unknown;
    },
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.again = more.again;
    this.waitSeconds = more.waitSeconds ?? null;
    this.status = more.status ?? null;
    this.address = more.address ?? null;
  }
}
