import { Problem } from '@keng/model';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import {
  type GatewayCall,
  type GatewayEvent,
  GatewayEvents,
  gatewayAnswer,
  gatewayEvent,
  unknownReference,
} from './gateway-events.ts';
import { facilityOfJob } from './gateway-store.ts';
import type { RetryPolicy } from './policy.ts';
import { signingKey, verifySignature } from './signature.ts';
import type { Wording } from './wording.ts';

export interface GatewayRouteOptions {
  readonly wording: Wording;
  readonly policy: RetryPolicy;
  /** Shared with the gateway; null: there is none, and every receipt is refused. */
  readonly secret: string | null;
}

const BODY_BYTES = 16 * 1024;

export function gatewayRoutes({ wording, policy, secret }: GatewayRouteOptions): Route[] {
  const events = new GatewayEvents(wording, policy);
  const key = secret === null ? null : signingKey(secret);
  return [
    defineRoute({
      method: 'POST',
      url: '/gateway/telephone/events',
      access: 'open',
      summary: 'Receipts and keys pressed, signed by the telephone gateway; answers with what to say next',
      rawBody: 'application/json',
      bodyLimit: BODY_BYTES,
      schemas: { response: gatewayAnswer },
      async handle({ context }) {
        const body = context.request.body;
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const call = checkSignature(key, context, bytes);
        const event = readEvent(bytes);
        const facility = await context.withFacilities([], (client) => facilityOfJob(client, event.reference));
        if (facility === null) throw unknownReference(event.reference);
        return await context.withFacilities([facility], (client) => events.take(client, call, event));
      },
    }),
  ];
}

function checkSignature(key: Buffer | null, context: RequestContext, body: Buffer): GatewayCall {
  const { world, now, request } = context;
  if (key === null) {
    throw new Problem(
      401,
      'gateway.not-configured',
      'This centre shares no secret with a telephone gateway.',
    );
  }
  const verdict = verifySignature(key, request.headers, body, now);
  if (verdict.ok) return { world, now, eventId: verdict.id, signedAt: verdict.signedAt };
  const detail = {
    headers: 'webhook-id, webhook-timestamp and webhook-signature are needed.',
    signature: 'The signature does not fit: is the shared secret the same on both sides?',
    timestamp: 'The request was signed too long ago, or the clocks differ: compare them.',
  }[verdict.why];
  throw new Problem(401, `gateway.${verdict.why}-refused`, detail);
}

function readEvent(bytes: Buffer): GatewayEvent {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new Problem(400, 'body.malformed', 'The body is not JSON.', { cause });
  }
  const event = gatewayEvent.safeParse(json);
  if (event.success) return event.data;
  const issue = event.error.issues[0];
  throw new Problem(422, 'request.invalid', issue?.message ?? 'The event is not as the contract says.', {
    at: issue?.path.join('.') ?? '',
  });
}
