import {
  type ContactId,
  FALSE_CAUSES,
  type FacilityId,
  type IncidentId,
  type OrganisationCode,
  OUTCOMES,
  OWNER_ANSWERS,
  Problem,
  STATION_STATES,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import {
  type Access,
  defineRoute,
  type RequestContext,
  type Route,
  streamParts,
} from '../platform/http/index.ts';
import type { Caller, IncidentService } from './service.ts';
import { deskSnapshot } from './snapshot.ts';
import { incidentsOfFacility } from './store.ts';

const id = <Id>() => z.uuid().transform((text) => text as Id);
const params = z.object({ id: id<IncidentId>() });
const text = (maximum: number) => z.string().trim().min(1).max(maximum);
const empty = z.object({}).nullish();

/** The state as the model defines it; the members named here are what clients of the API look at first. */
const incidentView = z.looseObject({
  id: z.uuid(),
  number: z.number(),
  status: z.enum(['open', 'closed']),
  confidence: z.enum(['single', 'confirmed']),
  entries: z.number(),
});
const entryView = z.looseObject({ position: z.number(), kind: z.string(), at: z.string() });
const snapshotView = z.object({
  position: z.number(),
  now: z.string(),
  open: z.number(),
  closed: z.number(),
  refused: z.array(entryView),
  works: z.array(z.looseObject({ id: z.uuid() })),
  silent: z.array(
    z.object({
      organisation: z.string(),
      since: z.string(),
      reason: z.string().optional(),
      level: z.string().optional(),
    }),
  ),
  /** Control rooms where nobody answered a duty check and that nobody looks after yet. */
  absences: z.array(z.object({ id: z.uuid(), facilityId: z.uuid(), at: z.string() })),
  setAside: z.number(),
  incidents: z.array(incidentView),
});

const reportBody = z.object({ state: z.enum(STATION_STATES), note: text(2_000).nullish() });
const answerBody = z.object({
  contactId: id<ContactId>().nullish(),
  name: text(200),
  answer: z.enum(OWNER_ANSWERS),
});
const dispatchBody = z.object({
  resources: z
    .array(z.object({ type: text(64), count: z.number().int().positive().max(999) }))
    .min(1)
    .max(32)
    .optional(),
  station: text(64)
    .transform((code) => code as OrganisationCode)
    .optional(),
});
const closeBody = z.object({
  outcome: z.enum(OUTCOMES),
  cause: z.enum(FALSE_CAUSES).nullish(),
  note: text(4_000).nullish(),
});

type Act<Body> = (client: PoolClient, caller: Caller, id: IncidentId, body: Body) => Promise<unknown>;

/** A route by which a person does something to one incident: all answer with its new state. */
function action<Schema extends z.ZodType>(
  name: string,
  access: Access,
  summary: string,
  body: Schema,
  act: Act<z.infer<Schema>>,
): Route {
  return defineRoute({
    method: 'POST',
    url: `/incidents/:id/${name}`,
    access,
    summary,
    schemas: { params, body, response: incidentView },
    handle: (call) =>
      call.context.transaction((client) =>
        // The server parsed the body with this very schema.
        act(client, callerOf(call.context), call.params.id, call.body as z.infer<Schema>),
      ),
  });
}

export function incidentRoutes({ incidents }: { readonly incidents: IncidentService }): Route[] {
  return [...readRoutes(incidents), ...deskRoutes(incidents), ...stationRoutes(incidents)];
}

function readRoutes(incidents: IncidentService): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/desk/snapshot',
      access: 'desk.read',
      summary: 'Everything a desk shows, and the position from which the feed goes on',
      schemas: { response: snapshotView },
      streams: true,
      evenExpired: true,
      handle: ({ context }) => {
        context.reply.header('content-type', 'application/json; charset=utf-8');
        return streamParts((take) =>
          context.transaction((client) => deskSnapshot(client, context.world, context.now, take)),
        );
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/incidents',
      access: 'desk.read',
      summary: 'Incidents of a facility, newest first; `next` is the `before` of the next page',
      schemas: {
        query: z.object({
          facility: z.uuid().transform((text) => text as FacilityId),
          before: z.coerce.number().int().min(1).optional(),
          limit: z.coerce.number().int().min(1).max(100).default(20),
        }),
        response: z.object({ incidents: z.array(incidentView), next: z.number().nullable() }),
      },
      handle: ({ query, context }) =>
        context.transaction((client) =>
          incidentsOfFacility(client, context.world, query.facility, query.before ?? null, query.limit),
        ),
    }),
    defineRoute({
      method: 'GET',
      url: '/incidents/:id',
      access: 'desk.read',
      summary: 'One incident',
      schemas: { params, response: incidentView },
      evenExpired: true,
      handle: ({ params, context }) =>
        context.transaction((client) => incidents.read(client, callerOf(context), params.id)),
    }),
    defineRoute({
      method: 'GET',
      url: '/incidents/:id/chronology',
      access: 'desk.read',
      summary: 'What happened and who did it, in order',
      schemas: {
        params,
        query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
        response: z.object({
          entries: z.array(entryView),
          next: z.number().nullable(),
          /** How many of its first entries stand in archive files only. */
          archived: z.number(),
        }),
      },
      evenExpired: true,
      handle: ({ params, query, context }) =>
        context.transaction((client) =>
          incidents.chronology(client, callerOf(context), params.id, query.after),
        ),
    }),
  ];
}

