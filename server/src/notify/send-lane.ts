import type { World } from '@keng/model';
import { WokenLoop } from '../log/index.ts';
import {
  type Clock,
  errorMessage,
  type Logger,
  type Pool,
  TroubleBook,
  timesText,
} from '../platform/index.ts';
import { type ChannelAdapter, type Receipt, SendFailed } from './channel-adapter.ts';
import { DueMarks } from './due-marks.ts';
import { type ClaimedJob, idempotencyKey } from './job.ts';
import { ownerToken, ownerUrl } from './owner-link.ts';
import { nextTry, type RetryPolicy } from './policy.ts';
import type { ResultWriter } from './result-writer.ts';
import { claimDue, claimWebhooks, type Outcome, RECEIPT_SECONDS } from './sender-store.ts';

export interface SendLaneOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly adapter: ChannelAdapter;
  readonly writer: ResultWriter;
  readonly clock: Clock;
  readonly log: Logger;
  readonly policy: RetryPolicy;
  readonly publicUrl: string;
  readonly ownerLinkSecret: string;
}

/** One webhook has so many events under way at once; one that failed last has a single one, as a probe. */
const EACH = 4;
const GRACE_MS = 3_000;

/** Sends the due jobs of one channel, a bounded number at once. */
export class SendLane {
  readonly #options: SendLaneOptions;
  readonly #loop: WokenLoop;
  readonly #underWay = new Set<Promise<void>>();
  readonly #ofWebhook = new Map<string, number>();
  readonly #failing = new Set<string>();
  readonly #marks = new DueMarks();
  /** By the webhook, or the channel. */
  readonly #troubles = new TroubleBook();
  readonly #abort = new AbortController();
  #stopped = false;

  constructor(options: SendLaneOptions) {
    this.#options = options;
    this.#loop = new WokenLoop(
      () => this.#takeDue(),
      (error) =>
        options.log.warn({ err: error }, `the outbox (${options.adapter.channel}) cannot be read now`),
    );
  }

  poke(): void {
    this.#loop.poke();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop.stop();
    const grace = setTimeout(() => this.#abort.abort(), GRACE_MS);
    await Promise.all(this.#underWay);
    clearTimeout(grace);
  }

  /** True when there may be more to take at once. */
  async #takeDue(): Promise<boolean> {
    const free = this.#options.adapter.concurrency - this.#underWay.size;
    if (free <= 0 || this.#stopped) return false;
    const jobs = await this.#claim(free);
    for (const job of jobs) this.#begin(job);
    return jobs.length > 0;
  }

  async #claim(free: number): Promise<ClaimedJob[]> {
    const { pool, world, clock, adapter } = this.#options;
    const now = clock.now(world);
    if (adapter.channel === 'webhook')
      return await claimWebhooks(pool, world, { limit: free, each: 1, busy: this.#busy() }, now);
    const asked = { limit: free, since: this.#marks.since(now) };
    const taken = await claimDue(pool, world, adapter.channel, asked, now);
    this.#marks.took(
      taken.map(({ job, wasDueAt }) => ({ lane: job.lane, wasDueAt })),
      free,
      now,
    );
    return taken.map(({ job }) => job);
  }

  #busy(): string[] {
    return [...this.#ofWebhook]
      .filter(([webhook, count]) => count >= (this.#failing.has(webhook) ? 1 : EACH))
      .map(([webhook]) => webhook);
  }

  #begin(job: ClaimedJob): void {
    this.#count(job.webhook, 1);
    const task = this.#send(job).then((outcome) => {
      this.#underWay.delete(task);
      this.#count(job.webhook, -1);
      this.#options.writer.add(outcome);
      if (!this.#stopped) this.#loop.poke();
    });
    this.#underWay.add(task);
  }

  #count(webhook: string | null, by: 1 | -1): void {
    if (webhook === null) return;
    const count = (this.#ofWebhook.get(webhook) ?? 0) + by;
    if (count === 0) this.#ofWebhook.delete(webhook);
    else this.#ofWebhook.set(webhook, count);
  }

  /** Never rejects: whatever goes wrong is an outcome. */
  async #send(job: ClaimedJob): Promise<Outcome> {
    const { adapter, policy, clock, world } = this.#options;
    const at = clock.now(world);
    // The lease of its last attempt ended, or no receipt ever came.
    if (job.attempts > policy.attempts)
      return this.#failed(job, new SendFailed('timeout', 'no receipt came', { again: false }));
    try {
      const outgoing = { ...job, idempotencyKey: idempotencyKey(job), link: this.#link(job), at };
      const receipt = await adapter.send(outgoing, this.#abort.signal);
      if (job.webhook !== null) this.#failing.delete(job.webhook);
      this.#tellPassed(job);
      return this.#sent(job, receipt);
    } catch (error) {
      if (job.webhook !== null) this.#failing.add(job.webhook);
      return this.#failed(job, error);
    }
  }

  #link({ contact, incident, world }: ClaimedJob): string | null {
    const { publicUrl, ownerLinkSecret } = this.#options;
    return contact === null || incident === null
      ? null
      : ownerUrl(publicUrl, ownerToken(ownerLinkSecret, { world, incident, contact }));
  }

  #sent(job: ClaimedJob, { state, reference }: Receipt): Outcome {
    const { clock, world } = this.#options;
    const dueAt = new Date(clock.now(world).getTime() + RECEIPT_SECONDS * 1000);
    return { job, status: state, dueAt, receipt: reference, error: null };
  }

  #tellPassed(job: ClaimedJob): void {
    const times = this.#troubles.passed(whoFails(job));
    if (times > 1)
      this.#options.log.info({ job: job.id }, `${job.channel} sends again after ${times} failures`);
  }

  #failed(job: ClaimedJob, error: unknown): Outcome {
    const { clock, world, policy, log, adapter } = this.#options;
    const now = clock.now(world);
    const known = error instanceof SendFailed ? error : null;
    const wanted = known?.waitSeconds ?? null;
    const next = known?.again === false ? null : nextTry(policy, job.attempts, now, wanted);
    const text = errorMessage(error);
    const message = `${adapter.channel} not sent${next === null ? ', given up' : ''}: ${text}`;
    const times = this.#troubles.failed(whoFails(job), message, performance.now());
    if (times !== null)
      log.warn(
        { job: job.id, attempt: job.attempts, ...(known ? { code: known.code } : { err: error }) },
        timesText(message, times),
      );
    const common = { job, receipt: null, error: text.slice(0, 1_000) };
    return next === null
      ? { ...common, status: 'failed', dueAt: now, address: known?.address ?? null }
      : { ...common, status: 'queued', dueAt: next };
  }
}

function whoFails({ webhook, channel }: ClaimedJob): string {
  return webhook ?? channel;
}
