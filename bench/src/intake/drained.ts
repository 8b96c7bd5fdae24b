import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from '../../../server/src/platform/index.ts';
import type { Reader } from './centre-process.ts';

const LOOK_MS = 100;
const PATIENCE_MS = 60_000;

// From its cursor on, nothing that it wants. The look ends at the first entry that waits, so it costs the centre nothing while much does.
const BEHIND = `select exists (
    select from jsonb_to_recordset($1::jsonb) as reader(name text, kinds text[])
      join consumer_cursor c on c.world = 'live' and c.consumer = reader.name
    where (select o.position from log_order o where o.world = 'live' and o.position > c.position and c.lane in (o.lane, 3)
      and o.kind = any(reader.kinds) order by o.position limit 1) is not null
  ) as behind`;

const UNNUMBERED = `select (select count(*) from entry) > (select position from log_head where world = 'live') as behind`;

/**
 * Seconds until everything is numbered, sealed and read by everybody whom it concerns.
 * @throws Error when it is not, in a minute
 */
export async function waitUntilDrained(pool: Pool, readers: readonly Reader[]): Promise<number> {
  const startMs = performance.now();
  const isBehind = async (sql: string, ...values: string[]): Promise<boolean> => {
    const { rows } = await pool.query<{ behind: boolean }>(sql, values);
    return rows[0]?.behind !== false;
  };
  while ((await isBehind(BEHIND, JSON.stringify(readers))) || (await isBehind(UNNUMBERED))) {
    if (performance.now() - startMs > PATIENCE_MS) throw new Error('the backlog is not drained after 60 s');
    await pause(LOOK_MS);
  }
  return (performance.now() - startMs) / 1_000;
}
