import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { PERSONAL_READS } from './personal-reads.ts';
import { noteReading } from './routes.ts';

const view = z.object({
  at: z.string(),
  user: z.object({ id: z.string(), name: z.string() }),
  organisation: z.string().nullable(),
  /** `lost`: so many readings could not be kept. */
  what: z.string(),
  subject: z.string().nullable(),
  /** Its name as the register has it now, where it is a facility. */
  subjectName: z.string().nullable(),
  remote: z.string(),
  times: z.int(),
});

interface Row {
  readonly at: Date;
  readonly user_id: string;
  readonly user_name: string;
  readonly organisation: string | null;
  readonly what: string;
  readonly subject: string | null;
  readonly subject_name: string | null;
  readonly remote: string;
  readonly times: number;
}

/** Who read what about people; who asks this is written down in the log. */
export function readRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/reads',
      access: 'log.read',
      summary: 'Who read what about people, the newest first',
      schemas: {
        query: z.object({
          user: z.string().max(100).optional(),
          subject: z.string().max(64).optional(),
          what: z.enum(PERSONAL_READS).optional(),
          before: z.iso.datetime().optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: z.object({ reads: z.array(view), next: z.string().nullable() }),
      },
      handle: async ({ query, context }) => {
        const { rows } = await context.transaction((client) =>
          client.query<Row>(
            `select r.at, r.user_id, r.user_name, r.organisation, r.what, r.subject, f.name as subject_name, r.remote, r.times
             from read_record r left join facility f on f.world = r.world and f.id::text = r.subject
             where r.world = $1 and r.at < $2 and ($3::text is null or position(lower($3) in lower(r.user_name)) > 0)
               and ($4::text is null or r.subject = $4) and ($5::text is null or r.what = $5)
             order by r.at desc limit $6`,
            [
              context.world,
              query.before ?? 'infinity',
              query.user ?? null,
              query.subject ?? null,
              query.what ?? null,
              query.limit,
            ],
          ),
        );
        const asked = [query.user && 'of one person', query.subject && 'of one thing', query.what].filter(
          Boolean,
        );
        await noteReading(context, `reads ${asked.join(', ')}`.trim());
        return {
          reads: rows.map((row) => ({
            at: row.at.toISOString(),
            user: { id: row.user_id, name: row.user_name },
            organisation: row.organisation,
            what: row.what,
            subject: row.subject,
            subjectName: row.subject_name,
            remote: row.remote,
            times: row.times,
          })),
          next: rows.length === query.limit ? (rows.at(-1)?.at.toISOString() ?? null) : null,
        };
      },
    }),
  ];
}
