import {
  type AnyEntry,
  type DeviceState,
  type FacilityId,
  type FacilityState,
  facilityBody,
  type World,
} from '@keng/model';
import { z } from 'zod';
import { archivedMark } from '../log/index.ts';
import { defineRoute, type Route } from '../platform/http/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { handOf, permitReading } from './calls.ts';
import type { StoredFacility } from './change.ts';
import { duplicateRoutes } from './duplicates/routes.ts';
import { facilityInput } from './facility-input.ts';
import { tableRoutes } from './import/routes.ts';
import { dutyFacts } from './inspections/duty-rules.ts';
import { safetyRoutes } from './inspections/routes.ts';
import { listFacilities, mapFacilities } from './list.ts';
import { planRoutes } from './plans/routes.ts';
import { portalRoutes } from './portal/routes.ts';
import type { FacilityService } from './service.ts';
import { signalsOf } from './signals.ts';
import { KEY_BITS, KEY_FORMS, makeTransmitterKey, readTransmitterKey } from './transmitter-key.ts';
import { Workshop } from './workshop/workshop.ts';

/** `lastHeardAt` is null for what never said anything. */
type DeviceHealth = DeviceState & { readonly lastHeardAt: string | null };

export interface FacilityRoutesDeps {
  readonly service: FacilityService;
  /** Health of the transmitters of a facility, from the module that hears them. */
  readonly healthOf: (
    client: PoolClient,
    world: World,
    facility: FacilityId,
  ) => Promise<readonly DeviceHealth[]>;
}

const id = z.uuid().transform((text) => text as FacilityId);
const one = z.object({ id });
const codeOf = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w.-]+$/);
const transmitterId = facilityBody.shape.transmitters.element.shape.id;
const listItem = z.object({
  id,
  reference: z.string().nullable(),
  name: z.string(),
  address: z.string(),
  areaCode: z.string(),
  communeName: z.string().nullable(),
  category: z.string(),
  managingLevel: z.enum(['province', 'commune']),
  organisation: z.string(),
  position: z.tuple([z.number(), z.number()]).nullable(),
  contacts: z.int(),
  transmitters: z.int(),
  synthetic: z.boolean(),
});
const facility = facilityBody.extend({
  id,
  registeredAt: z.string(),
  changedAt: z.string(),
  removedAt: z.string().nullable(),
  /** It was a duplicate of this one: go there. */
  mergedInto: z.string().optional(),
  /** Give it back with a change, so that nobody's change is overwritten unseen. */
  revision: z.int(),
});
/** Written by applyDevice of the model; when it was last heard by whoever hears it. */
const health = z.custom<DeviceHealth>();
export function facilityRoutes(deps: FacilityRoutesDeps): Route[] {
  const { service } = deps;
  const { country, wallClock } = service.options;
  const workshop = new Workshop();
  return [
    ...tableRoutes(service, workshop),
    ...readingRoutes(deps),
    ...writingRoutes(service),
    ...planRoutes({ workshop, wallClock }),
    ...safetyRoutes({ facts: dutyFacts(country), wallClock }),
    ...portalRoutes(service),
    ...duplicateRoutes(service),
  ];
}

