import { type OrganisationCode, type RaisedRightsState, REVIEW_OUTCOMES, ROLES } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { signedOn } from './asked.ts';
import {
  endRaisedRights,
  listRaisedRights,
  RAISABLE_ROLES,
  RAISE_MINUTES,
  raiseRights,
  reviewRaisedRights,
} from './raised-rights.ts';

const view = z.object({
  id: z.string(),
  user: z.object({ id: z.string(), name: z.string() }),
  organisation: z.string().nullable(),
  target: z.string(),
  role: z.enum(ROLES).nullable(),
  reason: z.string(),
  from: z.string(),
  until: z.string(),
  endedAt: z.string().nullable(),
  review: z
    .object({ outcome: z.enum(REVIEW_OUTCOMES), note: z.string(), by: z.string(), at: z.string() })
    .nullable(),
});

const idParams = z.object({ id: z.uuid() });
const asked = ({ world, now, actor }: RequestContext) => ({ world, now, actor });
const code = z
  .string()
  .min(1)
  .max(64)
  .transform((text) => text as OrganisationCode);

/** Break-glass: raised by oneself, told to others, reviewed by somebody else. */
export function raisedRightsRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/raised-rights',
      access: 'rights.review',
      summary: 'Rights that were raised in one’s organisations: what waits for a review first',
      schemas: { response: z.object({ raised: z.array(view) }) },
      handle: async ({ context }) => ({
        raised: await context.transaction((client) => listRaisedRights(client, context.world)),
      }),
    }),
    defineRoute({
      method: 'POST',
      url: '/raised-rights',
      access: 'rights.raise',
      summary: 'Break-glass: see another place, and act there, for a while, with a reason',
      limit: { requests: 30, seconds: 60 },
      schemas: {
        body: z.object({
          target: code,
          role: z.enum(RAISABLE_ROLES).nullable(),
          reason: z.string().trim().min(10).max(1_000),
          minutes: z.int().min(RAISE_MINUTES.least).max(RAISE_MINUTES.most),
        }),
        response: view,
      },
      handle: async ({ body, context }): Promise<RaisedRightsState> =>
        await context.transaction((client) => raiseRights(client, asked(context), signedOn(context), body)),
    }),
    defineRoute({
      method: 'POST',
      url: '/raised-rights/:id/end',
      access: 'session',
      summary: 'Give raised rights back before their time; or end somebody else’s',
      schemas: { params: idParams, response: view },
      handle: async ({ params, context }): Promise<RaisedRightsState> =>
        await context.transaction((client) =>
          endRaisedRights(client, asked(context), signedOn(context), params.id),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/raised-rights/:id/review',
      access: 'rights.review',
      summary: 'Say whether rights that somebody else raised were justified',
      schemas: {
        params: idParams,
        body: z
          .object({ outcome: z.enum(REVIEW_OUTCOMES), note: z.string().trim().max(1_000) })
          .refine(({ outcome, note }) => outcome === 'justified' || note !== '', {
            path: ['note'],
            error: 'needed where the rights were not justified',
          }),
        response: view,
      },
      handle: async ({ params, body, context }): Promise<RaisedRightsState> =>
        await context.transaction((client) =>
          reviewRaisedRights(client, asked(context), signedOn(context), params.id, body),
        ),
    }),
  ];
}
