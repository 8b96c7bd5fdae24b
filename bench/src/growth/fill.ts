import { vietNam } from '@keng/country-vn';
import { type DatabaseAddress, openClient } from '../../../server/src/platform/index.ts';
import { establish } from '../../../server/src/roles/establish-centre.ts';
import { countPast } from './count-past.ts';
import { fillLog, placesSql, STEP_COUNT } from './fill-log.ts';
import {
  CATEGORIES,
  ENTRIES_AN_INCIDENT,
  functionsSql,
  MODELS,
  OPEN_INCIDENTS,
  type Past,
  type Step,
} from './past.ts';

const FACILITIES_AN_INCIDENT = 12;
export const MONTHS = 18;
/** Nobody counts the past and looks at it at once: two sessions fill, for two processors. */
const SESSIONS = 2;

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
 * A past of eighteen months that was never lived: synthetic facilities, incidents and entries, made inside the database. It is a log
 * as any other: each entry has its salt and commitment, all have their place in the order, and the seals go through all of them.
 */
export async function fillPast(
  address: DatabaseAddress,
  entries: number,
  say: (text: string) => void,
): Promise<Filled> {
  await establish(address, 'bench', vietNam);
  const incidents = Math.floor(entries / ENTRIES_AN_INCIDENT);
  const facilities = Math.max(200, Math.floor(incidents / FACILITIES_AN_INCIDENT));
  const until = new Date();
  until.setUTCMilliseconds(0);
  const beginning = new Date(until);
  beginning.setUTCMonth(beginning.getUTCMonth() - MONTHS);
  const clients = await Promise.all(
    Array.from({ length: SESSIONS }, () => openClient(address, 'administrator', 'bench-growth')),
  );
  const [client] = clients;
  if (client === undefined) throw new RangeError('no session to fill with');
  const step: Step = async (what, work) => {
    const started = performance.now();
    await work();
    say(`${what}: ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  };
  try {
    const past: Past = { entries, incidents, facilities, desks: 0, beginning, until };
    for (const one of clients) {
      // Nothing here has to survive the machine; what is measured are questions, asked with the settings of `npm start`.
      await one.query(`set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB';
        set maintenance_work_mem = '1GB'`);
      await one.query(functionsSql(past));
    }
    await client.query(`create unlogged table bench_desk as
      select row_number() over (order by code) - 1 as place, code, area_code from organisation
      where world = 'live' and level = 'province'`);
    const desks = Number(
      (await client.query<{ n: number }>('select count(*) as n from bench_desk')).rows[0]?.n,
    );
    await step(`${facilities} facilities`, () => client.query(facilitiesSql(facilities, desks)));
    await client.query(placesSql({ ...past, desks }));
    await fillLog(clients, { ...past, desks }, step);
    await step(`${incidents} incidents`, () => client.query(incidentsSql(incidents, facilities, desks)));
    await step('their numbers', () => countPast(client, { ...past, desks }));
    const middle = Math.floor(incidents / 2);
    const { rows } = await client.query<{ incident: string; facility: string }>(
      `select pg_temp.incident_id(${middle})::text as incident, pg_temp.facility_id(1 + ${middle} % ${facilities})::text as facility`,
    );
    await client.query('drop table bench_desk, bench_place');
    await step('statistics', () => client.query('vacuum analyze'));
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
    await Promise.all(clients.map((one) => one.end()));
  }
}

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
  const from = `generate_series(1, ${facilities}) n join bench_desk d on d.place = n % ${desks}`;
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

function incidentsSql(incidents: number, facilities: number, desks: number): string {
  const open = `i >= ${incidents - OPEN_INCIDENTS}`;
  return `insert into incident (world, id, number, facility, organisation, province, status, urgency, opened_at, changed_at, closed_at,
      entries, state)
    select 'live', pg_temp.incident_id(i), i + 1, pg_temp.facility_id(f), d.code, d.code,
      case when ${open} then 'open' else 'closed' end, i % 100, at, at, case when ${open} then null else at + interval '5 minutes' end,
      ${STEP_COUNT}, json_build_object('id', pg_temp.incident_id(i), 'number', i + 1, 'openedAt', at, 'padding', repeat('x', 1500))
    from (select i, 1 + i % ${facilities} as f, pg_temp.at_of(i * ${ENTRIES_AN_INCIDENT}) as at
      from generate_series(0::bigint, ${incidents - 1}::bigint) i) a join bench_desk d on d.place = a.f % ${desks}`;
}