function readingRoutes({ service, healthOf }: FacilityRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/facilities',
      // Owners list their own: row-level security shows nothing else.
      access: 'session',
      summary: 'Facilities by name; search without marks over name, address, number, account and telephone',
      schemas: {
        query: z.object({
          search: z.string().max(200).optional(),
          area: codeOf(16).optional(),
          category: codeOf(64).optional(),
          organisation: codeOf(64).optional(),
          cursor: z.string().max(2_000).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: z.object({ facilities: z.array(listItem), next: z.string().nullable() }),
      },
      handle: async ({ query, context }) => {
        permitReading(context);
        return context.transaction((client) => listFacilities(client, context.world, query));
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/facilities/map',
      access: 'facility.read',
      summary: 'All facilities with a position, in short: [id, longitude, latitude, category, name]',
      schemas: {
        query: z.object({
          after: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(100_000).default(25_000),
        }),
        response: z.object({
          facilities: z.array(z.tuple([z.string(), z.number(), z.number(), z.string(), z.string()])),
          next: z.string().nullable(),
        }),
      },
      // The database writes this JSON, and reading it again for the schema would cost more than the query.
      streams: true,
      handle: async ({ query, context }) => {
        const { json } = await context.transaction((client) =>
          mapFacilities(client, context.world, { after: query.after ?? null, limit: query.limit }),
        );
        context.reply.header('content-type', 'application/json; charset=utf-8');
        return json;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/facilities/:id',
      access: 'session',
      summary: 'One facility with the health of its transmitters',
      schemas: { params: one, response: facility.extend({ health: z.array(health) }) },
      handle: async ({ params, context }) => {
        permitReading(context);
        return context.transaction(async (client) => ({
          ...viewOf(await service.get(client, context.world, params.id)),
          health: await healthOf(client, context.world, params.id),
        }));
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/facilities/:id/signals',
      access: 'session',
      summary: 'What its transmitters said, newest first',
      schemas: {
        params: one,
        query: z.object({
          before: z.coerce.number().int().positive().optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: z.object({
          entries: z.array(z.custom<AnyEntry>()),
          next: z.int().nullable(),
          /** Signals from before may stand in archive files only; null: all are here. */
          archivedBefore: z.string().nullable(),
        }),
      },
      handle: async ({ params, query, context }) => {
        permitReading(context);
        return context.transaction(async (client) => {
          const { state } = await service.get(client, context.world, params.id);
          const mark = await archivedMark(client, context.world);
          const page = { world: context.world, before: query.before ?? null, limit: query.limit };
          return { ...(await signalsOf(client, state, page)), archivedBefore: mark?.at ?? null };
        });
      },
    }),
  ];
}

function writingRoutes(service: FacilityService): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/facilities',
      access: 'facility.write',
      summary: 'Registers a facility',
      schemas: { body: facilityInput, response: facility },
      handle: async ({ body, context }) =>
        viewOf(await context.transaction((client) => service.register(client, handOf(context), body))),
    }),
    defineRoute({
      method: 'PUT',
      url: '/facilities/:id',
      access: 'facility.write',
      summary: 'Changes a facility; with `revision` only if nobody else has in between',
      schemas: {
        params: one,
        body: facilityInput.extend({ revision: z.int().positive().optional() }),
        response: facility,
      },
      handle: async ({ params, body: { revision, ...input }, context }) =>
        viewOf(
          await context.transaction((client) =>
            service.change(client, handOf(context), params.id, input, revision ?? null),
          ),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/remove',
      access: 'facility.write',
      summary: 'Takes a facility off the register; its history stays, its accounts are free',
      schemas: { params: one, body: z.object({ reason: z.string().min(1).max(500) }), response: facility },
      handle: async ({ params, body, context }) =>
        viewOf(
          await context.transaction((client) =>
            service.remove(client, handOf(context), params.id, body.reason),
          ),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/transmitters/:transmitterId/key',
      access: 'device.key',
      summary: 'Sets the AES key of a transmitter, or takes it away with null; nobody can read it back',
      schemas: {
        params: z.object({ id, transmitterId }),
        body: z.object({ key: z.string().max(64).nullable(), form: z.enum(KEY_FORMS) }),
        response: facility,
      },
      handle: async ({ params, body, context }) => {
        const key = body.key === null ? null : readTransmitterKey(body.key, body.form);
        return viewOf(
          await context.transaction((client) =>
            service.setKey(client, handOf(context), params.id, params.transmitterId, key),
          ),
        );
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/transmitters/:transmitterId/key/make',
      access: 'device.key',
      summary:
        'Makes up a key for a transmitter and sets it; this answer is the only place where it is ever shown',
      schemas: {
        params: z.object({ id, transmitterId }),
        body: z.object({ bits: z.union(KEY_BITS.map((bits) => z.literal(bits))) }),
        response: z.object({ key: z.string().describe('hex digits'), facility }),
      },
      handle: async ({ params, body, context }) => {
        const key = makeTransmitterKey(body.bits);
        const stored = await context.transaction((client) =>
          service.setKey(client, handOf(context), params.id, params.transmitterId, key),
        );
        return { key: Buffer.from(key.bytes).toString('hex').toUpperCase(), facility: viewOf(stored) };
      },
    }),
  ];
}

const viewOf = ({ state, revision }: StoredFacility): FacilityState & { revision: number } => ({
  ...state,
  revision,
});
