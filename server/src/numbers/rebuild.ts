import { createHash } from 'node:crypto';
import type { CountryPack } from '@keng/country-vn';
import type { AnyEntry, World } from '@keng/model';
import { readWhole } from '../log/index.ts';
import type { Pool } from '../platform/index.ts';
import { CalendarDays } from './day.ts';
import { emptyStates, emptySums, foldNumbers, NUMBER_KINDS } from './fold.ts';
import type { SumRow } from './roll-up.ts';
import { KEPT_SUMS, type SumTable } from './sum-tables.ts';

export interface NumbersComparison {
  readonly name: string;
  readonly rebuilt: number;
  readonly live: number;
  readonly digest: string;
  readonly equal: boolean;
  /** Rows that differ, are missing or are too many; at most 20. */
  readonly different: readonly string[];
}

export interface NumbersRebuildOptions {
  /** As keng_core. */
  readonly pool: Pool;
  readonly world: World;
  readonly country: Pick<CountryPack, 'country'>;
  /** The entries of all archive files, in order; needed when some have left the database. */
  readonly archive?: AsyncIterable<AnyEntry> | null;
}

const MOST_DIFFERENT = 20;

/**
 * Adds the whole log up and compares the result with the tables of sums. Run it on a centre at rest. Memory grows with incidents,
 * transmitters and losses, not with entries.
 */
export async function compareNumbers(options: NumbersRebuildOptions): Promise<NumbersComparison[]> {
  const { pool, world, country } = options;
  const days = new CalendarDays(country.country.timeZone);
  const states = emptyStates();
  const sums = emptySums();
  const upto = await counted(options);
  const archive = options.archive ?? null;
  for await (const entry of readWhole(pool, world, { archive, kinds: NUMBER_KINDS })) {
    if (entry.position > upto) break;
    foldNumbers(states, sums, entry, { dayOf: (at) => days.of(at) });
  }
  const comparisons: NumbersComparison[] = [];
  for (const one of KEPT_SUMS) {
    comparisons.push(compareRows(one, one.rowsOf(sums), await liveRows(options, one)));
  }
  return comparisons;
}

/** The consumer rests between its batches: what it has not counted yet is no difference. */
async function counted({ pool, world }: NumbersRebuildOptions): Promise<number> {
  const { rows } = await pool.query<{ position: number }>(
    `select position from consumer_cursor where world = $1 and consumer = 'numbers'`,
    [world],
  );
  return rows[0]?.position ?? 0;
}

async function liveRows(
  { pool, world }: NumbersRebuildOptions,
  { table, key, sums }: SumTable,
): Promise<SumRow[]> {
  const columns = [...key.map(([column, type]) => (type === 'date' ? `${column}::text` : column)), ...sums];
  const { rows } = await pool.query<(string | number)[]>({
    text: `select ${columns.join(', ')} from ${table} where world = $1`,
    values: [world],
    rowMode: 'array',
  });
  return rows;
}

function compareRows(
  { table, key }: SumTable,
  rebuilt: readonly SumRow[],
  live: readonly SumRow[],
): NumbersComparison {
  const keys = key.length;
  // A row that came down to nothing says the same as none.
  const textOf = (rows: typeof rebuilt): Set<string> =>
    new Set(
      rows.filter((row) => row.slice(keys).some((value) => value !== 0)).map((row) => JSON.stringify(row)),
    );
  const [own, other] = [textOf(rebuilt), textOf(live)];
  const different = [...own]
    .filter((row) => !other.has(row))
    .concat([...other].filter((row) => !own.has(row)));
  const digest = createHash('sha256');
  for (const row of [...own].sort()) digest.update(row);
  return {
    name: table,
    rebuilt: own.size,
    live: other.size,
    digest: digest.digest('hex'),
    equal: different.length === 0,
    different: different.slice(0, MOST_DIFFERENT),
  };
}
