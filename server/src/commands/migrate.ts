import { describeAddress, migrate } from '../platform/index.ts';
import type { Command } from './command.ts';
import { databaseOptions, withDatabase } from './database-options.ts';

export const command: Command = {
  name: 'migrate',
  summary: 'bring the database up to this program, then end',
  options: databaseOptions,
  run: (context) =>
    withDatabase(context, async ({ address }) => {
      const result = await migrate({ address, log: context.print });
      context.print(
        `${describeAddress(address)}: ${result.applied.length} applied, now at ${result.version}`,
      );
      return 0;
    }),
};
