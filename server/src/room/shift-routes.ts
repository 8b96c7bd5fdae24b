import { HANDOVER_KINDS, type OrganisationCode, officer, type ShiftId, type ShiftState } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { callerOf } from './caller.ts';
import type { RoomService } from './service.ts';
import { lastShifts, shiftsBetween } from './shift-store.ts';

const counts = z.object({ incident: z.number(), works: z.number(), link: z.number() });
/** The state as the model defines it; the members named here are what clients of the API look at first. */
const shiftView = z.looseObject({ id: z.uuid(), startedAt: z.string() });
const roomView = z.object({
  organisation: z.string(),
  level: z.enum(['national', 'province', 'station']),
  shift: shiftView.nullable(),
  previous: shiftView.nullable(),
  pending: counts,
  rule: z.object({ officers: z.number(), source: z.string(), official: z.boolean() }),
  colleagues: z.array(z.object({ id: z.string(), name: z.string() })),
});
const pendingItem = z.object({
  kind: z.enum(HANDOVER_KINDS),
  id: z.uuid(),
  label: z.string(),
  place: z.string(),
  facilityId: z.uuid(),
  since: z.string(),
  until: z.string().nullable(),
  number: z.number().nullable(),
});
const empty = z.object({}).nullish();
const officers = z.array(officer).max(64);
const instant = z.iso.datetime().transform((text) => new Date(text));

export function shiftRoutes(room: RoomService): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/shift',
      access: 'shift.read',
      summary: 'Who is on shift at one’s own desk, and what still waits to be taken over',
      schemas: { response: roomView.nullable() },
      evenExpired: true,
      handle: ({ context }) =>
        context.user?.organisation == null
          ? Promise.resolve(null)
          : context.transaction((client) => room.view(client, callerOf(context))),
    }),
    defineRoute({
      method: 'POST',
      url: '/shift',
      access: 'shift.write',
      summary: 'Signs on as leader of the next shift; the one before is over',
      schemas: { body: z.object({ officers, heard: z.boolean() }), response: roomView },
      handle: ({ body, context }) =>
        context.transaction((client) => room.start(client, callerOf(context), body)),
    }),
    defineRoute({
      method: 'POST',
      url: '/shift/crew',
      access: 'shift.write',
      summary: 'Who is on shift beside the leader',
      schemas: { body: z.object({ officers }), response: roomView },
      handle: ({ body, context }) =>
        context.transaction((client) => room.changeCrew(client, callerOf(context), body.officers)),
    }),
    defineRoute({
      method: 'POST',
      url: '/shift/end',
      access: 'shift.write',
      summary: 'The shift is over and nobody follows',
      schemas: { body: empty, response: roomView },
      handle: ({ context }) => context.transaction((client) => room.end(client, callerOf(context))),
    }),
    defineRoute({
      method: 'POST',
      url: '/shift/:id/sign',
      access: 'shift.write',
      summary: 'The outgoing leader signs the handover',
      schemas: {
        params: z.object({ id: z.uuid().transform((text) => text as ShiftId) }),
        body: z.object({ note: z.string().trim().min(1).max(4_000).nullish() }),
        response: roomView,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) => room.sign(client, callerOf(context), params.id, body.note ?? null)),
    }),
    defineRoute({
      method: 'POST',
      url: '/shift/sound-test',
      access: 'shift.write',
      summary: 'Whether the officer heard the test of the sound',
      schemas: { body: z.object({ heard: z.boolean() }), response: roomView },
      handle: ({ body, context }) =>
        context.transaction((client) => room.testSound(client, callerOf(context), body.heard)),
    }),
    defineRoute({
      method: 'POST',
      url: '/shift/sheet-printed',
      access: 'shift.write',
      summary: 'The fallback sheet of this shift is on paper',
      schemas: { body: empty, response: roomView },
      handle: ({ context }) => context.transaction((client) => room.printSheet(client, callerOf(context))),
    }),
    ...handoverRoutes(room),
    ...historyRoutes(),
  ];
}

function handoverRoutes(room: RoomService): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/shift/handover',
      access: 'shift.read',
      summary: 'Open incidents, mutes and dead links of before that this shift has not accepted',
      schemas: { response: z.object({ items: z.array(pendingItem), counts }) },
      handle: ({ context }) => context.transaction((client) => room.pending(client, callerOf(context))),
    }),
    defineRoute({
      method: 'POST',
      url: '/shift/handover',
      access: 'shift.write',
      summary: 'Accepts one item, or the items of a list that was read',
      schemas: {
        body: z.object({
          way: z.enum(['single', 'list']),
          items: z
            .array(z.object({ kind: z.enum(HANDOVER_KINDS), id: z.uuid() }))
            .min(1)
            .max(2_000),
        }),
        response: roomView,
      },
      handle: ({ body, context }) =>
        context.transaction((client) => room.accept(client, callerOf(context), body.way, body.items)),
    }),
  ];
}

function historyRoutes(): Route[] {
  const organisation = z
    .string()
    .min(1)
    .max(64)
    .transform((code) => code as OrganisationCode);
  return [
    defineRoute({
      method: 'GET',
      url: '/shifts',
      access: 'shift.read',
      summary: 'Shifts of a desk: the last ones, or those that were on between two times',
      schemas: {
        query: z.object({
          organisation,
          from: instant.optional(),
          to: instant.optional(),
          limit: z.coerce.number().int().min(1).max(100).default(20),
        }),
        response: z.object({ shifts: z.array(shiftView) }),
      },
      evenExpired: true,
      handle: ({ query, context }) =>
        context.transaction(async (client): Promise<{ shifts: ShiftState[] }> => {
          const { organisation, from, to, limit } = query;
          return {
            shifts:
              from === undefined
                ? await lastShifts(client, context.world, organisation, limit)
                : await shiftsBetween(client, context.world, [organisation], from, to ?? context.now),
          };
        }),
    }),
  ];
}
