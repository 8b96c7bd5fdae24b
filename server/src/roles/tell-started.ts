import os from 'node:os';
import { LIVE } from '@keng/model';
import { appendEntries } from '../log/index.ts';
import {
  type DatabaseAddress,
  type DatabaseRole,
  openPool,
  type ProcessRole,
  type Settings,
  systemClock,
  transaction,
} from '../platform/index.ts';
import { VERSION } from './program-version.ts';

/** Writes down, once for each start of `keng serve`, which program began to do what on which machine. */
export async function tellStarted(
  address: DatabaseAddress,
  { origin, roles }: Pick<Settings, 'origin' | 'roles'>,
): Promise<void> {
  const pool = openPool({ address, role: writerOf(roles), applicationName: 'keng-start', max: 1 });
  const now = systemClock.now(LIVE);
  try {
    await transaction(pool, (client) =>
      appendEntries(
        client,
        [
          {
            world: LIVE,
            kind: 'centre.started',
            lane: 2,
            subject: `centre/${origin}`,
            organisation: null,
            facility: null,
            revision: null,
            at: now,
            actor: { kind: 'system', id: 'serve' },
            body: { origin, version: VERSION, roles: [...roles], host: os.hostname() },
          },
        ],
        now,
      ),
    );
  } finally {
    await pool.end();
  }
}

/** A machine has the passwords of its own roles only; the sequencer alone may not write, and whoever has it has core's, too. */
function writerOf(roles: readonly ProcessRole[]): DatabaseRole {
  const has = (...some: readonly ProcessRole[]): boolean => some.some((role) => roles.includes(role));
  if (has('sequencer', 'consumer', 'supervisor')) return 'keng_core';
  if (has('web')) return 'keng_web';
  return has('receiver') ? 'keng_receiver' : 'keng_sender';
}
