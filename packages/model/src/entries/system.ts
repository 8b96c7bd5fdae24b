import { z } from 'zod';
import { define, facilityId, instant, organisationCode } from './common.ts';

export const systemEntries = {
  'centre.started': define(
    1,
    z.object({
      origin: z.string().max(64),
      version: z.string().max(64),
      roles: z.array(z.string()).max(16),
      host: z.string().max(200),
    }),
  ),
  /** A copy of the database is whole. The folder without its path: paths may name people. */
  'centre.backed-up': define(
    1,
    z.object({
      backupId: z.uuid(),
      name: z.string().max(200),
      position: z.number().int(),
      bytes: z.number().int(),
    }),
  ),
  'centre.backup-failed': define(1, z.object({ error: z.string().max(500) })),
  /** From here on this centre counts under another epoch; what was acknowledged after `takenAt` is not in its log. */
  'centre.restored': define(
    1,
    z.object({
      backupId: z.uuid(),
      takenAt: instant,
      position: z.number().int(),
      fromEpoch: z.number().int(),
      epoch: z.number().int(),
      notificationsCancelled: z.number().int(),
      sessionsEnded: z.number().int(),
    }),
  ),
  /** Positions of the log stand in a file beside the database, too; its checksum is in the chain by this. */
  'centre.archived': define(
    1,
    z.object({
      file: z.string().max(200),
      firstPosition: z.number().int(),
      lastPosition: z.number().int(),
      hash: z.string().length(64),
      sha256: z.string().length(64),
      entries: z.number().int(),
      bytes: z.number().int(),
    }),
  ),
  /** Entries whose time is over left the database; they stand in archive files. `kept`: of the same block, for a reason. */
  'centre.entries-left': define(
    1,
    z.object({
      block: z.string().max(64),
      /** Positions up to here are no longer whole in the database. */
      upto: z.number().int(),
      left: z.array(z.object({ kind: z.string().max(64), entries: z.number().int() })).max(300),
      kept: z.number().int(),
    }),
  ),
  /** Who is told by HTTP. The address without path and query: those may hold a secret of the receiver, and the log is kept. */
  'webhook.registered': define(
    1,
    z.object({
      webhookId: z.uuid(),
      organisation: organisationCode,
      facility: facilityId.nullable(),
      address: z.string().max(300),
      events: z.array(z.string().max(64)).max(64),
    }),
  ),
  'webhook.removed': define(1, z.object({ webhookId: z.uuid() })),
  'areas.imported': define(
    1,
    z.object({ file: z.string().max(300), sha256: z.string().length(64), areas: z.number().int() }),
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
  /** A new reader of the log: what had left for archive files by then, up to this position, it has never seen. */
  'consumer.began-late': define(
    1,
    z.object({ consumer: z.string().max(64), position: z.number().int(), at: instant }),
  ),
  'entry.retried': define(1, z.object({ consumer: z.string().max(64), position: z.number().int() })),
  'storage.failed': define(1, z.object({ since: instant, error: z.string().max(500) })),
  'storage.recovered': define(1, z.object({ since: instant, refused: z.number().int() })),
  'record.read': define(1, z.object({ what: z.string().max(200), subject: z.string().max(200) })),
} as const;
