import { type ContactId, type FacilityId, LIVE, Problem } from '@keng/model';
import { z } from 'zod';
import { askErasure, confirmErasure } from '../erasure/index.ts';
import { type Pool, systemClock, transaction } from '../platform/index.ts';
import type { Command, CommandContext } from './command.ts';
import { databaseOptions, withMigratedPool } from './database-options.ts';

const HELP = `  keng erase --facility ID --contact ID --reason TEXT --asked-by NAME --confirmed-by NAME

Erases a former contact of a facility from the log, the states and the outbox, for good. Two persons
stand behind it, and both names are kept. Take the person out of the register first.
The chain of the log still verifies: "keng verify", "keng verify --states".

  --data FOLDER         as for "keng serve"
  --database-url URL    as for "keng serve"`;

export const command: Command = {
  name: 'erase',
  summary: 'erase a former contact of a facility; the log still verifies',
  options: {
    facility: { type: 'string' },
    contact: { type: 'string' },
    reason: { type: 'string' },
    'asked-by': { type: 'string' },
    'confirmed-by': { type: 'string' },
    ...databaseOptions,
  },
  help: () => HELP,
  async run(context) {
    await withMigratedPool(context, { role: 'keng_eraser', applicationName: 'keng-erase' }, (pool) =>
      runErase(pool, context),
    );
    return 0;
  },
};

const asked = z
  .object({
    facility: z.uuid(),
    contact: z.uuid(),
    reason: z.string().trim().min(10).max(1_000),
    'asked-by': z.string().trim().min(1).max(200),
    'confirmed-by': z.string().trim().min(1).max(200),
  })
  .refine((one) => one['asked-by'] !== one['confirmed-by'], {
    message: 'two different persons',
    path: ['confirmed-by'],
  });

/** On a pool of keng_eraser. */
export async function runErase(
  pool: Pool,
  { values, print }: Pick<CommandContext, 'values' | 'print'>,
): Promise<void> {
  const parsed = asked.safeParse(values);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Problem(422, 'command.incomplete', `--${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { facility, contact, reason } = parsed.data;
  const now = systemClock.now(LIVE);
  const by = (name: string) =>
    ({ world: LIVE, now, actor: { kind: 'system', id: 'command-line' }, id: null, name }) as const;
  const erasure = await transaction(pool, (client) =>
    // Uuids as the schema checked them; the brand exists for the compiler only.
    askErasure(client, by(parsed.data['asked-by']), facility as FacilityId, contact as ContactId, reason),
  );
  const done = await confirmErasure(pool, by(parsed.data['confirmed-by']), erasure.id);
  print(`erased from ${done.entries} entries; "keng verify" still holds the chain against its commitments`);
}
