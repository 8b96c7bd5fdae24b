import { openClient } from '../platform/database.ts';
import { type DatabaseAddress, migrate, withDatabase } from '../platform/index.ts';
import { describeTemplate } from './test-recycling.ts';

export const templateName = 'keng_template';
const templateLock = 0x6b656e69;

/** Migrated once a run, by whichever test file comes first; the others wait for it. */
export async function ensureTemplate(server: DatabaseAddress): Promise<void> {
  const client = await openClient(server, 'administrator', 'keng-test');
  try {
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await client.query(
      'select 1 from pg_database where datname = $1 and datistemplate',
      [templateName],
    );
    if (rowCount !== 0) return;
    await migrate({ address: withDatabase(server, templateName) });
    await describeTemplate(server, templateName);
    // Nobody may connect: a template with a connection cannot be copied.
    await client.query(`alter database ${templateName} with is_template true allow_connections false`);
  } finally {
    await client.end();
  }
}
