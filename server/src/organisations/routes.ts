import { LEVELS } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { readOrganisations } from './store.ts';

const name = z.object({ vi: z.string(), en: z.string(), ru: z.string(), zh: z.string() });

const organisation = z.object({
  code: z.string(),
  level: z.enum(LEVELS),
  parent: z.string().nullable(),
  name,
  areaCode: z.string().nullable(),
  position: z.array(z.number()).length(2).nullable(),
  synthetic: z.boolean(),
});

export function organisationRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/organisations',
      access: 'session',
      summary: 'The tree of desks and stations; their names are known to everybody who works with them',
      schemas: { response: z.object({ organisations: z.array(organisation) }) },
      handle: async ({ context }) => ({
        organisations: await context.transaction((client) => readOrganisations(client, context.world)),
      }),
    }),
  ];
}
