import path from 'node:path';
import { LIVE } from '@keng/model';
import { checkBackup, fingerprints, type Manifest, restoreBackup, tellRestored } from '../backup/index.ts';
import { numberTheRest, verifyLog } from '../log/index.ts';
import {
  type DatabaseAddress,
  loadSecrets,
  openPool,
  PlatformError,
  revealSecrets,
  type SecretName,
  type Settings,
  systemClock,
} from '../platform/index.ts';
import { readCentre } from '../roles/centre-identity.ts';
import type { Command, CommandContext } from './command.ts';
import { databaseOptions, withDatabase } from './database-options.ts';

const HELP = `  --from FOLDER         one copy, as "keng backup" made it
  --check               only read every byte of it and compare it with its manifest
  --epoch NUMBER        the new epoch of the centre; unset: one above all that the copies beside this one know
  --data FOLDER         as for "keng serve": a folder without a database
  --database-url URL    as for "keng serve": a database without a centre

Refuses a damaged copy and a database that holds a centre. Calls and messages that waited are cancelled, all log-ins end. Put the
secrets back first: a secret that is not the one of the copy is named.`;

export const command: Command = {
  name: 'restore',
  summary: 'fill an empty database from a copy, as a new epoch of its centre',
  options: {
    ...databaseOptions,
    from: { type: 'string' },
    check: { type: 'boolean', default: false },
    epoch: { type: 'string' },
  },
  help: () => HELP,
  async run(context) {
    const folder = folderOf(context.values.from);
    if (context.values.check === true) {
      const { origin, epoch, head, takenAt } = await checkBackup(folder, context.print);
      context.print(
        `sound: ${origin}, epoch ${epoch}, taken ${takenAt}, log up to ${head.position}:${head.hash}`,
      );
      return 0;
    }
    const epoch = epochOf(context.values.epoch);
    return await withDatabase(context, ({ address }, settings) =>
      restoreAndVerify(address, folder, epoch, settings, context),
    );
  },
};

async function restoreAndVerify(
  address: DatabaseAddress,
  folder: string,
  epoch: number | null,
  settings: Settings,
  context: CommandContext,
): Promise<number> {
  const { print } = context;
  const restored = await restoreBackup({
    address,
    folder,
    now: systemClock.now(LIVE),
    progress: print,
    ...(epoch === null ? {} : { epoch }),
  });
  await tellRestored(address, restored);
  const { manifest, underWay } = restored;
  const head = await verifyRestored(address, manifest);
  print(`restored ${manifest.origin} as epoch ${restored.epoch}; the log holds`);
  print(
    `${underWay.notificationsCancelled} notifications that waited are cancelled, ${underWay.sessionsEnded} log-ins ended`,
  );
  for (const name of otherSecrets(manifest, revealSecrets(loadSecrets(settings, context.env)))) {
    print(`WARNING: the secret ${name} is not the one of this copy: what it sealed cannot be opened`);
  }
  const archives = manifest.archives ?? [];
  if (archives.length > 0) {
    print(
      `${archives.length} archive files of the log belong to it: bring ${archives[0]?.file} ... ${archives.at(-1)?.file} to the new machine, and "keng verify --archive FOLDER"`,
    );
  }
  print(`what was acknowledged after ${manifest.takenAt} is not in this log: tell the desks`);
  print(`head ${head}`);
  return 0;
}

/** Numbers what was committed and not numbered when the copy was taken, and walks the chain through the head of the copy. */
async function verifyRestored(address: DatabaseAddress, manifest: Manifest): Promise<string> {
  const sequencer = openPool({ address, role: 'keng_sequencer', applicationName: 'keng-restore', max: 2 });
  const auditor = openPool({ address, role: 'keng_auditor', applicationName: 'keng-restore', max: 2 });
  try {
    const { origin, epoch } = await readCentre(sequencer);
    await numberTheRest({ pool: sequencer, origin, epoch, log: () => undefined });
    const { position, hash } = manifest.head;
    const found = await verifyLog({
      pool: auditor,
      world: LIVE,
      ...(position > 0 ? { checkpoint: { position, hash } } : {}),
    });
    const fault = found.faults[0];
    if (fault) {
      throw new PlatformError(
        'restore-not-sound',
        `the log of the copy does not hold at ${fault.position}: ${fault.code}: ${fault.detail}`,
        'do not start this centre; restore an older copy into another empty database',
      );
    }
    return `${found.position}:${found.head}`;
  } finally {
    await Promise.all([sequencer.end(), auditor.end()]);
  }
}

function otherSecrets(manifest: Manifest, secrets: Readonly<Record<SecretName, string | null>>): string[] {
  const here = new Map(fingerprints(secrets, manifest.id).map((one) => [one.name, one.fingerprint]));
  return manifest.secrets.filter((one) => here.get(one.name) !== one.fingerprint).map((one) => one.name);
}

function folderOf(text: unknown): string {
  if (typeof text === 'string' && text !== '') return path.resolve(text);
  throw invalid('--from is missing: it is not said which copy');
}

function epochOf(text: unknown): number | null {
  if (text === undefined) return null;
  if (typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw invalid('--epoch takes a whole number above 0');
}

function invalid(message: string): PlatformError {
  return new PlatformError('setting-invalid', message, '"keng restore --help" shows how it is written');
}
