import type { Client } from 'pg';
import type { Manifest } from './manifest.ts';

export type LogBlocks = NonNullable<Manifest['blocks']>;

const LANE_IDS = 1_000_000_000_000_000;

/** The blocks of the log as they lie; what was there before blocks is one for each lane. */
export async function readBlocks(client: Client): Promise<LogBlocks | undefined> {
  const { rows: there } = await client.query<{ there: boolean }>(
    `select to_regclass('public.entry_block') is not null as there`,
  );
  if (!there[0]?.there) return undefined;
  const { rows } = await client.query<{ name: string; lane: number | null; first: number; end: number }>(
    'select name, lane, first_id as first, end_id as "end" from entry_block order by first_id nulls first',
  );
  const blocks = rows
    .filter((one) => one.lane !== null)
    .map(({ name, first, end }) => ({ name, first, end }));
  if (!rows.some((one) => one.lane === null)) return blocks;
  const past = [0, 1, 2].flatMap((lane) => {
    const first = lane * LANE_IDS + (lane === 0 ? 0 : 1);
    const end = Math.min(...rows.filter((one) => one.lane === lane).map((one) => one.first));
    return end > first ? [{ name: `entry_${lane}_past`, first, end }] : [];
  });
  return [...past, ...blocks];
}

/** Before entries are filled in: each goes into the block where it was, and no restored centre begins with everything in one. */
export async function makeBlocks(client: Client, blocks: LogBlocks | undefined): Promise<void> {
  if (blocks === undefined) return;
  const { rows } = await client.query<{ name: string }>('select name from entry_block');
  for (const { name } of rows) await client.query(`drop table ${client.escapeIdentifier(name)}`);
  for (const { name, first, end } of blocks) {
    const quoted = client.escapeIdentifier(name);
    await client.query(`create table ${quoted} partition of entry for values from (${first}) to (${end})`);
    await client.query(`alter table ${quoted} enable row level security`);
  }
}
