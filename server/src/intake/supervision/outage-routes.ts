import { type OutageState, type PersonRef, Problem } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../../platform/http/index.ts';
import { changeOutage, type OutageStep, readClosedOutages, readOpenOutages } from './outage-store.ts';

/** Closed ones stay on the screen for so long. */
const CLOSED_SHOWN_MS = 86_400_000;

const outage = z.custom<OutageState>();
const byId = z.object({ id: z.uuid() });

/** Outages of areas and carriers: the desk sees them, takes them over and ends them. */
export function outageRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/outages',
      access: 'device.read',
      summary: 'Areas and carriers of which many links were lost at once: open ones, and those closed today',
      evenExpired: true,
      schemas: { response: z.object({ open: z.array(outage), closed: z.array(outage) }) },
      handle: ({ context }) =>
        context.transaction(async (client) => ({
          open: await readOpenOutages(client, context.world),
          closed: await readClosedOutages(
            client,
            context.world,
            new Date(context.now.getTime() - CLOSED_SHOWN_MS),
          ),
        })),
    }),
    defineRoute({
      method: 'POST',
      url: '/outages/:id/accept',
      access: 'incident.accept',
      summary: 'The desk has seen it and is looking after it',
      schemas: { params: byId, response: outage },
      handle: ({ params, context }) =>
        step(context, params.id, (state, by) =>
          state.acceptedBy === null ? { kind: 'outage.accepted', body: { outageId: state.id, by } } : null,
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/outages/:id/close',
      access: 'incident.accept',
      summary: 'Ends it: what is lost from now on is a new thing',
      schemas: { params: byId, body: z.object({ note: z.string().trim().max(500) }), response: outage },
      handle: ({ params, body, context }) =>
        step(context, params.id, (state, by) => {
          // Most of its links are still lost: then somebody has to say why it is over.
          if (state.endProposedAt === null && body.note === '')
            throw new Problem(422, 'outage.note-missing', 'Links are still lost: say why it ends.', {
              at: 'note',
            });
          return { kind: 'outage.closed', body: { outageId: state.id, by, note: body.note } };
        }),
    }),
  ];
}

async function step(
  context: RequestContext,
  id: string,
  rule: (state: OutageState, by: PersonRef) => OutageStep | null,
): Promise<OutageState> {
  const { user } = context;
  if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
  const by = { id: user.id, name: user.name };
  return await context.transaction((client) =>
    changeOutage(
      client,
      context.world,
      id,
      context.now,
      { kind: 'user', id: user.id, name: user.name },
      (state) => {
        if (state.status === 'closed') throw new Problem(409, 'outage.closed', 'It has been ended already.');
        return rule(state, by);
      },
    ),
  );
}
