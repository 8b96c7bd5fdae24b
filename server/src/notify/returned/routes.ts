import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '@keng/model';
import { z } from 'zod';
import { recordOwnerReports } from '../../incidents/index.ts';
import { appendEntries } from '../../log/index.ts';
import { defineRoute, type RequestContext, type Route } from '../../platform/http/index.ts';
import type { PoolClient } from '../../platform/index.ts';
import { facilityOfJob, lockJob, type NotifiedJob, storeReceipt } from '../gateway-store.ts';
import { tellsOfAlarm } from '../job.ts';
import { notifyDraft } from '../notify-draft.ts';
import type { ReceiptChange } from '../receipt-rules.ts';
import { markOf } from './address-mark.ts';
import { MOST_BYTES, type RecipientStatus, readDeliveryStatus } from './delivery-status.ts';
import { jobOfReturn } from './return-path.ts';
import { failureOf, isOfTheAddress } from './rules.ts';

export interface ReturnRouteOptions {
  /** secrets.mailReturns: of the mail server that hands over what came back; null: none does. */
  readonly secret: string | null;
  /** secrets.ownerLink: the same with which the sender signs return paths. */
  readonly signing: string;
}

const RETURNED = 'returned';
const answer = z.object({
  /** `noted`: the contact's address is marked, or the mail; `known`: it came back before; `ignored`: it tells of no failure. */
  outcome: z.enum(['noted', 'known', 'ignored']),
});
type Outcome = z.infer<typeof answer>['outcome'];

/** Where a mail server leaves mail that came back: its pipe posts each as it is. */
export function returnRoutes({ secret, signing }: ReturnRouteOptions): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/mail/returned',
      access: 'open',
      summary:
        'A mail that came back (RFC 3464), with the address to which it came, from the mail server of the centre',
      rawBody: 'message/rfc822',
      bodyLimit: MOST_BYTES,
      limit: { requests: 600, seconds: 60 },
      schemas: { query: z.object({ to: z.string().max(320) }), response: answer },
      async handle({ query, context }) {
        checkKey(secret, context);
        const id = jobOfReturn(query.to, signing);
        if (id === null)
          throw new Problem(
            403,
            'mail.return-path-refused',
            'This address was never given out by this centre.',
          );
        const body = context.request.body;
        const failure = failureOf(readDeliveryStatus(Buffer.isBuffer(body) ? body : Buffer.alloc(0)));
        if (failure === null) return { outcome: 'ignored' as const };
        const facility = await context.withFacilities([], (client) => facilityOfJob(client, id));
        // Swept since: its address may be another one by now.
        if (facility === null) return { outcome: 'ignored' as const };
        const outcome = await context.withFacilities([facility], (client) =>
          note(client, context, id, failure),
        );
        return { outcome };
      },
    }),
  ];
}

function checkKey(secret: string | null, { request }: RequestContext): void {
  if (secret === null)
    throw new Problem(401, 'mail.not-configured', 'This centre shares no secret with a mail server.');
  const given = /^Bearer (.{1,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(hash(given), hash(secret)))
    throw new Problem(401, 'mail.key-refused', 'The key of the mail server does not fit.');
}

async function note(
  client: PoolClient,
  { world, now }: RequestContext,
  id: string,
  { status, diagnostic }: RecipientStatus,
): Promise<Outcome> {
  const job = await lockJob(client, world, id);
  if (job === null || job.channel !== 'email') return 'ignored';
  if (job.phase === RETURNED || job.status === 'failed') return 'known';
  const error = `returned: ${status ?? ''} ${diagnostic ?? ''}`.trim().slice(0, 500);
  const change: ReceiptChange = {
    status: 'failed',
    round: job.round,
    phase: RETURNED,
    dueAt: null,
    error,
    reached: null,
    ended: 'failed',
  };
  await storeReceipt(client, job, change, RETURNED, now);
  const address =
    status !== null && isOfTheAddress(status) ? { address: { mark: markOf(job.address), status } } : {};
  const failed = { attempt: job.attempts, error, final: true, ...address };
  await appendEntries(client, [notifyDraft(job, 'notify.failed', failed, now)], now);
  await tellIncident(client, job, error, now);
  return 'noted';
}

/** At the alarm it stood as handed over: the desk sees that nobody was reached by it. */
async function tellIncident(client: PoolClient, job: NotifiedJob, error: string, now: Date): Promise<void> {
  const { contact: contactId, incident, name, channel } = job;
  if (contactId === null || incident === null || !tellsOfAlarm(job.purpose)) return;
  const reached = { contactId, name, channel, result: 'failed' as const, detail: error };
  await recordOwnerReports(client, job.world, [{ incident, alerted: null, reached: [reached] }], now);
}
