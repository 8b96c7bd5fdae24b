import type { FacilityId, OrganisationCode } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { SYSTEM_WEBHOOK_EVENTS, WEBHOOK_EVENTS } from './webhook-event.ts';
import type { Webhook, Webhooks } from './webhooks.ts';

const EVENTS = [...WEBHOOK_EVENTS, ...SYSTEM_WEBHOOK_EVENTS] as const;

const view = z.object({
  id: z.string(),
  organisation: z.string(),
  facility: z.string().nullable(),
  url: z.string(),
  events: z.array(z.string()),
  createdAt: z.string(),
});
const input = z.object({
  organisation: z
    .string()
    .min(1)
    .max(64)
    .transform((code) => code as OrganisationCode),
  facility: z
    .uuid()
    .transform((id) => id as FacilityId)
    .nullish(),
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  events: z.array(z.enum(EVENTS)).min(1).max(EVENTS.length),
});

export function webhookRoutes(webhooks: Webhooks): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/webhooks',
      access: 'system.read',
      summary: 'Who is told by HTTP about incidents',
      schemas: { response: z.object({ webhooks: z.array(view) }) },
      async handle({ context }) {
        const found = await context.transaction((client) => webhooks.list(client, context.world));
        return { webhooks: found.map(shown) };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/webhooks',
      access: 'system.write',
      summary: 'Register a webhook; the answer holds its secret, once',
      schemas: { body: input, response: view.extend({ secret: z.string() }) },
      async handle({ body, context }) {
        const made = await context.transaction((client) =>
          webhooks.register(client, context, { ...body, facility: body.facility ?? null }),
        );
        return { ...shown(made), secret: made.secret };
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/webhooks/:id',
      access: 'system.write',
      summary: 'Tell this receiver nothing more',
      schemas: { params: z.object({ id: z.uuid() }), response: z.object({ done: z.literal(true) }) },
      async handle({ params, context }) {
        await context.transaction((client) => webhooks.remove(client, context, params.id));
        return { done: true };
      },
    }),
  ];
}

const shown = ({ createdAt, ...webhook }: Webhook) => ({ ...webhook, createdAt: createdAt.toISOString() });
