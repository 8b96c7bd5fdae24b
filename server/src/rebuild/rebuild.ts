import { createHash } from 'node:crypto';
import { type AnyEntry, BEFORE_EVERY_ID, canonicalJson, type World } from '@keng/model';
import { readWhole } from '../log/index.ts';
import type { Pool } from '../platform/index.ts';
import { type Aggregate, emptyAggregates } from './aggregates.ts';

export interface Comparison {
  readonly name: string;
  readonly rebuilt: number;
  readonly live: number;
  /** SHA-256 over the states in the order of their ids; equal digests mean equal states. */
  readonly digest: string;
  readonly equal: boolean;
  /** Ids of states that differ, are missing or are too many; at most 20. */
  readonly different: readonly string[];
}

export interface RebuildOptions {
  /** As keng_core: it reads the log and the states. */
  readonly pool: Pool;
  readonly world: World;
  /** The entries of all archive files, in order; needed when some have left the database. */
  readonly archive?: AsyncIterable<AnyEntry> | null;
  readonly onProgress?: (position: number) => void;
  readonly signal?: AbortSignal;
}

const ENTRIES_AT_ONCE = 1_000;
const STATES_AT_ONCE = 1_000;
const MOST_DIFFERENT = 20;

/**
 * Folds the whole log of a world and compares the result with the live tables. Run it on a centre at rest (or a restored
 * backup): what is appended meanwhile shows as a difference. Memory grows with the number of states, not of entries.
 */
export async function compareWithLog(options: RebuildOptions): Promise<Comparison[]> {
  const aggregates = emptyAggregates();
  for await (const entry of readWhole(options.pool, options.world, { archive: options.archive ?? null })) {
    for (const one of aggregates) one.take(entry);
    if (entry.position % ENTRIES_AT_ONCE !== 0) continue;
    options.signal?.throwIfAborted();
    options.onProgress?.(entry.position);
  }
  const comparisons: Comparison[] = [];
  for (const one of aggregates) comparisons.push(await compare(options, one));
  return comparisons;
}

async function compare({ pool, world }: RebuildOptions, one: Aggregate): Promise<Comparison> {
  const ids = [...one.states.keys()].sort();
  const digest = createHash('sha256');
  for (const id of ids) digest.update(canonicalJson(one.states.get(id)));
  const missing = new Set(ids);
  const different: string[] = [];
  let live = 0;
  for await (const row of liveStates(pool, world, one)) {
    live += 1;
    missing.delete(row.id);
    const rebuilt = one.states.get(row.id);
    if (rebuilt === undefined || canonicalJson(rebuilt) !== canonicalJson(row.state)) different.push(row.id);
  }
  different.push(...missing);
  return {
    name: one.name,
    rebuilt: ids.length,
    live,
    digest: digest.digest('hex'),
    equal: different.length === 0,
    different: different.slice(0, MOST_DIFFERENT),
  };
}

interface StateRow {
  readonly id: string;
  readonly state: unknown;
}

async function* liveStates(pool: Pool, world: World, { table, key }: Aggregate): AsyncGenerator<StateRow> {
  let after: string = BEFORE_EVERY_ID;
  for (;;) {
    // Table and key are the constants of aggregates.ts, never input.
    const { rows } = await pool.query<StateRow>(
      `select ${key}::text as id, state from ${table} where world = $1 and ${key} > $2 order by ${key} limit ${STATES_AT_ONCE}`,
      [world, after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
