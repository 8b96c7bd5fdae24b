import {
  type AnyDraft,
  conflict,
  FALSE_CAUSES,
  type FacilityId,
  type IncidentId,
  invalid,
  newId,
  notFound,
  OUTCOMES,
} from '@keng/model';
import { z } from 'zod';
import type { IncidentService } from '../incidents/index.ts';
import { appendEntries } from '../log/index.ts';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { callerOf } from './caller.ts';

const instant = z.iso.datetime();
const text = (maximum: number) => z.string().trim().min(1).max(maximum);
const line = z.object({ at: instant, text: text(4_000) });

const paperBody = z.object({
  facilityId: z.uuid().transform((id) => id as FacilityId),
  writtenBy: text(200),
  burning: z.boolean(),
  lines: z.array(line).min(1).max(100),
  closed: z
    .object({ at: instant, outcome: z.enum(OUTCOMES), cause: z.enum(FALSE_CAUSES).nullable() })
    .nullable(),
});
type Paper = z.infer<typeof paperBody>;

/** What was written on paper in a power cut, with its true times. */
export function paperRoutes(incidents: IncidentService): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/paper/incidents',
      access: 'shift.write',
      summary: 'An incident that was worked on paper; it rings only when it still burns',
      schemas: { body: paperBody, response: z.object({ incidentId: z.uuid() }) },
      handle: async ({ body, context }) => {
        checkPaper(body, context.now);
        const incidentId = newId<IncidentId>(context.now.getTime());
        await context.transaction(async (client) => {
          const { rowCount } = await client.query(
            'select from facility where world = $1 and id = $2 and removed_at is null',
            [context.world, body.facilityId],
          );
          if (rowCount !== 1) throw notFound('facility', body.facilityId);
          await appendEntries(client, [keyedDraft(context, incidentId, body)], context.now);
        });
        return { incidentId };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/paper/incidents/:id/notes',
      access: 'shift.write',
      summary: 'Lines of paper that belong to an incident the centre knows',
      schemas: {
        params: z.object({ id: z.uuid().transform((id) => id as IncidentId) }),
        body: z.object({ writtenBy: text(200), lines: z.array(line).min(1).max(100) }),
        response: z.object({ incidentId: z.uuid() }),
      },
      handle: async ({ params, body, context }) => {
        for (const { at } of body.lines) checkPast(at, context.now);
        await context.transaction(async (client) => {
          for (const { at, text } of body.lines) {
            const late = { at: new Date(at), text, writtenBy: body.writtenBy };
            await incidents.noteLate(client, callerOf(context), params.id, late);
          }
        });
        return { incidentId: params.id };
      },
    }),
  ];
}

function checkPaper({ burning, closed, lines }: Paper, now: Date): void {
  for (const { at } of lines) checkPast(at, now);
  if (closed === null) return;
  checkPast(closed.at, now);
  if (burning) throw conflict('paper.burning-closed', 'What still burns is not closed.');
  if (lines.some(({ at }) => at > closed.at)) {
    throw invalid('paper.after-end', 'A line is later than the end.', 'closed');
  }
  if ((closed.outcome === 'false') !== (closed.cause !== null)) {
    throw invalid(
      'close.cause-missing',
      'A false alarm is closed with its cause, nothing else has one.',
      'closed',
    );
  }
}

/** @throws Problem `paper.future` */
export function checkPast(at: string, now: Date): void {
  if (Date.parse(at) > now.getTime()) {
    throw invalid('paper.future', 'What was written on paper has happened: its time is past.', 'at');
  }
}

function keyedDraft(context: RequestContext, incidentId: IncidentId, body: Paper): AnyDraft {
  const { world, now, actor } = context;
  const { person, organisation } = callerOf(context);
  return {
    world,
    kind: 'paper.keyed',
    lane: 0,
    subject: incidentId,
    organisation,
    facility: body.facilityId,
    revision: null,
    at: now,
    actor,
    body: { ...body, by: person, incidentId, organisation },
  };
}
