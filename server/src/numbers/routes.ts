import { Readable } from 'node:stream';
import type { CountryPack } from '@keng/country-vn';
import { FALSE_CAUSES, invalid, MEASURES, OUTCOMES, SIGNAL_FAMILIES } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { alarmNumbers, countedUpTo, facilityNumbers, linkNumbers, timeNumbers } from './ask.ts';
import { CalendarDays } from './day.ts';
import { type Cursor, type ListAsked, listIncidents, listLosses } from './lists.ts';
import { standardsOf } from './standards.ts';
import { isListTable, listLines, sumLines, TABLES } from './tables.ts';

export interface NumberRouteOptions {
  readonly country: Pick<CountryPack, 'country' | 'timers'>;
}

const PAGE = 100;
const MOST_DAYS = 1_100;
const DAYS_BEFORE = 29;
const DAY_MS = 86_400_000;

const period = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  area: z.string().min(1).max(16).optional(),
  category: z.string().min(1).max(64).optional(),
  cause: z.enum(FALSE_CAUSES).optional(),
});
const list = period.extend({
  outcome: z.enum(OUTCOMES).optional(),
  model: z.string().max(100).optional(),
  family: z.enum(SIGNAL_FAMILIES).optional(),
  facility: z.uuid().optional(),
  measure: z.enum(MEASURES).optional(),
  met: z.enum(['late', 'never', 'done']).optional(),
  over: z.coerce.number().int().min(0).max(1_000_000).optional(),
});
const paged = {
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(PAGE),
};

const counted = z.array(z.object({ code: z.string(), incidents: z.number(), false: z.number() }));
const texts = z.object({ vi: z.string(), en: z.string(), ru: z.string(), zh: z.string() });
const standard = z.object({
  code: z.string(),
  seconds: z.number(),
  names: texts,
  source: texts,
  sourceUrl: z.string().nullable(),
  official: z.boolean(),
  note: z.string().nullable(),
});
const overview = z.object({
  from: z.string(),
  to: z.string(),
  /** When the last entries were counted, and how many wait. */
  counted: z.object({ at: z.string().nullable(), behind: z.number() }),
  alarms: z.object({
    outcomes: z.array(z.object({ outcome: z.string(), incidents: z.number() })),
    days: z.array(z.object({ day: z.string(), incidents: z.number(), false: z.number() })),
    causes: counted,
    models: counted,
    families: counted,
    areas: counted,
  }),
  facilities: z.array(z.object({ facility: z.string(), name: z.string().nullable(), false: z.number() })),
  times: z.array(
    z.object({
      measure: z.enum(MEASURES),
      done: z.number(),
      never: z.number(),
      within: z.number(),
      meanSeconds: z.number().nullable(),
      p50: z.number().nullable(),
      p90: z.number().nullable(),
      p98: z.number().nullable(),
      buckets: z.array(z.object({ seconds: z.number(), incidents: z.number() })),
      standards: z.array(standard),
    }),
  ),
  links: z.object({
    lost: z.number(),
    restored: z.number(),
    meanSeconds: z.number().nullable(),
    models: z.array(z.object({ code: z.string(), lost: z.number(), meanSeconds: z.number().nullable() })),
    days: z.array(z.object({ day: z.string(), lost: z.number() })),
  }),
});

