import fs from 'node:fs';
import { vietNam } from '@keng/country-vn';
import {
  CATEGORIES,
  CAUSES,
  ENTRIES_AN_INCIDENT,
  FAMILIES,
  MODELS,
  OPEN_INCIDENTS,
  type Past,
  type Session,
} from './past.ts';

const BACKFILL = new URL('../../../server/migrations/045-numbers-by-month.sql', import.meta.url);
const LIMIT_MS = 30_000;
const ZONE = `'${vietNam.country.timeZone}'`;

/**
 * What the consumer of the numbers would have counted, made by the database at once: the consumer needs an hour for a past of ten
 * million. That both are the same is shown by the rebuild from the log, which the bench runs on a past of up to a million.
 */
export async function countPast(client: Session, past: Past): Promise<void> {
  await client.query(transmittersSql);
  await client.query(incidentsSql(past));
  await client.query(lossesSql(past));
  await client.query(daysSql);
  // Sums by month of what was counted before they were kept: the migration's own statements.
  const migration = fs.readFileSync(BACKFILL, 'utf8');
  await client.query(migration.slice(migration.indexOf('-- What was counted before')));
  await client.query(
    `insert into consumer_cursor (world, consumer, lane, position) values ('live', 'numbers', 3, ${past.entries + past.facilities})`,
  );
}

const transmittersSql = `
  insert into numbers_transmitter (world, transmitter, facility, organisation, area_code, category, model)
  select t.world, t.id, t.facility, t.organisation, f.area_code, f.category, t.model
  from transmitter t join facility f on f.world = t.world and f.id = t.facility where t.world = 'live'`;

const incidentsSql = ({ incidents, facilities }: Past): string => `
  insert into numbers_incident (world, incident, day, opened_at, organisation, area_code, category, facility, model, family, outcome,
    cause, owner_ms, desk_ms, station_ms, turnout_ms, arrival_ms, late, state)
  select 'live', incident, day, opened_at, desk, area, category, facility, model, family, outcome, cause,
    4 * pace, 6 * pace, 7 * pace, pace, null,
    array(select measure from (values (1, 'owner', 4), (2, 'desk', 6), (3, 'station', 7)) took(place, measure, steps)
      where steps * pace > ${LIMIT_MS} order by place),
    jsonb_build_object('incident', incident, 'number', i + 1, 'facility', facility, 'organisation', desk, 'areaCode', area,
      'category', category, 'openedAt', pg_temp.iso(opened_at), 'day', day, 'transmitter', transmitter, 'model', model,
      'family', family, 'limits', '{"owner": 30, "desk": 30, "station": 30}'::jsonb, 'outcome', outcome, 'cause', cause,
      'done', jsonb_build_object('owner', pg_temp.iso(opened_at + 4 * step), 'desk', pg_temp.iso(opened_at + 6 * step),
        'station', pg_temp.iso(opened_at + 7 * step), 'order', pg_temp.iso(opened_at + 8 * step),
        'turnout', pg_temp.iso(opened_at + 9 * step)),
      'closedAt', case when outcome <> '' then pg_temp.iso(opened_at + 11 * step) end)
  from (
    select *, (opened_at at time zone ${ZONE})::date as day, pace * interval '1 millisecond' as step,
      case when outcome = 'false' then ${CAUSES}[1 + i % 9] else '' end as cause
    from (
      select i, pg_temp.incident_id(i) as incident, pg_temp.at_of(i * ${ENTRIES_AN_INCIDENT}) as opened_at, p.desk, p.area, p.facility,
        p.transmitter, (1 + i % 23)::integer * 1000 as pace, ${CATEGORIES}[1 + p.f % 4] as category, ${MODELS}[1 + p.f % 5] as model,
        ${FAMILIES}[1 + i % 6] as family,
        case when i >= ${incidents - OPEN_INCIDENTS} then '' when i % 10 = 0 then 'fire' when i % 17 = 0 then 'drill' else 'false' end as outcome
      from generate_series(0::bigint, ${incidents - 1}::bigint) i join bench_place p on p.f = 1 + i % ${facilities} offset 0
    ) opened offset 0
  ) dated`;

const lossesSql = ({ entries, facilities }: Past): string => `
  insert into numbers_link (world, transmitter, lost_at, restored_at, facility, organisation, area_code, category, model)
  select 'live', p.transmitter, pg_temp.at_of(n), null, p.facility, p.desk, p.area, ${CATEGORIES}[1 + p.f % 4], ${MODELS}[1 + p.f % 5]
  from generate_series(${ENTRIES_AN_INCIDENT}::bigint, ${entries}::bigint, ${ENTRIES_AN_INCIDENT}) n
    join bench_place p on p.f = 1 + n % ${facilities}`;

const daysSql = `
  insert into numbers_day (world, day, organisation, area_code, category, model, family, outcome, cause, incidents)
    select world, day, organisation, area_code, category, model, family, outcome, cause, count(*) from numbers_incident
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
  insert into numbers_facility_day (world, day, organisation, area_code, category, facility, outcome, cause, incidents)
    select world, day, organisation, area_code, category, facility, outcome, cause, count(*) from numbers_incident
    group by 1, 2, 3, 4, 5, 6, 7, 8;
  insert into numbers_time_day (world, day, organisation, area_code, category, measure, bucket, incidents, within_limit, total_ms)
    select world, day, organisation, area_code, category, measure, case when ms is null then -1 else 5 * ceil(ms / 5000.0) end,
      count(*), count(*) filter (where limited and ms <= ${LIMIT_MS}), coalesce(sum(ms), 0)
    from numbers_incident cross join lateral (values ('owner', owner_ms, true), ('desk', desk_ms, true), ('station', station_ms, true),
      ('turnout', turnout_ms, false), ('arrival', arrival_ms, false)) took(measure, ms, limited)
    where ms is not null or outcome <> ''
    group by 1, 2, 3, 4, 5, 6, 7;
  insert into numbers_link_day (world, day, organisation, area_code, category, model, lost, restored, lost_ms)
    select world, (lost_at at time zone ${ZONE})::date, organisation, area_code, category, model, count(*), 0, 0 from numbers_link
    group by 1, 2, 3, 4, 5, 6`;
