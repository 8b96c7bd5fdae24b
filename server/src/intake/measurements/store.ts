import type { FacilityId, OrganisationCode, TransmitterId, World } from '@keng/model';
import type { Pool, PoolClient } from 'pg';
import type { Measurement } from './measurement.ts';

export interface StoredMeasurement extends Measurement {
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly organisation: OrganisationCode;
}

const COLUMNS = 'world, transmitter, part, kind, at, facility, organisation, unit, value, words';

// One statement, so series and last value commit together. Of several values of one thing in a batch the newest is the last; rows are
// locked in the order of their keys, so that two receivers wait for each other and never in a circle.
const INSERT = `with fresh as materialized (
  select distinct on (transmitter, part, kind, at) $1::text as world, * from unnest(
    $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::text[], $8::text[], $9::double precision[], $10::text[]
  ) as fresh(transmitter, part, kind, at, facility, organisation, unit, value, words)
), series as (
  insert into measurement (${COLUMNS}) select ${COLUMNS} from fresh on conflict do nothing
)
insert into measurement_last as last (${COLUMNS})
select distinct on (transmitter, part, kind) ${COLUMNS} from fresh order by transmitter, part, kind, at desc
on conflict (world, transmitter, part, kind) do update
  set at = excluded.at, facility = excluded.facility, organisation = excluded.organisation, unit = excluded.unit,
    value = excluded.value, words = excluded.words
  where excluded.at > last.at`;

/** Stores a batch; what is stored already stays as it is. */
export async function insertMeasurements(
  pool: Pool,
  world: World,
  rows: readonly StoredMeasurement[],
): Promise<void> {
  await pool.query({
    name: 'measurement-insert',
    text: INSERT,
    values: [
      world,
      rows.map((one) => one.transmitterId),
      rows.map((one) => one.part),
      rows.map((one) => one.kind),
      rows.map((one) => one.at.toISOString()),
      rows.map((one) => one.facilityId),
      rows.map((one) => one.organisation),
      rows.map((one) => one.unit),
      rows.map((one) => (typeof one.value === 'number' ? one.value : null)),
      rows.map((one) => (typeof one.value === 'string' ? one.value : null)),
    ],
  });
}

/** The newest value of one thing. */
export interface LastMeasurement {
  readonly transmitterId: string;
  readonly part: string;
  readonly kind: string;
  readonly unit: string;
  readonly value: number | string;
  readonly at: string;
}

/** Most things of one facility whose last value is shown. */
const MOST_THINGS = 500;

/** The newest values of all transmitters of a facility, by part and kind. */
export async function lastMeasurements(
  client: PoolClient,
  world: World,
  facility: FacilityId,
): Promise<LastMeasurement[]> {
  const { rows } = await client.query<LastMeasurement>({
    name: 'measurement-last',
    text: `select transmitter as "transmitterId", part, kind, unit,
        case when words is null then to_jsonb(value) else to_jsonb(words) end as value,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from measurement_last where world = $1 and facility = $2
      order by transmitter, part, kind limit ${MOST_THINGS}`,
    values: [world, facility],
  });
  return rows;
}

export interface SeriesQuestion {
  readonly transmitter: TransmitterId;
  readonly part: string;
  readonly kind: string;
  readonly from: Date;
  readonly to: Date;
}

/** Seconds since 1970 of the middle of a step, with the least, mean and greatest value in it. */
export type SeriesPoint = readonly [at: number, least: number, mean: number, greatest: number];

/** Steps of a chart. */
export const CHART_STEPS = 240;

/** A series as a chart shows it: at most `CHART_STEPS` points, each with what it hides. */
export async function measurementSeries(
  client: PoolClient,
  world: World,
  { transmitter, part, kind, from, to }: SeriesQuestion,
): Promise<SeriesPoint[]> {
  const stepSeconds = Math.max((to.getTime() - from.getTime()) / 1_000 / CHART_STEPS, 1);
  const { rows } = await client.query<{ step: number; least: number; mean: number; greatest: number }>({
    name: 'measurement-series',
    text: `select floor(extract(epoch from at - $5::timestamptz) / $7)::integer as step,
        min(value) as least, avg(value) as mean, max(value) as greatest
      from measurement
      where world = $1 and transmitter = $2 and part = $3 and kind = $4 and at >= $5 and at < $6 and value is not null
      group by 1 order by 1`,
    values: [world, transmitter, part, kind, from.toISOString(), to.toISOString(), stepSeconds],
  });
  const start = from.getTime() / 1_000;
  return rows.map(({ step, least, mean, greatest }) => [
    Math.round(start + (step + 0.5) * stepSeconds),
    least,
    mean,
    greatest,
  ]);
}
