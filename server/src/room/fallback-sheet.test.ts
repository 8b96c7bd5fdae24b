import { LIVE, type OrganisationCode } from '@keng/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { event, OTHER_STATION, PROVINCE, STATION } from '../incidents/incident.fixture.ts';
import { IncidentWorld } from '../incidents/incident-world.fixture.ts';
import { asAdministrator } from '../testing/index.ts';
import { type FallbackSheet, fallbackSheet } from './fallback-sheet.ts';

let world: IncidentWorld;
beforeEach(async () => {
  world = await IncidentWorld.create();
});
afterEach(() => world.stop());

function sheet(): Promise<FallbackSheet> {
  const desk = { world: LIVE, organisation: PROVINCE as OrganisationCode, now: world.now };
  return world.web([PROVINCE, STATION, OTHER_STATION], (client) => fallbackSheet(client, desk));
}

it('holds open incidents with their telephones in calling order', async () => {
  const building = await world.build({ organisation: STATION });
  await world.hear([building, event('1')]);
  const { incidents, totals } = await sheet();
  expect(totals).toEqual({ incidents: 1, mutes: 0, links: 0 });
  expect(incidents).toHaveLength(1);
  const contacts = incidents[0]?.contacts ?? [];
  expect(contacts.length).toBeGreaterThan(2);
  expect(contacts.map((one) => one.name)).toEqual(contacts.map((one) => one.name).toSorted());
});

it('lists the links that were lost first, with the first contact, and says how many there are', async () => {
  const building = await world.build({ organisation: STATION });
  const { rows } = await world.database
    .pool('keng_core')
    .query<{ id: string; facility: string }>('select id, facility from transmitter limit 1');
  expect(building).toBeDefined();
  // 150 more of the same building, each lost a second after the one before.
  await asAdministrator(
    world.database.address,
    `insert into transmitter select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'account', 'L' || n))).*
       from transmitter t, generate_series(1, 150) n where t.id = '${rows[0]?.id}';
     insert into device_state (world, transmitter, facility, organisation, faults, link, changed_at, state)
       select 'live', id, facility, '${STATION}', 0, 'lost',
         timestamptz '2026-03-01' + substr(account, 2)::int * interval '1 second', '{}'
       from transmitter where account like 'L%'`,
  );
  const { links, totals } = await sheet();
  expect(totals.links).toBe(150);
  expect(links.map((one) => one.detail)).toEqual(Array.from({ length: 100 }, (_, index) => `L${index + 1}`));
  expect(links[0]?.contacts).toHaveLength(1);
});
