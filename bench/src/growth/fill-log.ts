import {
  CATEGORIES,
  CAUSES,
  ENTRIES_AN_INCIDENT,
  FAMILIES,
  OPEN_INCIDENTS,
  type Past,
  type Session,
  type Step,
} from './past.ts';
import { whileWithoutIndexes } from './without-indexes.ts';

/** How an incident goes, step by step; the rest of the forty are signals, and the last of them is a lost link. */
const STEPS = `(array['incident.opened', 'incident.owner-alerted', 'incident.contact-reached', 'incident.contact-reached',
  'incident.owner-answered', 'incident.claimed', 'incident.desk-accepted', 'incident.station-accepted',
  'incident.dispatch-confirmed', 'incident.station-reported', 'incident.noted', 'incident.closed'])`;
export const STEP_COUNT = 12;

const FAULTS = '1000000000000000';
const ROUTINE = '2000000000000000';
const SEALED_AT_ONCE = 1_000;
const ENTRIES_AT_ONCE = 250_000;

/** What entries say of a facility, written once for each. */
export const placesSql = ({ facilities, desks }: Past): string => `
  create unlogged table bench_place as
    select n as f, pg_temp.facility_id(n) as facility, pg_temp.transmitter_id(n) as transmitter, d.code as desk, d.area_code as area,
      '","receiver":"dc09-tcp","protocol":"dc09","account":"' || upper(lpad(to_hex(n), 8, '0')) || '","line":"0","sequence":"0001",'
        || '"remote":"192.0.2.1:40000","encrypted":false,"deviceAt":null,"raw":"' || repeat('QUJD', 30) || '","quirks":[],'
        || '"events":[{"family":"system","class":"test","code":"RP","zone":null,"area":null,"text":null,"repeat":false}],'
        || '"transmitterId":"' || pg_temp.transmitter_id(n) || '","facilityId":"' || pg_temp.facility_id(n) || '"}' as heard,
      '"facility":{"id":"' || pg_temp.facility_id(n) || '","name":"Synthetic facility ' || n || '","address":"' || n
        || ' Synthetic street","category":"' || ${CATEGORIES}[1 + n % 4]
        || '","position":null,"managingLevel":"province","areaCode":"' || d.area_code || '","synthetic":true},"province":"' || d.code
        || '","station":null,' as opened
    from generate_series(1::bigint, ${facilities}::bigint) n join bench_desk d on d.place = n % ${desks};
  analyze bench_place`;

/** Puts the whole log there: entries, their order and the seals. Indexes are built when all of it stands. */
export async function fillLog(clients: readonly Session[], past: Past, step: Step): Promise<void> {
  const [client] = clients;
  if (client === undefined) throw new RangeError('no session to fill with');
  await whileWithoutIndexes(clients, ['entry', 'log_order'], step, async () => {
    await step(`${past.entries} entries`, async () => {
      await client.query(registeredSql(past));
      await inTurns(clients, past.entries, (first, last) => [
        signalsSql(past, first, last),
        stepsSql(past, first, last),
        lossesSql(past, first, last),
      ]);
    });
    await step('their order', () =>
      inTurns(clients, past.entries, (first, last) => [orderSql(past, first, last)]),
    );
  });
  await client.query('analyze entry; analyze log_order');
  await step('seals', () => client.query(sealsSql(past.entries + past.facilities)));
}

/** Each session takes the next piece when it has done its own. */
async function inTurns(
  clients: readonly Session[],
  entries: number,
  sqlOf: (first: number, last: number) => readonly string[],
): Promise<void> {
  let next = 1;
  const work = async (client: Session): Promise<void> => {
    while (next <= entries) {
      const first = next;
      const last = Math.min(entries, first + ENTRIES_AT_ONCE - 1);
      next = last + 1;
      for (const sql of sqlOf(first, last)) await client.query(sql);
    }
  };
  await Promise.all(clients.map(work));
}

