import { z } from 'zod';
import { define, facilityId, instant, transmitterId } from './common.ts';

/** Over what a path runs. */
export const PATH_MEDIA = ['lan', 'mobile', 'radio', 'satellite', 'other'] as const;
export type PathMedium = (typeof PATH_MEDIA)[number];

/** A way from a transmitter to the centre: 1 is the primary, 2 the alternative. */
export const linkPath = z.object({
  number: z.int().min(1).max(2),
  medium: z.enum(PATH_MEDIA),
  /** Whose network it is; null: nobody wrote it down. */
  carrier: z.string().max(32).nullable(),
});
export type LinkPath = z.infer<typeof linkPath>;

/**
 * A transmitter with two paths has a loss of its link only when both are lost; the loss of one is a fault of the transmitter.
 * `outageId`: the loss belongs to an outage of an area or a carrier, which tells the desk of all of them at once.
 */
export const linkEntries = {
  'link.lost': define(
    1,
    z.object({
      transmitterId,
      facilityId,
      lastHeardAt: instant.nullable(),
      reportingSeconds: z.number(),
      outageId: z.uuid().nullish(),
    }),
  ),
  'link.restored': define(
    1,
    z.object({ transmitterId, facilityId, lostAt: instant, outageId: z.uuid().nullish() }),
  ),
  'link.path-lost': define(
    1,
    z.object({
      transmitterId,
      facilityId,
      path: linkPath,
      lastHeardAt: instant.nullable(),
      reportingSeconds: z.number(),
      outageId: z.uuid().nullish(),
    }),
  ),
  'link.path-restored': define(
    1,
    z.object({
      transmitterId,
      facilityId,
      path: linkPath,
      lostAt: instant,
      /** `unregistered`: the register knows no such path any more. */
      because: z.enum(['heard', 'unregistered']),
      outageId: z.uuid().nullish(),
    }),
  ),
} as const;