/** Numbers of the log: sums, the lists behind them, and both as CSV. What a person may not see is in none of them. */
export function numberRoutes({ country }: NumberRouteOptions): Route[] {
  const { timeZone } = country.country;
  const days = new CalendarDays(timeZone);
  const askedOf = (query: z.infer<typeof list>, now: Date): ListAsked => {
    const to = query.to ?? days.of(now.toISOString());
    const from = query.from ?? new Date(Date.parse(to) - DAYS_BEFORE * DAY_MS).toISOString().slice(0, 10);
    const length = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    if (length < 0) throw invalid('numbers.period-reversed', 'The period ends before it begins.', 'from');
    if (length > MOST_DAYS)
      throw invalid('numbers.period-too-long', `At most ${MOST_DAYS} days at once.`, 'from');
    const { area, category, cause, outcome, model, family, facility, measure, met, over } = query;
    return {
      from,
      to,
      timeZone,
      area: area ?? null,
      category: category ?? null,
      cause: cause ?? null,
      outcome: outcome ?? null,
      model: model ?? null,
      family: family ?? null,
      facility: facility ?? null,
      measure: measure ?? null,
      met: met ?? null,
      overSeconds: over ?? null,
    };
  };
  return [
    defineRoute({
      method: 'GET',
      url: '/numbers',
      access: 'numbers.read',
      summary: 'False alarms, times against their standards and lost links of a period',
      schemas: { query: period, response: overview },
      handle: ({ query, context }) => {
        const asked = askedOf(query, context.now);
        return context.transaction(async (client) => ({
          from: asked.from,
          to: asked.to,
          counted: await countedUpTo(client, context.world),
          alarms: await alarmNumbers(client, context.world, asked),
          facilities: await facilityNumbers(client, context.world, asked),
          times: (await timeNumbers(client, context.world, asked)).map((one) => ({
            ...one,
            standards: standardsOf(country, one.measure),
          })),
          links: await linkNumbers(client, context.world, asked),
        }));
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/numbers/incidents',
      access: 'numbers.read',
      summary: 'The incidents behind a number, the newest first',
      schemas: {
        query: list.extend(paged),
        response: z.object({
          incidents: z.array(z.looseObject({ id: z.string() })),
          next: z.string().nullable(),
        }),
      },
      handle: async ({ query, context }) => {
        const asked = askedOf(query, context.now);
        const after = cursorOf(query.cursor);
        const incidents = await context.transaction((client) =>
          listIncidents(client, context.world, asked, after, query.limit),
        );
        const last = incidents.length === query.limit ? incidents.at(-1) : undefined;
        return { incidents, next: last ? `${last.openedAt}_${last.id}` : null };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/numbers/links',
      access: 'numbers.read',
      summary: 'The lost links behind a number, the newest first',
      schemas: {
        query: list.extend(paged),
        response: z.object({
          losses: z.array(z.looseObject({ transmitter: z.string() })),
          next: z.string().nullable(),
        }),
      },
      handle: async ({ query, context }) => {
        const asked = askedOf(query, context.now);
        const after = cursorOf(query.cursor);
        const losses = await context.transaction((client) =>
          listLosses(client, context.world, asked, after, query.limit),
        );
        const last = losses.length === query.limit ? losses.at(-1) : undefined;
        return { losses, next: last ? `${last.lostAt}_${last.transmitter}` : null };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/numbers/csv',
      access: 'numbers.read',
      summary: 'Any table or list of the numbers as CSV',
      schemas: { query: list.extend({ table: z.enum(TABLES) }), response: z.unknown() },
      streams: true,
      handle: async ({ query, context }) => {
        const asked = askedOf(query, context.now);
        const { table } = query;
        // Before the head of the answer: what fails here is told as a problem, not as half a file.
        const lines = isListTable(table)
          ? listLines(table, asked, pagesOf(context))
          : await context.transaction((client) => sumLines(client, context.world, table, asked));
        context.reply.header('content-type', 'text/csv; charset=utf-8');
        context.reply.header(
          'content-disposition',
          `attachment; filename="keng-${table}-${asked.from}-${asked.to}.csv"`,
        );
        return Readable.from(lines);
      },
    }),
  ];
}

/** Each page is a transaction of its own: whoever reads slowly holds none open. */
function pagesOf({ transaction, world }: RequestContext) {
  return {
    incidents: (asked: ListAsked, after: Cursor | null, limit: number) =>
      transaction((client) => listIncidents(client, world, asked, after, limit)),
    losses: (asked: ListAsked, after: Cursor | null, limit: number) =>
      transaction((client) => listLosses(client, world, asked, after, limit)),
  };
}

const cursor = z.tuple([z.iso.datetime(), z.uuid()]);

function cursorOf(text: string | undefined): Cursor | null {
  if (text === undefined) return null;
  const parsed = cursor.safeParse(text.split('_'));
  if (!parsed.success) throw invalid('request.invalid', 'The cursor is not one of ours.', 'cursor');
  return { at: parsed.data[0], id: parsed.data[1] };
}
