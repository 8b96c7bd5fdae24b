import {
  loadSettings,
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
