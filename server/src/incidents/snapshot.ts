import type { World } from '@keng/model';
import type { PoolClient } from 'pg';

/** Incidents closed within this time stay on the desk's screen (server contract), in seconds. */
const CLOSED_SHOWN_SECONDS = 7_200;
const REFUSED_SHOWN = 50;
/** Control rooms where nobody answered and that nobody looks after yet: they ring. */
const ABSENCES_SHOWN = 500;
/** Refused frames of other provinces are passed over, but not without end. */
const REFUSED_SEARCHED = 1_000;

// Asked for first: what is read afterwards is at least as new as `position`, and a client passes over entries that a state
// has seen already (their revision). The other way round an entry could be missing from both.
const HEAD = `with refused as (
    select o.position, json_build_object('world', e.world, 'position', o.position, 'kind', e.kind, 'version', e.version,
        'lane', e.lane, 'subject', e.subject, 'organisation', e.organisation, 'facility', e.facility,
        'revision', e.revision, 'at', ${iso('e.at')}, 'recordedAt', ${iso('e.recorded_at')},
        'actor', json_strip_nulls(json_build_object('kind', e.actor_kind, 'id', e.actor_id, 'name', e.actor_name)),
        'body', e.body)::text as entry
    from (select position, entry_id from log_order where world = $1 and kind = 'signal.refused'
        order by position desc limit ${REFUSED_SEARCHED}) o
      join entry e on e.world = $1 and e.id = o.entry_id
    order by o.position desc limit ${REFUSED_SHOWN}
  )
  select (select position from log_head where world = $1) as position,
    (select string_agg(entry, ',' order by position desc) from refused) as refused,
    (select string_agg(state::text, ',' order by starts_at) from works where world = $1 and ended_at is null) as works,
    (select string_agg(json_strip_nulls(json_build_object('organisation', o.code, 'since', last.body->>'since',
        'reason', last.body->>'reason', 'level', o.level, 'toldAt', ${iso('last.at')},
        'claimedBy', (select json_build_object('id', body->'by'->>'id', 'name', body->'by'->>'name', 'at', ${iso('at')}) from entry
          where world = $1 and subject = 'desk/' || o.code and id > last.id and kind = 'desk.claimed' order by id limit 1),
        'raised', (select json_build_object('to', body->>'to', 'at', ${iso('at')}) from entry
          where world = $1 and subject = 'desk/' || o.code and id > last.id and kind = 'desk.raised' order by id limit 1)))::text, ',')
      from organisation o cross join lateral (select id, kind, at, body from entry
        where world = $1 and subject = 'desk/' || o.code and kind in ('desk.silent', 'desk.answered')
        order by id desc limit 1) last
      where o.world = $1 and last.kind = 'desk.silent') as silent,
    (select string_agg(text, ',') from (select json_strip_nulls(json_build_object('id', id, 'facilityId', facility,
        'at', ${iso('ended_at')}, 'raisedAt', state->'raised'->>'at'))::text as text
      from duty_check where world = $1 and state->>'absence' = 'open' order by due_at limit ${ABSENCES_SHOWN}) waiting) as absences,
    (select count(*) from set_aside where world = $1 and retried_at is null) as set_aside`;

// The order first, by the narrow columns: PostgreSQL would carry 40 MB of states through its sort, and nobody could read the most
// urgent before the last is there (10,000 open: 45 ms to know the order, 5 ms more to the first rows, 500 ms to all).
const ORDER = `(select id, status from incident where world = $1 and status = 'open' order by urgency desc, opened_at, number)
  union all
  (select id, status from incident where world = $1 and status = 'closed' and closed_at > $2 order by closed_at desc, number)`;

// States are text in the table, are put together as text, and Node never parses them.
const STATES = `select id, state::text as state from incident where world = $1 and id = any($2)`;

/** Enough for the first screen of a desk; what follows comes in parts that a browser reads without a long pause. */
const FIRST_PART = 60;
const NEXT_PARTS = 500;

/** As JavaScript writes times: UTC with milliseconds. */
function iso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

interface HeadRow {
  readonly position: number | null;
  readonly refused: string | null;
  readonly works: string | null;
  readonly silent: string | null;
  readonly absences: string | null;
  readonly set_aside: number;
}

interface Placed {
  readonly id: string;
  readonly status: 'open' | 'closed';
}

/**
 * What a desk shows when it opens, as JSON in parts: how many there are, then everything open, most urgent first, then what was
 * closed a short while ago. Each incident is a line of its own, so that a browser shows the first while the last are on the way.
 * @param take is given each part at once; it must not wait for a slow reader, or the reader would hold the transaction open
 */
export async function deskSnapshot(
  client: PoolClient,
  world: World,
  now: Date,
  take: (part: string) => void,
): Promise<void> {
  const head = (await client.query<HeadRow>({ name: 'desk-head', text: HEAD, values: [world] })).rows[0];
  if (head === undefined) throw new Error('a select without a table returned no row');
  const since = new Date(now.getTime() - CLOSED_SHOWN_SECONDS * 1000).toISOString();
  const values = [world, since];
  const { rows } = await client.query<Placed>({ name: 'desk-order', text: ORDER, values });
  const open = rows.filter(({ status }) => status === 'open').length;
  take(
    `{"position":${head.position ?? 0},"now":"${now.toISOString()}","open":${open},"closed":${rows.length - open},"refused":[${
      head.refused ?? ''
    }],"works":[${head.works ?? ''}],"silent":[${head.silent ?? ''}],"absences":[${head.absences ?? ''}],"setAside":${head.set_aside},"incidents":[`,
  );
  const ids = rows.map(({ id }) => id);
  let first = true;
  for (let from = 0; from < ids.length; from += from === 0 ? FIRST_PART : NEXT_PARTS) {
    const part = ids.slice(from, from === 0 ? FIRST_PART : from + NEXT_PARTS);
    const states = await statesOf(client, world, part);
    take(states.map((state, index) => (first && index === 0 ? `\n${state}` : `,\n${state}`)).join(''));
    first &&= states.length === 0;
  }
  take('\n]}\n');
}

/** In the order asked for. What is not visible any more is left out: its entries come over the feed. */
async function statesOf(client: PoolClient, world: World, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string; state: string }>({
    name: 'desk-states',
    text: STATES,
    values: [world, ids],
  });
  const byId = new Map(rows.map(({ id, state }) => [id, state]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
