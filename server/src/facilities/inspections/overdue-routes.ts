import { z } from 'zod';
import { defineRoute, type Route } from '../../platform/http/index.ts';
import { dayOf } from './duty-rules.ts';
import { OVERDUE_KINDS, type OverdueItem, overdue } from './overdue.ts';
import { overdueCsv } from './overdue-csv.ts';
import type { SafetyRoutesDeps } from './routes.ts';

const filter = z.object({
  kind: z.enum(OVERDUE_KINDS),
  area: z.string().max(16).optional(),
  organisation: z.string().max(64).optional(),
  category: z.string().max(64).optional(),
});
const overdueItem = z.custom<OverdueItem>();
/** Rows of the CSV: whoever has more narrows the list first. */
const MOST_CSV_ROWS = 10_000;

/** What is overdue, for the screen and as a file. */
export function overdueRoutes({ facts }: SafetyRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/inspections/overdue',
      access: 'inspection.read',
      summary: 'What is overdue, longest first: self-inspections, inspections, or findings',
      schemas: {
        query: filter.extend({
          cursor: z.string().max(100).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: z.object({
          items: z.array(overdueItem),
          next: z.string().nullable(),
          today: z.string(),
        }),
      },
      handle: ({ query, context }) =>
        context.transaction(async (client) => {
          const today = dayOf(context.now, facts.timeZone);
          return { ...(await overdue(client, context.world, { ...query, today })), today };
        }),
    }),
    defineRoute({
      method: 'GET',
      url: '/inspections/overdue.csv',
      access: 'inspection.read',
      summary: `The same as CSV, at most ${MOST_CSV_ROWS} rows`,
      schemas: { query: filter, response: z.unknown() },
      streams: true,
      handle: async ({ query, context }) => {
        const today = dayOf(context.now, facts.timeZone);
        const { items } = await context.transaction((client) =>
          overdue(client, context.world, { ...query, today, limit: MOST_CSV_ROWS }),
        );
        context.reply.header('content-type', 'text/csv; charset=utf-8');
        context.reply.header(
          'content-disposition',
          `attachment; filename="overdue-${query.kind}-${today}.csv"`,
        );
        return overdueCsv(items);
      },
    }),
  ];
}
