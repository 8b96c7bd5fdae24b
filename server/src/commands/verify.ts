import path from 'node:path';
import { parseWorld } from '@keng/model';
import { archivedEntries, archivedParts } from '../archive/index.ts';
import { numberTheRest, verifyLog } from '../log/index.ts';
import { compareNumbers } from '../numbers/index.ts';
import { type DatabaseAddress, openPool, PlatformError } from '../platform/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { readCentre } from '../roles/centre-identity.ts';
import { countryPack } from '../roles/country.ts';
import type { Command, CommandContext } from './command.ts';
import { databaseOptions, withDatabase } from './database-options.ts';

const PROGRESS_EVERY = 100_000;

export const command: Command = {
  name: 'verify',
  summary: 'walk the hash chain of the log; with --states also compare every state with the log',
  options: {
    ...databaseOptions,
    world: { type: 'string', default: 'live' },
    checkpoint: { type: 'string' },
    states: { type: 'boolean', default: false },
    archive: { type: 'string' },
  },
  help: () =>
    [
      '  --archive FOLDER|FILE       also walk through archive files: all of a folder, or one of them',
      '  --checkpoint POSITION:HASH  a head noted earlier, elsewhere: the chain must go through it',
      '  --states                    rebuild all states from the log and compare (on a centre at rest)',
      '  --world NAME                live, or an exercise',
    ].join('\n'),
  async run(context) {
    const world = parseWorld(String(context.values.world));
    if (world === null) throw invalidOption('--world takes live or exercise-...');
    const checkpoint = readCheckpoint(context.values.checkpoint);
    return await withDatabase(context, async ({ address }, settings) => {
      const auditor = openPool({
        address,
        role: world === 'live' ? 'keng_auditor' : 'keng_exercise',
        applicationName: 'keng-verify',
        max: 2,
      });
      const core = openPool({
        address,
        role: world === 'live' ? 'keng_core' : 'keng_exercise',
        applicationName: 'keng-verify',
        max: 2,
      });
      try {
        const left = await numberFirst(address, context);
        if (left > 0)
          context.print(
            `${left} entries are committed and have no position yet: they are not in what follows`,
          );
        let shown = 0;
        const { archive } = context.values;
        const parts = (): ReturnType<typeof archivedParts> =>
          typeof archive === 'string'
            ? archivedParts(auditor, world, path.resolve(archive))
            : Promise.resolve(null);
        const walked = await parts();
        const result = await verifyLog({
          pool: auditor,
          world,
          ...(walked ? { archive: walked } : {}),
          ...(checkpoint ? { checkpoint } : {}),
          onProgress: (position, head) => {
            if (position - shown < PROGRESS_EVERY) return;
            shown = position;
            context.print(`  ${position} of ${head}`);
          },
        });
        for (const fault of result.faults)
          context.print(`FAULT at ${fault.position}: ${fault.code}: ${fault.detail}`);
        context.print(
          `${result.entries} entries in ${result.seals} seals, ${result.erased} erased, ${result.faults.length} faults`,
        );
        if (result.archived) {
          const { upto, read, kept } = result.archived;
          context.print(
            `up to ${upto} the log is in archive files: ${read > 0 ? `${read} entries of them were read` : 'none was read (--archive)'}, ${kept} that stayed were checked by themselves`,
          );
        }
        context.print(`head ${result.position}:${result.head}`);
        let sound = result.faults.length === 0;
        if (context.values.states === true) {
          const country = countryPack(settings.country);
          const compared = [
            ...(await compareWithLog({ pool: core, world, archive: await wholeArchive(parts) })),
            ...(await compareNumbers({ pool: core, world, country, archive: await wholeArchive(parts) })),
          ];
          for (const one of compared) {
            sound &&= one.equal;
            context.print(
              `${one.equal ? 'equal ' : 'DIFFER'} ${one.name}: ${one.rebuilt} from the log, ${one.live} live, digest ${one.digest.slice(0, 16)}${one.equal ? '' : ` (${one.different.join(', ')})`}`,
            );
          }
        }
        return sound ? 0 : 1;
      } finally {
        await Promise.all([auditor.end(), core.end()]);
      }
    });
  },
};

/** States need every entry: one file of several is not enough. */
async function wholeArchive(parts: () => ReturnType<typeof archivedParts>) {
  const found = await parts();
  return found?.after === 0 ? archivedEntries(found) : null;
}

/** An entry without a position is in no chain and in no rebuilt state: give it one before looking. */
async function numberFirst(address: DatabaseAddress, context: CommandContext): Promise<number> {
  const pool = openPool({ address, role: 'keng_sequencer', applicationName: 'keng-verify', max: 2 });
  try {
    const { origin, epoch } = await readCentre(pool);
    return await numberTheRest({ pool, origin, epoch, log: (message) => context.print(message) });
  } finally {
    await pool.end();
  }
}

function readCheckpoint(text: unknown): { position: number; hash: string } | null {
  if (text === undefined) return null;
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(String(text));
  if (!match?.[1] || !match[2])
    throw invalidOption('--checkpoint takes POSITION:HASH as `keng verify` prints it');
  return { position: Number(match[1]), hash: match[2] };
}

function invalidOption(message: string): PlatformError {
  return new PlatformError('setting-invalid', message, 'run `keng verify --help`');
}
