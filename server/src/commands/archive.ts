import path from 'node:path';
import { LIVE } from '@keng/model';
import { archiveLog, listArchiveFiles, readArchiveFile, retentionOf } from '../archive/index.ts';
import { openPool, PlatformError, type Settings, systemClock } from '../platform/index.ts';
import { countryPack } from '../roles/country.ts';
import { VERSION } from '../roles/program-version.ts';
import type { Command, CommandContext } from './command.ts';
import { databaseOptions, withDatabase } from './database-options.ts';
import { untilStopped } from './until-stopped.ts';

const HELP = `  --to FOLDER           where archive files are kept (default: --archive-folder of "keng serve", KENG_ARCHIVE_FOLDER)
  --only-write          write the files that are due, and let nothing leave the database
  --list                only list the files
  --check FILE          read one file whole and say what it holds; no database is opened
  --data FOLDER         as for "keng serve"
  --database-url URL    as for "keng serve"

Entries whose time is over leave the database when they stand in a file that was read again. The times are data of the country:
limits log.kept.*. The centre goes on running. Killed at any moment, the next run goes on. Copy the folder elsewhere: what has left the
database is nowhere else.`;

export const command: Command = {
  name: 'archive',
  summary: 'write old entries of the log into files, and let them leave the database',
  options: {
    ...databaseOptions,
    to: { type: 'string' },
    'only-write': { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    check: { type: 'string' },
  },
  help: () => HELP,
  async run(context) {
    const { check } = context.values;
    if (typeof check === 'string') return await checkFile(check, context);
    return await withDatabase(context, async ({ address }, settings) => {
      if (context.values.list === true) {
        const pool = openPool({ address, role: 'keng_auditor', applicationName: 'keng-archive', max: 1 });
        try {
          for (const one of await listArchiveFiles(pool, LIVE)) {
            context.print(
              `${one.file}  positions ${one.first}-${one.last}, ${one.firstAt.toISOString()} to ${one.lastAt.toISOString()}, ${(one.bytes / 1e6).toFixed(1)} MB, ${one.leftAt ? `entries have left ${one.leftAt.toISOString()}` : 'all still in the database'}`,
            );
          }
        } finally {
          await pool.end();
        }
        return 0;
      }
      const country = countryPack(settings.country);
      const { alarmsMonths, faultsMonths, routineMonths } = retentionOf(country);
      context.print(
        `in the database: alarms and orders ${alarmsMonths} months, faults ${faultsMonths}, routine ${routineMonths}; what is open stays`,
      );
      const done = await untilStopped((signal) =>
        archiveLog({
          address,
          world: LIVE,
          folder: folderOf(context, settings),
          country,
          program: VERSION,
          now: systemClock.now(LIVE),
          progress: context.print,
          signal,
          onlyWrite: context.values['only-write'] === true,
        }),
      );
      const left = done.left.reduce((sum, one) => sum + one.left, 0);
      context.print(
        `${done.written.length} files written, ${left} entries left the database, ${done.erased} erased persons taken out of files`,
      );
      return 0;
    });
  },
};

async function checkFile(file: string, { print }: CommandContext): Promise<number> {
  let entries = 0;
  let erased = 0;
  let hash = '';
  for await (const part of readArchiveFile(file, (head) =>
    print(`${head.origin}, positions ${head.firstPosition}-${head.lastPosition}, written ${head.writtenAt}`),
  )) {
    entries += part.entries.length;
    erased += part.entries.filter((row) => row.salt === null).length;
    hash = part.seal.hash.toString('hex');
  }
  print(`${entries} entries, ${erased} erased; the chain goes through to ${hash}`);
  return 0;
}

function folderOf({ values }: CommandContext, settings: Settings): string {
  if (typeof values.to === 'string' && values.to !== '') return path.resolve(values.to);
  if (settings.archiveFolder !== null) return settings.archiveFolder;
  throw new PlatformError(
    'setting-invalid',
    '--to is missing: it is not said where archive files are kept',
    '"keng archive --help" shows how it is written',
  );
}
