import { describeAddress, loadSettings, migrate, provideDatabase, serveOptions } from '../platform/index.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'migrate',
  summary: 'bring the database up to this program, then end',
  options: {
    data: serveOptions.data ?? { type: 'string' },
    'database-url': serveOptions['database-url'] ?? { type: 'string' },
  },
  async run(context) {
    const settings = loadSettings({ flags: context.values, env: context.env });
    const database = await provideDatabase({ settings, env: context.env, log: context.print });
    try {
      const result = await migrate({ address: database.address, log: context.print });
      context.print(
        `${describeAddress(database.address)}: ${result.applied.length} applied, now at ${result.version}`,
      );
      return 0;
    } finally {
      await database.close();
    }
  },
};