/** Step of its incident that the n-th entry is, 0: a signal. The newest incidents are still open. */
const stepOf = ({
  incidents,
}: Past): string => `case when (n - 1) % ${ENTRIES_AN_INCIDENT} = ${ENTRIES_AN_INCIDENT - 1} then ${ENTRIES_AN_INCIDENT}
  when (n - 1) % ${ENTRIES_AN_INCIDENT} >= ${STEP_COUNT} or (n - 1) / ${ENTRIES_AN_INCIDENT} >= ${incidents} then 0
  when (n - 1) % ${ENTRIES_AN_INCIDENT} = ${STEP_COUNT - 1} and (n - 1) / ${ENTRIES_AN_INCIDENT} >= ${incidents - OPEN_INCIDENTS} then 0
  else (n - 1) % ${ENTRIES_AN_INCIDENT} + 1 end`;

const S = `E'\\x1f'`;

/** Inserts what `source` gives, with salt and commitment as server/src/log/commitment.ts makes them. */
const insertSql = (actor: string, source: string): string => `
  insert into entry (world, id, lane, kind, version, subject, organisation, facility, revision, at, recorded_at, actor_kind, actor_id,
    body, salt, commitment)
  select 'live', id, lane, kind, 1, subject, organisation, facility, revision, at, at, '${actor}', 'bench', body::json,
    decode(salt, 'hex'), sha256(convert_to(salt || ${S} || 'live' || ${S} || lane || ${S} || kind || ${S} || '1' || ${S} || subject || ${S}
      || organisation || ${S} || facility || ${S} || coalesce(revision::text, '') || ${S} || iso || ${S} || iso || ${S} || '${actor}' || ${S}
      || 'bench' || ${S} || ${S} || body, 'UTF8'))
  from (select *, pg_temp.iso(at) as iso, md5(id::text) as salt from (${source}) made offset 0) salted`;

const signalsSql = (past: Past, first: number, last: number): string =>
  insertSql(
    'receiver',
    `select ${FAULTS} + n as id, 1 as lane, 'signal.received' as kind, p.transmitter::text as subject, p.desk as organisation, p.facility,
       null::integer as revision, pg_temp.at_of(n) as at,
       '{"signalId":"00000000-0000-7000-b000-' || lpad(to_hex(n), 12, '0') || p.heard as body
     from generate_series(${first}::bigint, ${last}::bigint) n join bench_place p on p.f = 1 + n % ${past.facilities}
     where ${stepOf(past)} = 0 offset 0`,
  );

const lossesSql = (past: Past, first: number, last: number): string =>
  insertSql(
    'system',
    `select ${FAULTS} + n as id, 1 as lane, 'link.lost' as kind, p.transmitter::text as subject, p.desk as organisation, p.facility,
       null::integer as revision, pg_temp.at_of(n) as at, '{"transmitterId":"' || p.transmitter || '","facilityId":"' || p.facility
         || '","lastHeardAt":null,"reportingSeconds":90}' as body
     from generate_series(${first}::bigint, ${last}::bigint) n join bench_place p on p.f = 1 + n % ${past.facilities}
     where ${stepOf(past)} = ${ENTRIES_AN_INCIDENT} offset 0`,
  );

