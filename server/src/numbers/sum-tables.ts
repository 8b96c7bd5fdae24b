import type { World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { partsOf, type Sums } from './fold.ts';
import {
  countryDays,
  countryLinks,
  countryMonths,
  countryTimes,
  facilityMonths,
  type SumRow,
} from './roll-up.ts';

/** A table of sums: its columns in the order of the key, those that are added up, and its rows for some sums. */
export interface SumTable {
  readonly table: string;
  readonly key: readonly (readonly [name: string, type: string])[];
  readonly sums: readonly string[];
  readonly rowsOf: (sums: Sums) => readonly SumRow[];
}

const DAY = ['day', 'date'] as const;
const MONTH = ['month', 'date'] as const;
const ORGANISATION = ['organisation', 'text'] as const;
const AREA_AND_CATEGORY = [
  ['area_code', 'text'],
  ['category', 'text'],
] as const;
const PLACE = [DAY, ORGANISATION, ...AREA_AND_CATEGORY] as const;

/** Every table of sums there is, those by day and those of the country by month; the rebuild compares them all. */
export const KEPT_SUMS: readonly SumTable[] = [
  {
    table: 'numbers_day',
    key: [...PLACE, ['model', 'text'], ['family', 'text'], ['outcome', 'text'], ['cause', 'text']],
    sums: ['incidents'],
    rowsOf: ({ days }) => [...days].map(([key, incidents]) => [...partsOf(key), incidents]),
  },
  {
    table: 'numbers_facility_day',
    key: [...PLACE, ['facility', 'uuid'], ['outcome', 'text'], ['cause', 'text']],
    sums: ['incidents'],
    rowsOf: ({ facilities }) => [...facilities].map(([key, incidents]) => [...partsOf(key), incidents]),
  },
  {
    table: 'numbers_time_day',
    key: [...PLACE, ['measure', 'text'], ['bucket', 'integer']],
    sums: ['incidents', 'within_limit', 'total_ms'],
    rowsOf: ({ times }) =>
      [...times].map(([key, one]) => [...partsOf(key), one.incidents, one.within, one.ms]),
  },
  {
    table: 'numbers_link_day',
    key: [...PLACE, ['model', 'text']],
    sums: ['lost', 'restored', 'lost_ms'],
    rowsOf: ({ links }) => [...links].map(([key, one]) => [...partsOf(key), one.lost, one.restored, one.ms]),
  },
  {
    table: 'numbers_country_month',
    key: [MONTH, ...AREA_AND_CATEGORY, ['property', 'text'], ['code', 'text']],
    sums: ['incidents', 'wrong'],
    rowsOf: countryMonths,
  },
  {
    table: 'numbers_country_day',
    key: [DAY, ...AREA_AND_CATEGORY],
    sums: ['incidents', 'wrong', 'lost'],
    rowsOf: countryDays,
  },
  {
    table: 'numbers_country_time_month',
    key: [MONTH, ...AREA_AND_CATEGORY, ['measure', 'text'], ['bucket', 'integer']],
    sums: ['incidents', 'within_limit', 'total_ms'],
    rowsOf: countryTimes,
  },
  {
    table: 'numbers_country_link_month',
    key: [MONTH, ...AREA_AND_CATEGORY, ['model', 'text']],
    sums: ['lost', 'restored', 'lost_ms'],
    rowsOf: countryLinks,
  },
  {
    table: 'numbers_facility_month',
    key: [MONTH, ORGANISATION, ...AREA_AND_CATEGORY, ['facility', 'uuid']],
    sums: ['wrong'],
    rowsOf: facilityMonths,
  },
];

/** Adds what a batch changed to every table of sums. */
export async function addSums(client: PoolClient, world: World, sums: Sums): Promise<void> {
  for (const one of KEPT_SUMS) {
    // What was taken and given back in the same batch changes nothing.
    const changed = one.rowsOf(sums).filter((row) => row.slice(one.key.length).some((value) => value !== 0));
    if (changed.length > 0) await addRows(client, world, one, changed);
  }
}

async function addRows(
  client: PoolClient,
  world: World,
  { table, key, sums }: SumTable,
  rows: readonly SumRow[],
): Promise<void> {
  const columns = [...key.map(([column]) => column), ...sums];
  const types = [...key.map(([, type]) => type), ...sums.map(() => 'bigint')];
  await client.query({
    name: `add-${table}`,
    // Table and columns are the constants above, never input.
    text: `insert into ${table} as d (world, ${columns.join(', ')})
      select $1, * from unnest(${types.map((type, index) => `$${index + 2}::${type}[]`).join(', ')})
      on conflict (world, ${key.map(([column]) => column).join(', ')})
      do update set ${sums.map((column) => `${column} = d.${column} + excluded.${column}`).join(', ')}`,
    values: [world, ...columns.map((_, index) => rows.map((row) => row[index]))],
  });
}
