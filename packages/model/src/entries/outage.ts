import { z } from 'zod';
import { define, instant, person } from './common.ts';

/** What the lost links have in common. */
export const outageGroup = z.object({
  /** Code of the province; null: of all. */
  area: z.string().max(16).nullable(),
  /** Of the network; null: of all. */
  carrier: z.string().max(32).nullable(),
});
export type OutageGroup = z.infer<typeof outageGroup>;

const count = z.int().min(0);
const outageId = z.uuid();

/**
 * Many links of one area or one carrier lost at once: one thing for the desk to look at, however many they are. The links
 * themselves are entries of their own (`link.lost`, `link.path-lost`) that name the outage.
 */
export const outageEntries = {
  'outage.opened': define(
    1,
    z.object({
      outageId,
      group: outageGroup,
      firstLostAt: instant,
      /** Links lost until now, of so many that are supervised in the group. */
      lost: count,
      supervised: count,
      /** The rule as it was on the day. */
      rule: z.object({
        links: count,
        percent: z.number(),
        windowSeconds: count,
        source: z.string().max(400),
        official: z.boolean(),
      }),
    }),
  ),
  /** How many were lost and came back since it began; written while it changes, not for each. */
  'outage.counted': define(1, z.object({ outageId, lost: count, back: count })),
  /** Nearly all are back: the desk is proposed to end it. `false`: they went again. */
  'outage.end-proposed': define(1, z.object({ outageId, lost: count, back: count, proposed: z.boolean() })),
  'outage.accepted': define(1, z.object({ outageId, by: person })),
  'outage.closed': define(1, z.object({ outageId, by: person, note: z.string().max(500) })),
} as const;
