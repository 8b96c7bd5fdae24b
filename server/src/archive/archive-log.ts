import fs from 'node:fs';
import type { CountryPack } from '@keng/country-vn';
import type { World } from '@keng/model';
import { BACKUP_LOCK } from '../backup/index.ts';
import { ENTRIES_CHANGE_LOCK } from '../log/index.ts';
import { type DatabaseAddress, openClient, PlatformError } from '../platform/index.ts';
import { leavingRules, retentionOf } from './classes.ts';
import { eraseArchived } from './erase-archived.ts';
import { type LeftBlock, letEntriesLeave } from './leave.ts';
import type { ArchiveFile } from './store.ts';
import { writeDueFiles } from './write-due.ts';

export interface ArchiveOptions {
  readonly address: DatabaseAddress;
  readonly world: World;
  readonly folder: string;
  readonly country: Pick<CountryPack, 'limits'>;
  readonly program: string;
  readonly now: Date;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly mostEntries?: number;
  readonly percent?: number;
  /** Only write files: nothing leaves the database. */
  readonly onlyWrite?: boolean;
  readonly step?: (name: string) => void;
}

export interface Archived {
  readonly written: readonly ArchiveFile[];
  readonly left: readonly LeftBlock[];
  /** Persons who were taken out of files. */
  readonly erased: number;
}

/** Unpacked some hundred megabytes: a file is read again in a minute. */
const MOST_ENTRIES = 500_000;
const PERCENT = 20;

/**
 * One run: erasures that wait, files that are due, entries whose time is over. Each step stands alone: killed anywhere, the next run goes on
 * where this one stopped.
 */
export async function archiveLog(options: ArchiveOptions): Promise<Archived> {
  const { address, world, folder, now, progress, signal } = options;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const client = await openClient(address, 'keng_owner', 'keng-archive');
  try {
    await lockOut(client);
    const { rows } = await client.query<{ origin: string; epoch: number }>(
      'select origin, epoch from centre',
    );
    const [centre] = rows;
    if (!centre) {
      throw new PlatformError(
        'centre-unknown',
        'the database does not say which centre it is: there is nothing to archive',
        'start the centre once, or name its --data or DATABASE_URL',
      );
    }
    const step = options.step ?? (() => undefined);
    const rules = leavingRules(retentionOf(options.country), now);
    const before = new Date(Math.max(...rules.map((rule) => rule.before.getTime())));
    const base = { client, world, folder, now, progress, step, signal, origin: centre.origin };
    const erased = await eraseArchived(base);
    const written = await writeDueFiles({
      ...base,
      epoch: centre.epoch,
      program: options.program,
      before,
      mostEntries: options.mostEntries ?? MOST_ENTRIES,
    });
    const left = options.onlyWrite
      ? []
      : await letEntriesLeave({ ...base, rules, percent: options.percent ?? PERCENT });
    return { written, left, erased };
  } finally {
    await client.end();
  }
}

/** One archive at a time, none beside a backup (its snapshot would hold the blocks), and no erasure while blocks are written anew. */
async function lockOut(client: Awaited<ReturnType<typeof openClient>>): Promise<void> {
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
    BACKUP_LOCK,
  ]);
  if (!rows[0]?.alone) {
    throw new PlatformError(
      'archive-running',
      'a backup or another archive of this database is under way',
      'wait until it has ended',
    );
  }
  await client.query('select pg_advisory_lock($1)', [ENTRIES_CHANGE_LOCK]);
}
