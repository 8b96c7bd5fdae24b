import type { FacilityState } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../../platform/http/index.ts';
import { facilityIdParam, handOf } from '../calls.ts';
import type { FacilityService } from '../service.ts';
import { keepApart, mergeFacilities } from './merge.ts';
import { duplicatesOf, proposeDuplicates } from './propose.ts';
import type { DuplicateReason } from './score.ts';

const ofFacility = z.object({ id: facilityIdParam });
const proposal = z.object({
  points: z.number(),
  reasons: z.array(z.custom<DuplicateReason>()),
  facilities: z.tuple([z.custom<FacilityState>(), z.custom<FacilityState>()]),
});
const because = z.string().trim().min(1).max(500);

/** Duplicates are proposed with their reasons; a person merges them. */
export function duplicateRoutes(service: FacilityService): Route[] {
  const prefix = (): string => service.options.country.country.telephonePrefix;
  return [
    defineRoute({
      method: 'GET',
      url: '/duplicates',
      access: 'facility.review',
      summary: 'Pairs of facilities that may be one, with the reasons; go on with `next` until it is null',
      schemas: {
        query: z.object({
          after: z.string().max(300).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(100),
        }),
        response: z.object({ proposals: z.array(proposal), next: z.string().nullable() }),
      },
      handle: ({ query, context }) =>
        context.transaction((client) =>
          proposeDuplicates(
            client,
            context.world,
            { after: query.after ?? null, limit: query.limit },
            prefix(),
          ),
        ),
    }),
    defineRoute({
      method: 'GET',
      url: '/facilities/:id/duplicates',
      access: 'facility.review',
      summary: 'Facilities that may be the same as this one, with the reasons',
      schemas: { params: ofFacility, response: z.object({ proposals: z.array(proposal) }) },
      handle: ({ params, context }) =>
        context.transaction(async (client) => ({
          proposals: await duplicatesOf(client, context.world, params.id, prefix()),
        })),
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/merge',
      access: 'facility.review',
      summary: 'Takes a duplicate into this facility; the duplicate leaves the register and sends on',
      schemas: {
        params: ofFacility,
        body: z.object({ duplicate: facilityIdParam, because }),
        response: z.object({ id: z.uuid(), revision: z.int() }),
      },
      handle: async ({ params, body, context }) => {
        const { state, revision } = await context.transaction((client) =>
          mergeFacilities(client, handOf(context), { keep: params.id, ...body }, service),
        );
        return { id: state.id, revision };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/keep-apart',
      access: 'facility.review',
      summary: 'These two are two: nobody is asked about them again',
      schemas: {
        params: ofFacility,
        body: z.object({ other: facilityIdParam, because }),
        response: z.object({ apart: z.literal(true) }),
      },
      handle: async ({ params, body, context }) => {
        await context.transaction((client) =>
          keepApart(client, handOf(context), { one: params.id, ...body }, service.options.wallClock()),
        );
        return { apart: true as const };
      },
    }),
  ];
}
