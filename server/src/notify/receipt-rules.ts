import type { IncidentState } from '@keng/model';
import type { Channel, JobStatus } from './job.ts';
import { nextTry, type RetryPolicy } from './policy.ts';

/** What the telephone gateway tells. Contract: docs/interfaces/telephone-gateway.md */
export const GATEWAY_EVENTS = [
  'ringing',
  'answered',
  'key',
  'hung-up',
  'no-answer',
  'failed',
  'delivered',
  'reply',
] as const;
export type GatewayEventType = (typeof GATEWAY_EVENTS)[number];

/** The part of a job that receipts change. */
export interface JobProgress {
  readonly channel: Channel;
  readonly status: JobStatus;
  readonly round: number;
  readonly attempts: number;
  readonly phase: string | null;
}

export interface ReceiptChange {
  readonly status: JobStatus;
  readonly round: number;
  readonly phase: string;
  /** When the sender looks at it again. */
  readonly dueAt: Date | null;
  readonly error: string | null;
  /** For the contact's line in the incident; null: nothing new there. */
  readonly reached: 'delivered' | 'answered' | 'no-answer' | 'failed' | null;
  /** The notification as such has come to its end. */
  readonly ended: 'delivered' | 'failed' | null;
}

/** A receipt means that the gateway is at it: the next one is awaited from then on. */
const AWAIT_SECONDS = 180;

/** Later words about one call weigh more; "ringing" that arrives after "answered" is old news, and so is the same again. */
const RANK: Readonly<Record<string, number>> = {
  ringing: 1,
  'no-answer': 2,
  failed: 2,
  delivered: 3,
  answered: 3,
  key: 4,
  reply: 4,
  'hung-up': 5,
};
const REPEATABLE: ReadonlySet<GatewayEventType> = new Set<GatewayEventType>(['key', 'reply']);

/**
 * What a receipt changes; null: nothing. Only receipts of the present round count for the job: what comes late about an
 * earlier call must not end the one that rings now.
 */
export function applyReceipt(
  job: JobProgress,
  receipt: { readonly type: GatewayEventType; readonly round: number; readonly detail: string | null },
  wanted: boolean,
  policy: RetryPolicy,
  now: Date,
): ReceiptChange | null {
  if (receipt.round !== job.round || job.status === 'cancelled') return null;
  const newer = rankOf(receipt.type) - rankOf(job.phase);
  if (newer < 0 || (newer === 0 && !REPEATABLE.has(receipt.type))) return null;
  const change: ReceiptChange = {
    status: job.status === 'sending' || job.status === 'queued' ? 'accepted' : job.status,
    round: job.round,
    phase: receipt.type,
    dueAt: new Date(now.getTime() + AWAIT_SECONDS * 1000),
    error: null,
    reached: null,
    ended: null,
  };
  switch (receipt.type) {
    case 'ringing':
      return change;
    case 'delivered':
    case 'answered':
    case 'key':
    case 'reply':
      return {
        ...change,
        status: 'delivered',
        reached: receipt.type === 'delivered' ? 'delivered' : 'answered',
        ended: job.status === 'delivered' ? null : 'delivered',
      };
    case 'hung-up':
      // Who pressed a key has said what there was to say.
      return job.phase === 'key' || !wanted ? change : again(job, change, 'hung-up', policy, now, null);
    case 'no-answer':
      return again(job, change, 'no-answer', policy, now, 'no-answer', wanted);
    case 'failed':
      return again(job, change, receipt.detail ?? 'failed', policy, now, 'failed', wanted);
  }
}

/** Another call after a pause, as long as the owner is still asked; else it stays at that. */
function again(
  job: JobProgress,
  change: ReceiptChange,
  error: string,
  policy: RetryPolicy,
  now: Date,
  reached: 'no-answer' | 'failed' | null,
  wanted = true,
): ReceiptChange {
  const dueAt = wanted ? nextTry(policy, job.attempts, now) : null;
  if (dueAt !== null)
    return { ...change, status: 'queued', round: job.round + 1, phase: 'waiting', dueAt, error, reached };
  // Somebody did take the call, even if nothing was pressed.
  if (reached === null) return { ...change, error };
  return { ...change, status: 'failed', error, reached, ended: 'failed' };
}

function rankOf(phase: string | null): number {
  return phase === null ? 0 : (RANK[phase] ?? 0);
}

/** Is anybody at the facility still to be asked? Silence and "checking" are no answers. */
export function ownerWanted(state: IncidentState): boolean {
  const { answer } = state.owner;
  return state.status === 'open' && (answer === 'none' || answer === 'checking');
}
