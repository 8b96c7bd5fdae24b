import { z } from 'zod';
import { define, instant } from './common.ts';

export const systemEntries = {
  'centre.started': define(
    1,
    z.object({ version: z.string().max(64), roles: z.array(z.string()).max(16), host: z.string().max(200) }),
  ),
  /** An entry that crashed a handler: shown, kept, and the rest flow on. */
  'entry.set-aside': define(
    1,
    z.object({
      consumer: z.string().max(64),
      position: z.number().int(),
      entryKind: z.string().max(64),
      error: z.string().max(2_000),
    }),
  ),
  'entry.retried': define(1, z.object({ consumer: z.string().max(64), position: z.number().int() })),
  'storage.failed': define(1, z.object({ since: instant, error: z.string().max(500) })),
  'storage.recovered': define(1, z.object({ since: instant, refused: z.number().int() })),
  'record.read': define(1, z.object({ what: z.string().max(200), subject: z.string().max(200) })),
} as const;
