import { vietNam } from '@keng/country-vn';
import { type DatabaseAddress, openClient } from '../../../server/src/platform/index.ts';
import { establish } from '../../../server/src/roles/establish-centre.ts';

/** Of forty entries, these many are of one incident; the others are what devices say all day: faults and tests. */
export const ENTRIES_AN_INCIDENT = 40;
const FACILITIES_AN_INCIDENT = 12;
export const MONTHS = 18;
const OPEN_INCIDENTS = 60;

export interface Filled {
  readonly entries: number;
  readonly incidents: number;
  readonly facilities: number;
  /** Around an incident of the middle. */
  readonly incident: string;
  readonly facility: string;
  /** First and last day that has any. */
  readonly from: string;
  readonly to: string;
}

/**
 * A past of eighteen months that was never lived: synthetic facilities, incidents and entries, made inside the database. The shape is
 * that of the log (bodies that the numbers read are whole); seals and salts are left out, for nothing here verifies them.
 */
export async function fillPast(
  address: DatabaseAddress,
  entries: number,
  say: (text: string) => void,
): Promise<Filled> {
  await establish(address, 'bench', vietNam);
  const incidents = Math.floor(entries / ENTRIES_AN_INCIDENT);
  const facilities = Math.max(200, Math.floor(incidents / FACILITIES_AN_INCIDENT));
  const client = await openClient(address, 'administrator', 'bench-growth');
  try {
    const step = async (what: string, sql: string): Promise<void> => {
      const started = performance.now();
      await client.query(sql);
      say(`${what}: ${((performance.now() - started) / 1_000).toFixed(1)} s`);
    };
    const until = new Date();
    until.setUTCMilliseconds(0);
    const beginning = new Date(until);
    beginning.setUTCMonth(beginning.getUTCMonth() - MONTHS);
    const msAnEntry = (until.getTime() - beginning.getTime()) / entries;
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`);
    await client.query(`create function pg_temp.facility_id(n bigint) returns uuid language sql immutable as
      $$ select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$`);
    await client.query(`create function pg_temp.incident_id(n bigint) returns uuid language sql immutable as
      $$ select ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid $$`);
    await client.query(`create function pg_temp.transmitter_id(n bigint) returns uuid language sql immutable as
      $$ select ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid $$`);
    await client.query(`create function pg_temp.at_of(n bigint) returns timestamptz language sql immutable as
      $$ select '${beginning.toISOString()}'::timestamptz + n * interval '${msAnEntry} milliseconds' $$`);
    // Desks of provinces, numbered.
    await client.query(`create temporary table desk as
      select row_number() over (order by code) - 1 as place, code, area_code from organisation
      where world = 'live' and level = 'province'`);
    const desks = Number((await client.query<{ n: number }>('select count(*) as n from desk')).rows[0]?.n);
    await step(`${facilities} facilities`, facilitiesSql(facilities, desks));
    await step(`${entries} entries`, entriesSql(entries, incidents, facilities, desks));
    await step('their order', orderSql(entries));
    await step(`${incidents} incidents`, incidentsSql(incidents, facilities, desks));
    await client.query(`insert into entry (world, id, lane, kind, version, subject, organisation, facility, revision, at, recorded_at,
        actor_kind, actor_id, body, commitment)
      select 'live', 2900000000000000 + n, 2, 'facility.registered', 1, pg_temp.facility_id(n)::text, organisation,
        pg_temp.facility_id(n), 1, '${beginning.toISOString()}', '${beginning.toISOString()}', 'system', 'bench',
        (state || '{"source": "demonstration"}')::json, '\\x00'
      from facility cross join lateral (select ('x' || right(id::text, 12))::bit(48)::bigint as n) number where world = 'live'`);
    await client.query(`insert into log_order (world, position, entry_id, lane, kind, origin, epoch, seq)
      select 'live', n, 2900000000000000 + n, 2, 'facility.registered', 'bench', 1, n from generate_series(1, ${facilities}) n`);
    await client.query(`update log_head set position = ${entries + facilities} where world = 'live'`);
    await step('statistics', 'vacuum analyze');
    const middle = Math.floor(incidents / 2);
    const { rows } = await client.query<{ incident: string; facility: string }>(
      `select pg_temp.incident_id(${middle})::text as incident, pg_temp.facility_id(1 + ${middle} % ${facilities})::text as facility`,
    );
    return {
      entries,
      incidents,
      facilities,
      incident: rows[0]?.incident ?? '',
      facility: rows[0]?.facility ?? '',
      from: beginning.toISOString().slice(0, 10),
      to: until.toISOString().slice(0, 10),
    };
  } finally {
    await client.end();
  }
}

const CATEGORIES = `(array['school', 'market', 'hospital', 'karaoke'])`;
const MODELS = `(array['Synthetic maker A1', 'Synthetic maker A2', 'Synthetic maker B1', 'Synthetic maker C1', 'Synthetic maker C2'])`;

function facilitiesSql(facilities: number, desks: number): string {
  const state = `jsonb_build_object('id', pg_temp.facility_id(n), 'name', 'Synthetic facility ' || n, 'address', n || ' Synthetic street',
      'areaCode', d.area_code, 'communeCode', null, 'communeName', null, 'position', null, 'reference', null,
      'category', ${CATEGORIES}[1 + n % 4], 'managingLevel', 'province', 'organisation', d.code, 'hazards', '[]'::jsonb,
      'onSiteForce', jsonb_build_object('people', 1, 'description', ''), 'water', '[]'::jsonb, 'synthetic', true,
      'contacts', jsonb_build_array(jsonb_build_object('id', pg_temp.facility_id(n), 'order', 1, 'name', 'Synthetic contact',
        'role', 'guard', 'telephone', '+84900000000', 'email', null, 'language', 'vi')),
      'transmitters', jsonb_build_array(jsonb_build_object('id', pg_temp.transmitter_id(n), 'protocol', 'dc09',
        'account', upper(lpad(to_hex(n), 8, '0')), 'model', ${MODELS}[1 + n % 5], 'encrypted', false, 'reportingSeconds', null,
        'zones', '[]'::jsonb)),
      'registeredAt', now(), 'changedAt', now(), 'removedAt', null)`;
  const from = `generate_series(1, ${facilities}) n join desk d on d.place = n % ${desks}`;
  return `
    insert into facility (world, id, revision, organisation, name, category, area_code, managing_level, synthetic, changed_at, state)
      select 'live', pg_temp.facility_id(n), 1, d.code, 'Synthetic facility ' || n, ${CATEGORIES}[1 + n % 4], d.area_code,
        'province', true, now(), ${state} from ${from};
    insert into facility_search (world, id, organisation, category, area_code, name, sort_name, search_text)
      select 'live', pg_temp.facility_id(n), d.code, ${CATEGORIES}[1 + n % 4], d.area_code, 'Synthetic facility ' || n,
        'synthetic facility ' || lpad(n::text, 8, '0'),
        'synthetic facility ' || n || ' ' || n || ' synthetic street ' || lower(lpad(to_hex(n), 8, '0')) from ${from};
    insert into transmitter (world, id, facility, organisation, protocol, account, model, zones)
      select 'live', pg_temp.transmitter_id(n), pg_temp.facility_id(n), d.code, 'dc09', upper(lpad(to_hex(n), 8, '0')),
        ${MODELS}[1 + n % 5], '[]' from ${from}`;
}

/** How an incident goes, step by step; the rest of the forty are signals. */
const STEPS = `(array['incident.opened', 'incident.owner-alerted', 'incident.contact-reached', 'incident.contact-reached',
  'incident.owner-answered', 'incident.claimed', 'incident.desk-accepted', 'incident.station-accepted',
  'incident.dispatch-confirmed', 'incident.station-reported', 'incident.noted', 'incident.closed'])`;
const STEP_COUNT = 12;
/** The last of the forty is a lost link. */
const LOSS = ENTRIES_AN_INCIDENT;
const CAUSES = `(array['dust', 'cooking', 'smoking', 'works', 'fault', 'malicious', 'accidental', 'test-not-announced', 'other'])`;
const FAMILIES = `(array['smoke', 'smoke', 'smoke', 'heat', 'manual', 'fire'])`;

function entriesSql(entries: number, incidents: number, facilities: number, desks: number): string {
  // n: place in the log; i: its incident; k: its step of it, 0 for what a device said. Steps of an incident lie seconds apart.
  const person = `'by', json_build_object('id', pg_temp.facility_id(1), 'name', 'Synthetic officer')`;
  const clock = `json_build_object('seconds', 30, 'source', 'keng', 'official', false, 'dueAt', iso)`;
  const body = `case k
      when 1 then json_build_object('number', i + 1, 'type', 'fire-alarm',
        'facility', json_build_object('id', pg_temp.facility_id(f), 'name', 'Synthetic facility ' || f, 'address', f || ' Synthetic street',
          'category', ${CATEGORIES}[1 + f % 4], 'position', null, 'managingLevel', 'province', 'areaCode', area, 'synthetic', true),
        'province', desk, 'station', null,
        'signals', json_build_array(json_build_object('signalId', pg_temp.incident_id(i), 'transmitterId', pg_temp.transmitter_id(f),
          'zone', '1', 'zoneLabel', null, 'family', ${FAMILIES}[1 + i % 6], 'class', 'alarm', 'at', iso)),
        'clocks', json_build_object('owner', ${clock}, 'desk', ${clock}, 'station', ${clock}), 'nationalSounds', false)
      when 2 then '{"contacts": []}'::json
      when 5 then json_build_object('contactId', null, 'name', 'Synthetic contact', 'answer', 'false', 'channel', 'telephone')
      when 6 then json_build_object(${person})
      when 7 then json_build_object(${person}, 'organisation', desk)
      when 8 then json_build_object(${person}, 'organisation', desk)
      when 9 then json_build_object(${person}, 'resources', '[]'::json, 'station', null)
      when 10 then json_build_object(${person}, 'state', 'turned-out', 'note', null)
      when 11 then json_build_object(${person}, 'text', 'synthetic note')
      when 12 then json_build_object(${person}, 'outcome', case when i % 10 = 0 then 'fire' when i % 17 = 0 then 'drill' else 'false' end,
        'cause', case when i % 10 = 0 or i % 17 = 0 then null else ${CAUSES}[1 + i % 9] end, 'note', null)
      when ${LOSS} then json_build_object('transmitterId', pg_temp.transmitter_id(f), 'facilityId', pg_temp.facility_id(f),
        'lastHeardAt', null, 'reportingSeconds', 90)
      else json_build_object('contactId', pg_temp.facility_id(f), 'name', 'Synthetic contact', 'channel', 'voice', 'result', 'no-answer',
        'detail', null, 'padding', repeat('x', 120)) end`;
  return `insert into entry (world, id, lane, kind, version, subject, organisation, facility, revision, at, recorded_at, actor_kind, actor_id,
      body, commitment)
    select 'live', case when k in (0, ${LOSS}) then 1000000000000001 + n else n end, case when k in (0, ${LOSS}) then 1 else 0 end,
      case k when 0 then 'signal.received' when ${LOSS} then 'link.lost' else ${STEPS}[k] end, 1,
      case when k in (0, ${LOSS}) then pg_temp.transmitter_id(f)::text else pg_temp.incident_id(i)::text end, desk, pg_temp.facility_id(f),
      case when k in (0, ${LOSS}) then null else k end, at, at, 'system', 'bench', ${body}, '\\x00'
    from (
      select n, i, k, f, d.code as desk, d.area_code as area, at, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso
      from (
        select n, i, k, case when k in (0, ${LOSS}) then 1 + n % ${facilities} else 1 + i % ${facilities} end as f,
          case when k in (0, ${LOSS}) then pg_temp.at_of(n) else pg_temp.at_of(i * ${ENTRIES_AN_INCIDENT}) + (k - 1) * (1 + i % 23) * interval '1 second' end as at
        from (select n, (n - 1) / ${ENTRIES_AN_INCIDENT} as i,
          case when (n - 1) % ${ENTRIES_AN_INCIDENT} < ${STEP_COUNT} and (n - 1) / ${ENTRIES_AN_INCIDENT} < ${incidents}
            and not ((n - 1) / ${ENTRIES_AN_INCIDENT} >= ${incidents - OPEN_INCIDENTS} and (n - 1) % ${ENTRIES_AN_INCIDENT} = ${STEP_COUNT - 1})
            then (n - 1) % ${ENTRIES_AN_INCIDENT} + 1
            when (n - 1) % ${ENTRIES_AN_INCIDENT} = ${LOSS - 1} then ${LOSS} else 0 end as k
          from generate_series(1::bigint, ${entries}::bigint) n) a
      ) b join desk d on d.place = b.f % ${desks}
    ) c`;
}

/** Positions follow the entries as they were made; facilities were registered before. */
function orderSql(_entries: number): string {
  return `insert into log_order (world, position, entry_id, lane, kind, origin, epoch, seq)
    select 'live', p, id, lane, kind, 'bench', 1, p from (
      select id, lane, kind, (select count(*) from facility where world = 'live')
        + case when lane = 0 then id else id - 1000000000000001 end as p from entry where world = 'live') ordered`;
}

function incidentsSql(incidents: number, facilities: number, desks: number): string {
  const open = `i >= ${incidents - OPEN_INCIDENTS}`;
  return `insert into incident (world, id, number, facility, organisation, province, status, urgency, opened_at, changed_at, closed_at,
      entries, state)
    select 'live', pg_temp.incident_id(i), i + 1, pg_temp.facility_id(f), d.code, d.code,
      case when ${open} then 'open' else 'closed' end, i % 100, at, at, case when ${open} then null else at + interval '5 minutes' end,
      ${STEP_COUNT}, json_build_object('id', pg_temp.incident_id(i), 'number', i + 1, 'openedAt', at, 'padding', repeat('x', 1500))
    from (select i, 1 + i % ${facilities} as f, pg_temp.at_of(i * ${ENTRIES_AN_INCIDENT}) as at
      from generate_series(0::bigint, ${incidents - 1}::bigint) i) a join desk d on d.place = a.f % ${desks}`;
}
