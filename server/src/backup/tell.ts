import { LIVE } from '@keng/model';
import { appendEntries } from '../log/index.ts';
import { type DatabaseAddress, openPool, systemClock, transaction } from '../platform/index.ts';
import type { Restored } from './restore-backup.ts';
import type { Backup } from './write-backup.ts';

/** Writes down that a copy is whole, or why there is none: somebody has to see it before it is needed. */
export async function tellBackup(
  address: DatabaseAddress,
  origin: string,
  backup: Backup | { readonly error: string },
): Promise<void> {
  if ('error' in backup) {
    await tell(address, {
      kind: 'centre.backup-failed',
      origin,
      body: { error: backup.error.slice(0, 500) },
    });
    return;
  }
  const { manifest, bytes, folder } = backup;
  const name = folder.split('/').at(-1) ?? '';
  const body = { backupId: manifest.id, name, position: manifest.head.position, bytes };
  await tell(address, { kind: 'centre.backed-up', origin, body });
}

/** The first entry of the new epoch. */
export async function tellRestored(
  address: DatabaseAddress,
  { manifest, epoch, underWay }: Restored,
): Promise<void> {
  await tell(address, {
    kind: 'centre.restored',
    origin: manifest.origin,
    body: {
      backupId: manifest.id,
      takenAt: manifest.takenAt,
      position: manifest.head.position,
      fromEpoch: manifest.epoch,
      epoch,
      ...underWay,
    },
  });
}

type Told = Pick<
  Extract<Parameters<typeof appendEntries>[1][number], { kind: `centre.${string}` }>,
  'kind' | 'body'
>;

async function tell(address: DatabaseAddress, told: Told & { readonly origin: string }): Promise<void> {
  const pool = openPool({ address, role: 'keng_core', applicationName: 'keng-backup', max: 1 });
  const now = systemClock.now(LIVE);
  const { origin, ...rest } = told;
  const draft = {
    world: LIVE,
    lane: 2,
    subject: `centre/${origin}`,
    organisation: null,
    facility: null,
    revision: null,
    at: now,
    actor: { kind: 'system', id: 'backup' },
    ...rest,
  } as Parameters<typeof appendEntries>[1][number];
  try {
    await transaction(pool, (client) => appendEntries(client, [draft], now));
  } finally {
    await pool.end();
  }
}
