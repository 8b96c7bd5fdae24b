import {
  type AlarmNumbers,
  type Counted,
  type FacilityCount,
  type LinkNumbers,
  MEASURES,
  type Measure,
  type Outcome,
  type TimeNumbers,
  type World,
} from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { NEVER } from './rules.ts';
import {
  type Asked,
  type AskedScope,
  inCountryDays,
  inDays,
  inFacilityMonths,
  inMonths,
  inRests,
  scopeOf,
} from './where.ts';

interface PropertyRow {
  readonly property: string;
  readonly code: string;
  readonly incidents: number;
  readonly false: number;
}

const MOST_CODES = 100;

/** Alarms by each of their properties, and by day. */
export async function alarmNumbers(client: PoolClient, world: World, asked: Asked): Promise<AlarmNumbers> {
  const scope = await scopeOf(client, asked);
  const rows = scope.country
    ? await countryAlarms(client, world, asked)
    : await alarmsByDay(client, world, asked, scope);
  const of = (property: string): PropertyRow[] => rows.filter((row) => row.property === property);
  const counted = (property: string): Counted[] =>
    of(property)
      .map(({ code, incidents, false: wrong }) => ({ code, incidents, false: wrong }))
      .sort(
        (one, other) =>
          other.false - one.false || other.incidents - one.incidents || (one.code < other.code ? -1 : 1),
      )
      .slice(0, MOST_CODES);
  return {
    // The sums are made of entries, whose schema knows no other outcome.
    outcomes: of('outcome').map(({ code, incidents }) => ({ outcome: code as Outcome | '', incidents })),
    days: of('day')
      .map(({ code, incidents, false: wrong }) => ({ day: code, incidents, false: wrong }))
      .sort((one, other) => (one.day < other.day ? -1 : 1)),
    // What is no false alarm has no cause.
    causes: counted('cause').filter((one) => one.code !== ''),
    models: counted('model'),
    families: counted('family'),
    areas: counted('area'),
  };
}

/** Whole months of the country, the days beside them, and the curve of the days. */
async function countryAlarms(client: PoolClient, world: World, asked: Asked): Promise<PropertyRow[]> {
  const values: unknown[] = [];
  const { rows } = await client.query<PropertyRow>(
    `select property, code, sum(incidents)::integer as incidents, sum(wrong)::integer as false from (
       select property, code, incidents, wrong from numbers_country_month d where ${inMonths(world, asked, values)}
       union all
       select part.property, part.code, d.incidents, case d.outcome when 'false' then d.incidents else 0 end
       from numbers_day d cross join lateral (values ('outcome', d.outcome), ('cause', d.cause), ('model', d.model),
         ('family', d.family), ('area', d.area_code)) part(property, code) where ${inRests(world, asked, values)}
       union all
       select 'day', d.day::text, d.incidents, d.wrong from numbers_country_day d where ${inCountryDays(world, asked, values)}
     ) counted group by property, code having sum(incidents) <> 0`,
    values,
  );
  return rows;
}

/** In one walk over the days of an organisation, an area or a cause. */
async function alarmsByDay(
  client: PoolClient,
  world: World,
  asked: Asked,
  scope: AskedScope,
): Promise<PropertyRow[]> {
  const values: unknown[] = [];
  const { rows } = await client.query<PropertyRow>(
    `select (array['day', 'outcome', 'cause', 'model', 'family', 'area'])[array_position(array[31, 47, 55, 59, 61, 62],
          grouping(day, outcome, cause, model, family, area_code))] as property,
        coalesce(day::text, outcome, cause, model, family, area_code) as code, sum(incidents)::integer as incidents,
        coalesce(sum(incidents) filter (where outcome = 'false'), 0)::integer as false
      from numbers_day d where ${inDays(world, asked, scope, values, asked.cause)}
      group by grouping sets ((day), (outcome), (cause), (model), (family), (area_code))
      having sum(incidents) <> 0`,
    values,
  );
  return rows;
}

