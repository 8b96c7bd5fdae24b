import { z } from 'zod';
import { define, facilityId, instant, transmitterId } from './common.ts';

export const linkEntries = {
  'link.lost': define(
    1,
    z.object({ transmitterId, facilityId, lastHeardAt: instant.nullable(), reportingSeconds: z.number() }),
  ),
  'link.restored': define(1, z.object({ transmitterId, facilityId, lostAt: instant })),
} as const;
