import { type ContactId, type FacilityId, notFound } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import type { Pool } from '../platform/index.ts';
import { askErasure, type By, confirmErasure, type Erasure, listErasures, refuseErasure } from './service.ts';
import { formerContacts } from './store.ts';

export interface ErasureDeps {
  /** As keng_eraser: the only role that may replace the body of an entry. */
  readonly eraserPool: Pool;
}

const view = z.object({
  id: z.string(),
  facility: z.string(),
  facilityName: z.string(),
  contact: z.string(),
  /** While it waits: who decides has to know of whom. Afterwards nobody does. */
  contactName: z.string().nullable(),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: z.string(),
  /** Asked by the reader: somebody else confirms. */
  own: z.boolean(),
  status: z.enum(['asked', 'refused', 'done']),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  entries: z.int().nullable(),
});

const idParams = z.object({ id: z.uuid() });

/** A person leaves the log: asked by one, confirmed by another. */
export function erasureRoutes({ eraserPool }: ErasureDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/erasures',
      access: 'personal.erase',
      summary: 'Erasures that were asked for, refused and done',
      schemas: { response: z.object({ erasures: z.array(view) }) },
      handle: async ({ context }) => {
        const found = await context.transaction((client) => listErasures(client, context.world));
        return { erasures: found.map((one) => viewOf(one, context)) };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/erasures/people',
      access: 'personal.erase',
      summary: 'Who once was a contact of a facility and is no more: of whom an erasure may be asked for',
      schemas: {
        query: z.object({ facility: z.uuid() }),
        response: z.object({
          people: z.array(z.object({ id: z.string(), name: z.string(), telephone: z.string() })),
        }),
      },
      handle: async ({ query, context }) => ({
        // A uuid as the schema checked it; the brand exists for the compiler only.
        people: await context.transaction((client) =>
          formerContacts(client, context.world, query.facility as FacilityId),
        ),
      }),
    }),
    defineRoute({
      method: 'POST',
      url: '/erasures',
      access: 'personal.erase',
      summary: 'Ask for the erasure of a former contact of a facility, with the reason',
      schemas: {
        body: z.object({
          facility: z.uuid(),
          contact: z.uuid(),
          reason: z.string().trim().min(10).max(1_000),
        }),
        response: view,
      },
      handle: async ({ body, context }) =>
        await context.transaction(async (client) => {
          // Uuids as the schema checked them; the brand exists for the compiler only.
          const facility = body.facility as FacilityId;
          const contact = body.contact as ContactId;
          return viewOf(await askErasure(client, byOf(context), facility, contact, body.reason), context);
        }),
    }),
    defineRoute({
      method: 'POST',
      url: '/erasures/:id/decide',
      access: 'personal.erase',
      summary: 'The second person: erase for good, or refuse',
      schemas: { params: idParams, body: z.object({ erase: z.boolean() }), response: view },
      handle: async ({ params, body, context }) => {
        // The eraser sees all organisations; whether this one is the asker's to decide is asked as the asker.
        const seen = await context.transaction((client) => listErasures(client, context.world));
        if (!seen.some((one) => one.id === params.id)) throw notFound('erasure', params.id);
        const by = byOf(context);
        const decided = body.erase
          ? await confirmErasure(eraserPool, by, params.id)
          : await context.transaction((client) => refuseErasure(client, by, params.id));
        return viewOf(decided, context);
      },
    }),
  ];
}

function byOf(context: RequestContext): By {
  const { world, now, actor, user } = context;
  if (!user) throw new Error('a route that needs a session was reached without one');
  return { world, now, actor, id: user.id, name: user.name };
}

function viewOf(one: Erasure, context: RequestContext): z.infer<typeof view> {
  return {
    id: one.id,
    facility: one.facility,
    facilityName: one.facility_name,
    contact: one.contact,
    contactName: one.contact_name,
    reason: one.reason,
    askedBy: one.asked_by_name,
    askedAt: one.asked_at.toISOString(),
    own: one.asked_by === context.user?.id,
    status: one.status,
    decidedBy: one.decided_by_name,
    decidedAt: one.decided_at?.toISOString() ?? null,
    entries: one.entries,
  };
}
