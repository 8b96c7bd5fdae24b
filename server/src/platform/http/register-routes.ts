import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { z } from 'zod';
import { schemaOf } from './openapi.ts';
import { type Admitted, type ContextDeps, createContext } from './request-context.ts';
import { admit, type GateDeps } from './request-gate.ts';
import type { RequestContext, Route } from './route.ts';

export interface RouteDeps {
  readonly gate: GateDeps;
  readonly context: ContextDeps;
  readonly onStream: (reply: FastifyReply) => void;
  readonly onAnswered?: OnAnswered;
  /** Told of an answer that had begun and cannot be finished: its head is out, so nobody is told by a status. */
  readonly onBroken?: (error: Error, request: FastifyRequest) => void;
}

/** Told of each request that a handler has answered; it must not fail and not wait. */
export type OnAnswered = (route: Route, context: RequestContext, params: unknown) => void;

export function addRoutes(api: FastifyInstance, routes: readonly Route[], deps: RouteDeps): void {
  const admitted = new WeakMap<FastifyRequest, Admitted>();
  api.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  // JSON is the only body: text/plain is what a form of another site could send without being asked first.
  api.removeContentTypeParser('text/plain');
  const add = (target: FastifyInstance, route: Route): void => {
    target.route({
      method: route.method,
      url: route.url,
      schema: schemaOf(route),
      ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
      serializerCompiler: () => serializerOf(route),
      onRequest: async (request) => {
        admitted.set(request, await admit(deps.gate, route, request));
      },
      handler: handlerOf(route, deps, admitted),
    });
  };
  for (const route of routes) {
    const { rawBody } = route;
    if (rawBody === undefined) add(api, route);
    else {
      // Parsers belong to a scope of fastify: in this one only the raw type is taken, everywhere else it is refused.
      void api.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser(rawBody, { parseAs: 'buffer' }, (_request, body, done) =>
          done(null, body),
        );
        add(scope, route);
      });
    }
  }
  api.get('/openapi.json', { schema: { hide: true } as object }, async () => api.swagger());
}

function handlerOf(
  route: Route,
  deps: RouteDeps,
  admitted: WeakMap<FastifyRequest, Admitted>,
): RouteHandlerMethod {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const who = admitted.get(request);
    if (!who) throw new Error(`${route.method} ${route.url} was reached past its gate`);
    if (route.streams) deps.onStream(reply);
    const params = part(route.schemas.params, request.params);
    const context = createContext(deps.context, who, request, reply);
    const answer = await route.handle({
      params,
      query: part(route.schemas.query, request.query),
      body: route.rawBody || route.schemas.body ? request.body : undefined,
      context,
    });
    deps.onAnswered?.(route, context, params);
    if (answer instanceof Readable) answer.once('error', (error) => deps.onBroken?.(error, request));
    if (reply.sent) return reply;
    return route.streams ? answer : (answer ?? null);
  };
}

/** Unchecked input never reaches a handler: without a schema there is nothing. */
function part(schema: z.ZodType | undefined, value: unknown): unknown {
  return schema ? value : undefined;
}

/**
 * Answers pass through their schema, so that a member nobody declared cannot leave by accident. `parse` and not `encode`: branded
 * ids are one-way transforms, which zod cannot run backwards; their schemas read what they wrote.
 */
function serializerOf(route: Route): (data: unknown) => string {
  return (data) => JSON.stringify(route.schemas.response.parse(data));
}
