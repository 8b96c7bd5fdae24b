import { OWNER_ANSWERS, type World } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { findLink, type OwnerLink, OwnerPage } from './owner-page.ts';
import { ownerPageView } from './owner-view.ts';
import type { Wording } from './wording.ts';

const params = z.object({ token: z.string().max(200) });
const empty = z.object({}).nullish();
/** Three contacts behind one address look every two seconds; whoever guesses gets no further than that. */
const LOOK = { requests: 180, seconds: 60 };
const ACT = { requests: 30, seconds: 60 };

type Act = (client: PoolClient, world: World, link: OwnerLink, now: Date) => Promise<unknown>;

/** The owner's page: no log-in, the link is the proof. */
export function ownerRoutes(wording: Wording): Route[] {
  const page = new OwnerPage(wording);
  return [
    defineRoute({
      method: 'GET',
      url: '/owner/:token',
      access: 'open',
      summary: 'What happens at the facility, for a contact who was rung',
      limit: LOOK,
      schemas: { params, response: ownerPageView },
      handle: ({ params: { token }, context }) =>
        withLink(context, token, (client, world, link, now) => page.view(client, world, link, now)),
    }),
    defineRoute({
      method: 'POST',
      url: '/owner/:token/answer',
      access: 'open',
      summary: 'The contact says real, false or checking',
      limit: ACT,
      schemas: { params, body: z.object({ answer: z.enum(OWNER_ANSWERS) }), response: ownerPageView },
      handle: ({ params: { token }, body, context }) =>
        withLink(context, token, (client, world, link, now) =>
          page.answer(client, world, link, body.answer, now),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/owner/:token/measures-shown',
      access: 'open',
      summary: 'The first measures are on the screen of the contact',
      limit: ACT,
      schemas: { params, body: empty, response: ownerPageView },
      handle: ({ params: { token }, context }) =>
        withLink(context, token, (client, world, link, now) => page.measuresShown(client, world, link, now)),
    }),
  ];
}

async function withLink(context: RequestContext, token: string, act: Act): Promise<unknown> {
  const { world, now } = context;
  const link = await context.withFacilities([], (client) => findLink(client, token, now));
  return await context.withFacilities([link.facility], (client) => act(client, world, link, now));
}
