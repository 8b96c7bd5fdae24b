import type { FastifyInstance, FastifySchema } from 'fastify';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Route } from './route.ts';

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  at: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  problems: z.array(z.object({ at: z.string(), code: z.string(), detail: z.string() })).optional(),
});

/** OpenAPI 3.1 of all routes, made from the schemas that check them. */
export async function addOpenApi(app: FastifyInstance, version: string): Promise<void> {
  // Carries a YAML library; processes that speak HTTP to nobody do without.
  const { default: swagger } = await import('@fastify/swagger');
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Keng',
        version,
        description:
          'One Keng centre. Errors are problem documents (RFC 9457) whose `code` is stable. Requests that change something repeat the CSRF value of GET /api/session in `x-keng-csrf`.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'keng_session' },
          csrf: { type: 'apiKey', in: 'header', name: 'x-keng-csrf' },
        },
      },
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { override: describeBrands } }),
  });
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

/**
 * Ids are checked strings with a transform that only changes their type: zod cannot know what a transform returns and would
 * describe it as anything, so its input stands for it.
 */
const describeBrands: Override = (context) => {
  const { def } = context.zodSchema._zod;
  if (def.type !== 'pipe' || def.out._zod.def.type !== 'transform') return;
  const { $schema: _, ...described } = z.toJSONSchema(def.in, { io: 'input', unrepresentable: 'any' });
  Object.assign(context.jsonSchema, described);
};

/** What fastify gets of a route: the schemas, and what the document says of it. */
export function schemaOf(route: Route): FastifySchema & Record<string, unknown> {
  const { params, query, body, response } = route.schemas;
  const security =
    route.access === 'open' ? [] : route.method === 'GET' ? [{ session: [] }] : [{ session: [], csrf: [] }];
  return {
    summary: route.summary,
    tags: [route.url.split('/')[1] ?? ''],
    security,
    ...(route.access === 'open' || route.access === 'session'
      ? {}
      : { description: `Needs \`${route.access}\`.` }),
    ...(route.rawBody ? { consumes: [route.rawBody] } : {}),
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(body ? { body } : {}),
    ...(route.streams ? {} : { response: { 200: response, '4xx': problemSchema, '5xx': problemSchema } }),
  };
}