/** Steps of an incident lie seconds apart. */
function stepsSql(past: Past, first: number, last: number): string {
  const clock = `'{"seconds":30,"source":"keng","official":false,"dueAt":"' || began || '"}'`;
  const by = `'{"by":{"id":"00000000-0000-7000-8000-000000000001","name":"Synthetic officer"}`;
  const body = `case k
      when 1 then '{"number":' || i + 1 || ',"type":"fire-alarm",' || opened || '"signals":[{"signalId":"' || incident
        || '","transmitterId":"' || transmitter || '","zone":"1","zoneLabel":null,"family":"' || ${FAMILIES}[1 + i % 6]
        || '","class":"alarm","at":"' || began || '"}],"clocks":{"owner":' || ${clock} || ',"desk":' || ${clock} || ',"station":'
        || ${clock} || '},"nationalSounds":false}'
      when 2 then '{"contacts":[]}'
      when 5 then '{"contactId":null,"name":"Synthetic contact","answer":"false","channel":"telephone"}'
      when 6 then ${by}}'
      when 7 then ${by},"organisation":"' || desk || '"}'
      when 8 then ${by},"organisation":"' || desk || '"}'
      when 9 then ${by},"resources":[],"station":null}'
      when 10 then ${by},"state":"turned-out","note":null}'
      when 11 then ${by},"text":"synthetic note"}'
      when 12 then ${by},"outcome":"' || case when i % 10 = 0 then 'fire' when i % 17 = 0 then 'drill' else 'false' end || '","cause":'
        || case when i % 10 = 0 or i % 17 = 0 then 'null' else '"' || ${CAUSES}[1 + i % 9] || '"' end || ',"note":null}'
      else '{"contactId":"' || facility || '","name":"Synthetic contact","channel":"voice","result":"no-answer","detail":null}' end`;
  return insertSql(
    'system',
    `select n as id, 0 as lane, ${STEPS}[k] as kind, incident::text as subject, desk as organisation, facility, k as revision,
       pg_temp.at_of(i * ${ENTRIES_AN_INCIDENT}) + (k - 1) * (1 + i % 23) * interval '1 second' as at, ${body} as body
     from (
       select n, i, k, p.*, pg_temp.incident_id(i) as incident, pg_temp.iso(pg_temp.at_of(i * ${ENTRIES_AN_INCIDENT})) as began
       from (
         select n, (n - 1) / ${ENTRIES_AN_INCIDENT} as i, (${stepOf(past)})::integer as k
         from generate_series(${first}::bigint, ${last}::bigint) n
       ) numbered join bench_place p on p.f = 1 + i % ${past.facilities}
       where k between 1 and ${STEP_COUNT} offset 0
     ) placed offset 0`,
  );
}

/** Facilities were registered before anything else, and stand first in the order. */
const registeredSql = ({ facilities, beginning }: Past): string =>
  `${insertSql(
    'system',
    `select ${ROUTINE} + n as id, 2 as lane, 'facility.registered' as kind, id::text as subject, organisation, id as facility,
       1 as revision, '${beginning.toISOString()}'::timestamptz as at, (state || '{"source": "demonstration"}')::text as body
     from facility cross join lateral (select ('x' || right(id::text, 12))::bit(48)::bigint as n) number where world = 'live' offset 0`,
  )};
   insert into log_order (world, position, entry_id, lane, kind, origin, epoch, seq)
     select 'live', n, ${ROUTINE} + n, 2, 'facility.registered', 'bench', 1, n from generate_series(1, ${facilities}) n`;

/** Positions follow the entries as they were made. */
const orderSql = (past: Past, first: number, last: number): string => `
  insert into log_order (world, position, entry_id, lane, kind, origin, epoch, seq)
  select 'live', ${past.facilities} + n, case when k in (0, ${ENTRIES_AN_INCIDENT}) then ${FAULTS} + n else n end,
    case when k in (0, ${ENTRIES_AN_INCIDENT}) then 1 else 0 end,
    case k when 0 then 'signal.received' when ${ENTRIES_AN_INCIDENT} then 'link.lost' else ${STEPS}[k] end, 'bench', 1, ${past.facilities} + n
  from (select n, ${stepOf(past)} as k from generate_series(${first}::bigint, ${last}::bigint) n offset 0) stepped`;

/** One chain through all positions, as the sequencer makes it. */
const sealsSql = (positions: number): string => `do $$
  declare
    previous bytea := decode(repeat('00', 32), 'hex');
    link bytea;
    first bigint := 1;
    last bigint;
  begin
    while first <= ${positions} loop
      last := least(first + ${SEALED_AT_ONCE - 1}, ${positions});
      select sha256(previous || convert_to(first || ':' || last || ':', 'UTF8') || string_agg(e.commitment, ''::bytea order by o.position))
        into link from log_order o join entry e on e.world = o.world and e.id = o.entry_id
        where o.world = 'live' and o.position between first and last;
      insert into seal (world, last_position, first_position, previous_hash, hash, sealed_at)
        values ('live', last, first, previous, link, now());
      previous := link;
      first := last + 1;
    end loop;
    update log_head set position = ${positions}, hash = previous where world = 'live';
  end $$`;
