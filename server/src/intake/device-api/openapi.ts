import {
  heartbeatMessage,
  MOST_MESSAGE_BYTES,
  measurementMessage,
  REPLAY_WINDOW_SECONDS,
  signalMessage,
} from '@keng/device-api';
import { z } from 'zod';

const HEADERS = [
  ['Content-Digest', 'RFC 9530, `sha-256=:...:` of the body'],
  [
    'Signature-Input',
    'RFC 9421; must cover "@method", "@path" and "content-digest" and have `created` and `keyid` (the account); a `nonce` makes each signature another: the same signature is not heard twice',
  ],
  ['Signature', 'RFC 9421, hmac-sha256 with the key of the device'],
] as const;

const stored = z
  .object({ now: z.iso.datetime(), stored: z.array(z.string()) })
  .describe('Every signal of the message is on disk.');
const measured = z
  .object({ now: z.iso.datetime(), measured: z.int() })
  .describe('Every value of the message is on disk.');
const heard = z.object({ now: z.iso.datetime() });
const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('stable; the texts are not'),
    detail: z.string().optional(),
    params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    problems: z.array(z.object({ at: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .describe('RFC 9457.');

/** OpenAPI 3.1 of the Device API, made from the schemas that read its messages. */
export function deviceApiDocument(): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Keng Device API',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: `How a device tells a Keng centre what happens. Every request is signed with HTTP Message Signatures (RFC 9421) with the key of the device; \`created\` may be ${REPLAY_WINDOW_SECONDS} s from the clock of the centre. A 200 is sent after the message is on disk, never before. Without an answer, or with 503, send the same message again: the same \`id\` is stored once. Sign each message anew.`,
    },
    paths: {
      '/api/device/v1/signals': {
        post: operation('signals', 'Events: alarms, faults, tests and what ends them', signalMessage, stored),
      },
      '/api/device/v1/heartbeat': {
        post: operation('heartbeat', 'The device lives', heartbeatMessage, heard),
      },
      '/api/device/v1/measurements': {
        post: operation(
          'measurements',
          'What was measured: a series, no events',
          measurementMessage,
          measured,
        ),
      },
    },
    components: { securitySchemes: { signature: { type: 'http', scheme: 'signature' } } },
    security: [{ signature: [] }],
  };
}

function operation(name: string, summary: string, body: z.ZodType, answer: z.ZodType) {
  return {
    operationId: name,
    summary,
    parameters: HEADERS.map(([header, description]) => ({
      name: header,
      in: 'header',
      required: true,
      description,
      schema: { type: 'string' },
    })),
    requestBody: {
      required: true,
      description: `At most ${MOST_MESSAGE_BYTES} bytes.`,
      content: { 'application/json': { schema: schemaOf(body) } },
    },
    responses: {
      200: response('Stored.', 'application/json', answer),
      401: response(
        'Not acknowledged, and shown in the centre as unauthenticated. `signature.outside-window` tells `params.now`: set the clock and send again. `signature.replayed`: this heartbeat was heard before; sign each anew.',
      ),
      413: response('Too large; not read.'),
      422: response(
        'Signals: stored as far as they could be read. Measurements: not stored. Correct the device.',
      ),
      503: response('Not stored; send the same message again after Retry-After.'),
    },
  };
}

function response(description: string, type = 'application/problem+json', schema: z.ZodType = problem) {
  return { description, content: { [type]: { schema: schemaOf(schema) } } };
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: 'input', reused: 'inline' });
  return described;
}