function deskRoutes(incidents: IncidentService): Route[] {
  const claimBody = z.object({ takeOver: z.boolean().default(false) }).default({ takeOver: false });
  return [
    action(
      'claim',
      'incident.claim',
      'Takes an incident to work on',
      claimBody,
      (client, caller, one, { takeOver }) => incidents.claim(client, caller, one, takeOver),
    ),
    action('release', 'incident.claim', 'Gives an incident back', empty, (client, caller, one) =>
      incidents.release(client, caller, one),
    ),
    action('accept', 'incident.accept', 'The desk accepts', empty, (client, caller, one) =>
      incidents.acceptAtDesk(client, caller, one),
    ),
    action(
      'owner-answer',
      'incident.verify',
      'Writes down what the facility said by telephone',
      answerBody,
      (client, caller, one, body) =>
        incidents.writeOwnerAnswer(client, caller, one, { ...body, contactId: body.contactId ?? null }),
    ),
    action('confirm', 'incident.verify', 'The desk itself confirms the fire', empty, (client, caller, one) =>
      incidents.confirm(client, caller, one),
    ),
    action(
      'dispatch',
      'incident.dispatch',
      'Confirms the dispatch',
      dispatchBody,
      (client, caller, one, body) =>
        incidents.dispatch(client, caller, one, {
          ...(body.resources === undefined ? {} : { resources: body.resources }),
          ...(body.station === undefined ? {} : { station: body.station }),
        }),
    ),
    action(
      'note',
      'incident.note',
      'Adds a note',
      z.object({ text: text(4_000) }),
      (client, caller, one, body) => incidents.note(client, caller, one, body.text),
    ),
    action('close', 'incident.close', 'Closes with an outcome', closeBody, (client, caller, one, body) =>
      incidents.close(client, caller, one, {
        outcome: body.outcome,
        cause: body.cause ?? null,
        note: body.note ?? null,
      }),
    ),
  ];
}

function stationRoutes(incidents: IncidentService): Route[] {
  return [
    action('station-accept', 'incident.station', 'The station accepts', empty, (client, caller, one) =>
      incidents.acceptAtStation(client, caller, one),
    ),
    action(
      'station-report',
      'incident.station',
      'The station reports',
      reportBody,
      (client, caller, one, body) =>
        incidents.reportFromStation(client, caller, one, { state: body.state, note: body.note ?? null }),
    ),
  ];
}

function callerOf({ world, now, actor, user }: RequestContext): Caller {
  if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
  return { world, now, actor, person: { id: user.id, name: user.name }, organisation: user.organisation };
}
