import { Problem, type WorksState } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { worksOfFacilities } from './store.ts';

/** Every member is named: the officers who planned and called back are not among them. */
export const ownWorks = z.object({
  id: z.string(),
  facilityId: z.string(),
  transmitterId: z.string(),
  zones: z.array(z.string()).readonly(),
  from: z.string(),
  until: z.string(),
  reason: z.string(),
  requestedBy: z.string().nullable(),
  purpose: z.literal('test').optional(),
  calledBack: z.object({ contactName: z.string(), at: z.string() }).nullable(),
  mutedSignals: z.number(),
});

/** For an owner: what is silent at their facilities, and until when. */
export const ownWorksRoute: Route = defineRoute({
  method: 'GET',
  url: '/my/works',
  access: 'facility.own',
  summary: "Planned works of one's own facilities that have not ended",
  schemas: { response: z.object({ works: z.array(ownWorks) }) },
  handle: ({ context: { world, user, withFacilities } }) => {
    if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
    return withFacilities(user.facilities, async (client) => ({
      works: (await worksOfFacilities(client, world, user.facilities)).map(viewOf),
    }));
  },
});

export function viewOf(works: WorksState): z.infer<typeof ownWorks> {
  const { calledBack } = works;
  return {
    ...works,
    calledBack: calledBack && { contactName: calledBack.contactName, at: calledBack.at },
  };
}