const MOST_FACILITIES = 20;

/** The facilities that rang for nothing most often. */
export async function facilityNumbers(
  client: PoolClient,
  world: World,
  asked: Asked,
  limit = MOST_FACILITIES,
): Promise<FacilityCount[]> {
  const scope = await scopeOf(client, asked);
  const values: unknown[] = [];
  const counted =
    asked.cause === null
      ? `select d.facility, d.wrong from numbers_facility_month d where ${inFacilityMonths(world, asked, scope, values)}
         union all
         select d.facility, d.incidents from numbers_facility_day d
         where d.outcome = 'false' and ${inRests(world, asked, values, scope)}`
      : `select d.facility, d.incidents as wrong from numbers_facility_day d
         where d.outcome = 'false' and ${inDays(world, asked, scope, values, asked.cause)}`;
  values.push(world, limit);
  const { rows } = await client.query<FacilityCount>(
    `with most as materialized (
        select facility, sum(wrong)::integer as false from (${counted}) counted
        group by facility having sum(wrong) > 0 order by 2 desc, 1 limit $${values.length}
      )
      select most.facility, s.name, most.false from most
      left join facility_search s on s.world = $${values.length - 1} and s.id = most.facility order by most.false desc, most.facility`,
    values,
  );
  return rows;
}

/** How long people needed; the cause narrows nothing here. */
export async function timeNumbers(
  client: PoolClient,
  world: World,
  asked: Asked,
): Promise<Omit<TimeNumbers, 'standards'>[]> {
  const scope = await scopeOf(client, asked);
  const values: unknown[] = [];
  const columns = 'measure, bucket, incidents, within_limit, total_ms';
  const counted = scope.countryTimes
    ? `select ${columns} from numbers_country_time_month d where ${inMonths(world, asked, values)}
       union all select ${columns} from numbers_time_day d where ${inRests(world, asked, values)}`
    : `select ${columns} from numbers_time_day d where ${inDays(world, asked, scope, values)}`;
  const { rows } = await client.query<{
    measure: Measure;
    bucket: number;
    incidents: number;
    within: number;
    ms: number;
  }>(
    `select measure, bucket, sum(incidents)::integer as incidents, sum(within_limit)::integer as within, sum(total_ms)::bigint as ms
      from (${counted}) counted group by measure, bucket having sum(incidents) > 0 order by measure, bucket`,
    values,
  );
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

interface LinkRow {
  readonly property: 'day' | 'model';
  readonly code: string;
  readonly lost: number;
  readonly restored: number;
  readonly ms: number;
}

/** Links lost in the period, by make and model and by day; the cause narrows nothing here. */
export async function linkNumbers(client: PoolClient, world: World, asked: Asked): Promise<LinkNumbers> {
  const scope = await scopeOf(client, asked);
  const values: unknown[] = [];
  const sums = 'd.lost, d.restored, d.lost_ms';
  const counted = scope.countryTimes
    ? `select 'model' as property, d.model as code, ${sums} from numbers_country_link_month d where ${inMonths(world, asked, values)}
       union all select 'model', d.model, ${sums} from numbers_link_day d where ${inRests(world, asked, values)}
       union all select 'day', d.day::text, d.lost, 0, 0 from numbers_country_day d where ${inCountryDays(world, asked, values)}`
    : `select part.property, part.code, ${sums} from numbers_link_day d
       cross join lateral (values ('model', d.model), ('day', d.day::text)) part(property, code)
       where ${inDays(world, asked, scope, values)}`;
  const { rows } = await client.query<LinkRow>(
    `select property, code, sum(lost)::integer as lost, sum(restored)::integer as restored, sum(lost_ms)::bigint as ms
      from (${counted}) counted group by property, code having sum(lost) > 0`,
    values,
  );
  const models = rows.filter((row) => row.property === 'model');
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
      .filter((row) => row.property === 'day')
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
