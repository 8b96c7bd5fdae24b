import type { Session, Step } from './past.ts';

/**
 * Takes the indexes of some tables away while they are filled, all but their primary keys, and builds them again as they were. Works
 * with tables in partitions, too: the index of the whole stands for those of its parts.
 */
export async function whileWithoutIndexes(
  clients: readonly Session[],
  tables: readonly string[],
  step: Step,
  work: () => Promise<void>,
): Promise<void> {
  const [client] = clients;
  if (client === undefined) throw new RangeError('no session');
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = any($1::text[]::regclass[]) and not exists (select from pg_constraint where conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await work();
  await step('their indexes', async () => {
    const waiting = rows.map((one) => one.definition.replace(' ON ONLY ', ' ON '));
    const build = async (one: Session): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await one.query(next);
    };
    await Promise.all(clients.map(build));
  });
}
