import path from 'node:path';
import { LIVE } from '@keng/model';
import { type Backup, listBackups, removeOldBackups, tellBackup, writeBackup } from '../backup/index.ts';
import { loadSecrets, PlatformError, revealSecrets, systemClock } from '../platform/index.ts';
import { secretsTable } from '../platform/secrets.ts';
import { VERSION } from '../roles/program-version.ts';
import type { Command, CommandContext } from './command.ts';
import { databaseOptions, withDatabase } from './database-options.ts';
import { untilStopped } from './until-stopped.ts';

const HELP = `  --to FOLDER           where copies are kept; each makes a folder of its own inside (default: --backup-folder of
                        "keng serve", KENG_BACKUP_FOLDER)
  --keep NUMBER         afterwards remove the oldest copies of this centre until so many are left
  --list                only list the copies there
  --data FOLDER         as for "keng serve"
  --database-url URL    as for "keng serve"

The centre goes on running. Ctrl-C stops the copy and leaves nothing behind. Secrets are not in it: keep <data>/secrets (or the
variables that hold them) apart from it; who has both has the keys of all devices.`;

export const command: Command = {
  name: 'backup',
  summary: 'copy the whole database into a folder while the centre runs',
  options: {
    ...databaseOptions,
    to: { type: 'string' },
    keep: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
  help: () => HELP,
  run: (context) =>
    withDatabase(context, async ({ address }, settings) => {
      const folder = folderOf(context, settings.backupFolder);
      if (context.values.list === true) {
        for (const { folder: one, manifest } of listBackups(folder, settings.origin)) {
          context.print(
            `${path.basename(one)}  epoch ${manifest.epoch}, position ${manifest.head.position}, ${manifest.takenAt}`,
          );
        }
        return 0;
      }
      const keep = keepOf(context.values.keep);
      const secrets = revealSecrets(loadSecrets(settings, context.env));
      const backup = await untilStopped((signal) =>
        writeBackup({
          address,
          folder,
          secrets,
          program: VERSION,
          now: systemClock.now(LIVE),
          signal,
          progress: context.print,
        }),
      );
      await tellBackup(address, backup.manifest.origin, backup);
      report(context, backup);
      if (keep === null) return 0;
      for (const name of removeOldBackups(folder, backup.manifest.origin, keep))
        context.print(`removed ${name}`);
      return 0;
    }),
};

function report({ print }: CommandContext, { folder, manifest, bytes }: Backup): void {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  print(
    `${folder}: ${manifest.tables.length} tables, ${rows} rows, ${(bytes / 1e6).toFixed(1)} MB, log up to ${manifest.head.position}:${manifest.head.hash}`,
  );
  const names = manifest.secrets.map(({ name }) => `${name} (${variableOf(name)})`);
  const archives = manifest.archives ?? [];
  if (archives.length > 0)
    print(
      `not in it: ${archives.length} archive files of the log, whose entries are nowhere else; copy their folder`,
    );
  print(`not in it, to be kept apart: ${names.join(', ')}; passwords of the database roles`);
}

const variableOf = (name: string): string =>
  Object.entries(secretsTable).find(([one]) => one === name)?.[1].env ?? name;

function folderOf({ values }: CommandContext, configured: string | null): string {
  const folder = typeof values.to === 'string' && values.to !== '' ? values.to : configured;
  if (folder !== null) return path.resolve(folder);
  throw invalid('--to is missing: it is not said where copies are kept');
}

function keepOf(text: unknown): number | null {
  if (text === undefined) return null;
  if (typeof text === 'string' && /^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw invalid('--keep takes a whole number from 1 to 9999');
}

function invalid(message: string): PlatformError {
  return new PlatformError('setting-invalid', message, '"keng backup --help" shows how it is written');
}
