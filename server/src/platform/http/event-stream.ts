import type { ServerResponse } from 'node:http';
import type { RequestContext } from './route.ts';

/**
 * Takes the answer over from fastify and writes its head, with the security headers that every answer has. From here on the
 * caller writes to what it gets and ends it; when the centre stops, the server ends it.
 */
export function openStream(
  context: Pick<RequestContext, 'reply'>,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): ServerResponse {
  const { reply } = context;
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': contentType,
    'cache-control': 'no-store',
    // Proxies that buffer would hold an alarm back.
    'x-accel-buffering': 'no',
    ...headers,
  });
  reply.raw.flushHeaders();
  return reply.raw;
}
