import { type DatabaseAddress, openClient } from '../../../server/src/platform/index.ts';
import { type FleetShape, sqlOf } from './fleet.ts';

/** Rows of a statement: none is so long that its memory or its log is worth a thought. */
const ROWS = 100_000;

/**
 * The register with all devices of the country, made inside the database: a facility each, with one plain DC-09 transmitter that has to
 * report. They are not in the search and have no entries in the log: neither is asked here.
 */
export async function fillFleet(
  address: DatabaseAddress,
  shape: FleetShape,
  reportingSeconds: number,
  say: (text: string) => void,
): Promise<void> {
  const client = await openClient(address, 'administrator', 'bench-fleet');
  const { area, carrier } = sqlOf(shape);
  try {
    // Nothing here has to survive the machine.
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    await client.query(`
      create function pg_temp.facility_id(n bigint) returns uuid language sql immutable as
        $$ select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
      create function pg_temp.transmitter_id(n bigint) returns uuid language sql immutable as
        $$ select ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
      create temporary table desk as
        select distinct on (area_code) area_code, code from organisation
          where world = 'live' and level = 'province' order by area_code, code;
      create temporary table device (n bigint, area text, organisation text, carrier text, account text)`);
    for (let from = 0; from < shape.devices; from += ROWS) {
      const upto = Math.min(shape.devices, from + ROWS);
      await client.query(`
        truncate device;
        insert into device select n, d.area_code, d.code, ${carrier}, upper(lpad(to_hex(n + 1), 8, '0'))
          from generate_series(${from}, ${upto - 1}) n join desk d on d.area_code = ${area};
        insert into facility (world, id, revision, organisation, name, category, area_code, managing_level, synthetic, changed_at, state)
          select 'live', pg_temp.facility_id(n), 1, organisation, 'Synthetic facility ' || n, 'market', area, 'province', true, now(),
            ${STATE} from device;
        insert into transmitter (world, id, facility, organisation, protocol, account, model, zones, reporting_seconds, paths)
          select 'live', pg_temp.transmitter_id(n), pg_temp.facility_id(n), organisation, 'dc09', account, null, ${ZONES},
            ${reportingSeconds}, ${PATHS} from device`);
      say(`${upto} devices in the register`);
    }
    await client.query('vacuum analyze facility');
    await client.query('vacuum analyze transmitter');
  } finally {
    await client.end();
  }
}

const PATHS = `jsonb_build_array(jsonb_build_object('medium', 'mobile', 'carrier', carrier, 'reportingSeconds', null, 'listener', null,
  'line', null, 'receiver', null, 'networks', '[]'::jsonb))`;
const ZONES = `'[{"number": "1", "kind": "smoke", "label": "1"}]'::jsonb`;
const STATE = `jsonb_build_object('id', pg_temp.facility_id(n), 'name', 'Synthetic facility ' || n, 'address', n || ' Synthetic street',
  'areaCode', area, 'communeCode', null, 'communeName', null, 'position', null, 'reference', null, 'category', 'market',
  'managingLevel', 'province', 'organisation', organisation, 'hazards', '[]'::jsonb,
  'onSiteForce', jsonb_build_object('people', 0, 'description', ''), 'water', '[]'::jsonb, 'synthetic', true, 'contacts', '[]'::jsonb,
  'transmitters', jsonb_build_array(jsonb_build_object('id', pg_temp.transmitter_id(n), 'protocol', 'dc09', 'account', account,
    'model', null, 'encrypted', false, 'reportingSeconds', null, 'zones', ${ZONES})),
  'registeredAt', now(), 'changedAt', now(), 'removedAt', null)`;
