import type { World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { MEASURES, type Measure, NEVER } from './rules.ts';

/** What a question is narrowed to; both days count, in the country's time zone. */
export interface Asked {
  readonly from: string;
  readonly to: string;
  readonly area: string | null;
  readonly category: string | null;
  readonly cause: string | null;
}

export interface Counted {
  readonly code: string;
  readonly incidents: number;
  /** Of them those that a person closed as a false alarm. */
  readonly false: number;
}

export interface AlarmNumbers {
  readonly outcomes: readonly { readonly outcome: string; readonly incidents: number }[];
  readonly days: readonly { readonly day: string; readonly incidents: number; readonly false: number }[];
  readonly causes: readonly Counted[];
  readonly models: readonly Counted[];
  readonly families: readonly Counted[];
  readonly areas: readonly Counted[];
}

const IN_PERIOD = `d.world = $1 and d.day between $2::date and $3::date and ($4::text is null or d.area_code = $4)
  and ($5::text is null or d.category = $5)`;
const valuesOf = (world: World, asked: Asked): unknown[] => [
  world,
  asked.from,
  asked.to,
  asked.area,
  asked.category,
];

interface SetRow {
  readonly which: number;
  readonly code: string;
  readonly incidents: number;
  readonly false: number;
}

/** Bits of grouping(): the one column that is not rolled up. */
const SETS = { day: 31, outcome: 47, cause: 55, model: 59, family: 61, area: 62 } as const;
const MOST_CODES = 100;

/** Alarms by each of their properties, in one walk over the days that are asked for. */
export async function alarmNumbers(client: PoolClient, world: World, asked: Asked): Promise<AlarmNumbers> {
  const { rows } = await client.query<SetRow>({
    name: 'numbers-alarms',
    text: `select grouping(day, outcome, cause, model, family, area_code) as which,
        coalesce(day::text, outcome, cause, model, family, area_code) as code, sum(incidents)::integer as incidents,
        coalesce(sum(incidents) filter (where outcome = 'false'), 0)::integer as false
      from numbers_day d where ${IN_PERIOD} and ($6::text is null or d.cause = $6)
      group by grouping sets ((day), (outcome), (cause), (model), (family), (area_code))
      having sum(incidents) <> 0`,
    values: [...valuesOf(world, asked), asked.cause],
  });
  const of = (which: number): SetRow[] => rows.filter((row) => row.which === which);
  const counted = (which: number): Counted[] =>
    of(which)
      .map(({ code, incidents, false: wrong }) => ({ code, incidents, false: wrong }))
      .sort(
        (one, other) =>
          other.false - one.false || other.incidents - one.incidents || (one.code < other.code ? -1 : 1),
      )
      .slice(0, MOST_CODES);
  return {
    outcomes: of(SETS.outcome).map(({ code, incidents }) => ({ outcome: code, incidents })),
    days: of(SETS.day)
      .map(({ code, incidents, false: wrong }) => ({ day: code, incidents, false: wrong }))
      .sort((one, other) => (one.day < other.day ? -1 : 1)),
    // What is no false alarm has no cause.
    causes: counted(SETS.cause).filter((one) => one.code !== ''),
    models: counted(SETS.model),
    families: counted(SETS.family),
    areas: counted(SETS.area),
  };
}

export interface FacilityCount {
  readonly facility: string;
  readonly name: string | null;
  readonly false: number;
}

const MOST_FACILITIES = 20;

/** The facilities that rang for nothing most often. */
export async function facilityNumbers(
  client: PoolClient,
  world: World,
  asked: Asked,
  limit = MOST_FACILITIES,
): Promise<FacilityCount[]> {
  const { rows } = await client.query<FacilityCount>({
    name: 'numbers-facilities',
    text: `with most as materialized (
        select d.facility, sum(d.incidents)::integer as false from numbers_facility_day d
        where d.outcome = 'false' and ${IN_PERIOD} and ($6::text is null or d.cause = $6)
        group by d.facility having sum(d.incidents) > 0 order by 2 desc, 1 limit $7
      )
      select most.facility, s.name, most.false from most
      left join facility_search s on s.world = $1 and s.id = most.facility order by most.false desc, most.facility`,
    values: [...valuesOf(world, asked), asked.cause, limit],
  });
  return rows;
}

export interface TimeNumbers {
  readonly measure: Measure;
  readonly done: number;
  /** Closed, and never done. */
  readonly never: number;
  /** Within the limit that each incident was given on its day. */
  readonly within: number;
  readonly meanSeconds: number | null;
  /** Upper edges of the buckets in which these shares of what was done lie, in seconds. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p98: number | null;
  /** Whole distribution: done within so many seconds. */
  readonly buckets: readonly { readonly seconds: number; readonly incidents: number }[];
}

/** How long people needed; the cause narrows nothing here. */
export async function timeNumbers(client: PoolClient, world: World, asked: Asked): Promise<TimeNumbers[]> {
  const { rows } = await client.query<{
    measure: Measure;
    bucket: number;
    incidents: number;
    within: number;
    ms: number;
  }>({
    name: 'numbers-times',
    text: `select measure, bucket, sum(incidents)::integer as incidents, sum(within_limit)::integer as within,
        sum(total_ms)::bigint as ms
      from numbers_time_day d where ${IN_PERIOD} group by measure, bucket having sum(incidents) > 0 order by measure, bucket`,
    values: valuesOf(world, asked),
  });
  return MEASURES.map((measure) => {
    const own = rows.filter((row) => row.measure === measure);
    const done = own.filter((row) => row.bucket !== NEVER);
    const count = sum(done, (row) => row.incidents);
    const buckets = done.map(({ bucket, incidents }) => ({ seconds: bucket, incidents }));
    return {
      measure,
      done: count,
      never: sum(own, (row) => (row.bucket === NEVER ? row.incidents : 0)),
      within: sum(done, (row) => row.within),
      meanSeconds: count === 0 ? null : Math.round(sum(done, (row) => row.ms) / count / 100) / 10,
      p50: edgeOf(buckets, count, 0.5),
      p90: edgeOf(buckets, count, 0.9),
      p98: edgeOf(buckets, count, 0.98),
      buckets,
    };
  });
}

function edgeOf(buckets: TimeNumbers['buckets'], count: number, share: number): number | null {
  let seen = 0;
  for (const { seconds, incidents } of buckets) {
    seen += incidents;
    if (seen >= count * share) return seconds;
  }
  return null;
}

export interface LinkNumbers {
  readonly lost: number;
  readonly restored: number;
  /** From loss to return, of those that came back. */
  readonly meanSeconds: number | null;
  readonly models: readonly {
    readonly code: string;
    readonly lost: number;
    readonly meanSeconds: number | null;
  }[];
  readonly days: readonly { readonly day: string; readonly lost: number }[];
}

interface LinkSetRow {
  readonly which: number;
  readonly code: string;
  readonly lost: number;
  readonly restored: number;
  readonly ms: number;
}

/** Links lost in the period, by make and model and by day; the cause narrows nothing here. */
export async function linkNumbers(client: PoolClient, world: World, asked: Asked): Promise<LinkNumbers> {
  const { rows } = await client.query<LinkSetRow>({
    name: 'numbers-links-sums',
    text: `select grouping(day, model) as which, coalesce(day::text, model) as code, sum(lost)::integer as lost,
        sum(restored)::integer as restored, sum(lost_ms)::bigint as ms
      from numbers_link_day d where ${IN_PERIOD} group by grouping sets ((day), (model)) having sum(lost) > 0`,
    values: valuesOf(world, asked),
  });
  const models = rows.filter((row) => row.which === 2);
  const restored = sum(models, (row) => row.restored);
  return {
    lost: sum(models, (row) => row.lost),
    restored,
    meanSeconds: restored === 0 ? null : Math.round(sum(models, (row) => row.ms) / restored / 1_000),
    models: models
      .map((row) => ({
        code: row.code,
        lost: row.lost,
        meanSeconds: row.restored === 0 ? null : Math.round(row.ms / row.restored / 1_000),
      }))
      .sort((one, other) => other.lost - one.lost || (one.code < other.code ? -1 : 1))
      .slice(0, MOST_CODES),
    days: rows
      .filter((row) => row.which === 1)
      .map(({ code, lost }) => ({ day: code, lost }))
      .sort((one, other) => (one.day < other.day ? -1 : 1)),
  };
}

/** Up to where the log is counted, and how many entries wait. */
export async function countedUpTo(
  client: PoolClient,
  world: World,
): Promise<{ readonly at: string | null; readonly behind: number }> {
  const { rows } = await client.query<{ at: Date; behind: number }>({
    name: 'numbers-cursor',
    text: `select c.updated_at as at, h.position - c.position as behind from consumer_cursor c join log_head h on h.world = c.world
      where c.world = $1 and c.consumer = 'numbers'`,
    values: [world],
  });
  const [row] = rows;
  return { at: row?.at.toISOString() ?? null, behind: row?.behind ?? 0 };
}

function sum<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}
