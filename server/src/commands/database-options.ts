import {
  type DatabaseAddress,
  loadSettings,
  migrate,
  openPool,
  type Pool,
  type PoolOptions,
  type ProvidedDatabase,
  provideDatabase,
  type Settings,
  serveOptions,
} from '../platform/index.ts';
import type { CommandContext } from './command.ts';

/** Options of every command that works on a centre's database beside `serve`. */
export const databaseOptions = {
  data: serveOptions.data ?? { type: 'string' },
  'database-url': serveOptions['database-url'] ?? { type: 'string' },
} as const;

/** Opens the database of the centre (its own server is started, or borrowed from the centre that runs), and closes it after. */
export async function withDatabase<Result>(
  context: CommandContext,
  work: (database: ProvidedDatabase, settings: Settings) => Promise<Result>,
): Promise<Result> {
  const settings = loadSettings({ flags: context.values, env: context.env });
  const database = await provideDatabase({ settings, env: context.env, log: context.print });
  try {
    return await work(database, settings);
  } finally {
    await database.close();
  }
}

/** One connection as the role that may do the work, closed after. */
export async function withPool<Result>(
  address: DatabaseAddress,
  as: Pick<PoolOptions, 'role' | 'applicationName'>,
  work: (pool: Pool) => Promise<Result>,
): Promise<Result> {
  const pool = openPool({ address, ...as, max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** The same for a command that may be the first to meet the database: it is brought up to this program before. */
export function withMigratedPool<Result>(
  context: CommandContext,
  as: Pick<PoolOptions, 'role' | 'applicationName'>,
  work: (pool: Pool) => Promise<Result>,
): Promise<Result> {
  return withDatabase(context, async ({ address }) => {
    await migrate({ address, log: context.print });
    return await withPool(address, as, work);
  });
}
