import { type AnyEntry, type DeclarationState, declaredFacts, type FacilityState } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../../platform/http/index.ts';
import { facilityIdParam, forReader, handOf, permitReading } from '../calls.ts';
import type { FacilityService } from '../service.ts';
import { decide, declarationsOf, openDeclarations, sendDeclaration } from './declarations.ts';
import { historyOf } from './history.ts';

/** Written by applyDeclaration of the model. */
const declaration = z.custom<DeclarationState>();
const ofFacility = z.object({ id: facilityIdParam });
const ofDeclaration = z.object({ id: z.uuid() });

/** What an owner does with a log-in, and what the police decide about it. */
export function portalRoutes(service: FacilityService): Route[] {
  return [...declarationRoutes(service), ...decisionRoutes(service)];
}

function declarationRoutes(service: FacilityService): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/facilities/:id/declarations',
      access: 'session',
      summary: 'What its owner declared, the newest first, and what became of it',
      schemas: { params: ofFacility, response: z.object({ declarations: z.array(declaration) }) },
      handle: async ({ params, context }) => {
        permitReading(context);
        return context.transaction(async (client) => ({
          declarations: forReader(context, await declarationsOf(client, context.world, params.id, 20)),
        }));
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/facilities/:id/history',
      access: 'session',
      summary:
        'What was done about a facility, its drawings, plan, inspections, declarations and works, newest first',
      schemas: {
        params: ofFacility,
        query: z.object({
          before: z.coerce.number().int().positive().optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: z.object({ entries: z.array(z.custom<AnyEntry>()), next: z.int().nullable() }),
      },
      handle: async ({ params, query, context }) => {
        permitReading(context);
        return context.transaction(async (client) => {
          await service.get(client, context.world, params.id);
          const page = { before: query.before ?? null, limit: query.limit };
          return forReader(context, await historyOf(client, context.world, params.id, page));
        });
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/my/facilities/:id/declarations',
      access: 'facility.own',
      summary:
        'Declares or corrects facts of an own facility; the register changes when the police accept it',
      schemas: {
        params: ofFacility,
        body: z.object({ facts: declaredFacts, note: z.string().max(1_000).default('') }),
        response: declaration,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) => sendDeclaration(client, handOf(context), params.id, body, service)),
    }),
    defineRoute({
      method: 'POST',
      url: '/my/declarations/:id/take-back',
      access: 'facility.own',
      summary: 'Takes back a declaration that nobody has decided',
      schemas: { params: ofDeclaration, body: z.object({}), response: declaration },
      handle: ({ params, context }) =>
        context.transaction((client) =>
          decide(client, handOf(context), params.id, 'declaration.taken-back', {}, service),
        ),
    }),
  ];
}

function decisionRoutes(service: FacilityService): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/declarations',
      access: 'facility.review',
      summary: 'Declarations that wait for a decision, each beside the facility as it stands',
      schemas: {
        response: z.object({
          declarations: z.array(
            z.object({ declaration, facility: z.custom<FacilityState>(), revision: z.int() }),
          ),
        }),
      },
      handle: ({ context }) =>
        context.transaction(async (client) => ({
          declarations: await openDeclarations(client, context.world),
        })),
    }),
    defineRoute({
      method: 'POST',
      url: '/declarations/:id/accept',
      access: 'facility.review',
      summary: 'Accepts a declaration: the register changes',
      schemas: {
        params: ofDeclaration,
        body: z.object({ note: z.string().trim().max(500).default('') }),
        response: declaration,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) =>
          decide(client, handOf(context), params.id, 'declaration.accepted', body, service),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/declarations/:id/refuse',
      access: 'facility.review',
      summary: 'Refuses a declaration, with the reason that its owner reads',
      schemas: {
        params: ofDeclaration,
        body: z.object({ reason: z.string().trim().min(1).max(500) }),
        response: declaration,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) =>
          decide(client, handOf(context), params.id, 'declaration.refused', body, service),
        ),
    }),
  ];
}
