import type { World } from '@keng/model';
import type { PoolClient } from 'pg';

/** Incidents closed within this time stay on the desk's screen (server contract), in seconds. */
const CLOSED_SHOWN_SECONDS = 7_200;
const REFUSED_SHOWN = 50;
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
    (select count(*) from set_aside where world = $1 and retried_at is null) as set_aside`;

// States are text in the table, are put together as text, and Node never parses them. They are sorted here, by the narrow
// columns: PostgreSQL would carry 20 MB of states through its sort (10,000 open: 325 ms against 1,080 ms in the same run).
const INCIDENTS = `select urgency, opened_at as "openedAt", closed_at as "closedAt", number, state::text as state from incident
  where world = $1 and status = 'open'
  union all
  select urgency, opened_at, closed_at, number, state::text from incident
  where world = $1 and status = 'closed' and closed_at > $2`;

/** As JavaScript writes times: UTC with milliseconds. */
function iso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

interface HeadRow {
  readonly position: number | null;
  readonly refused: string | null;
  readonly works: string | null;
  readonly set_aside: number;
}

interface IncidentRow {
  readonly urgency: number;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly number: number;
  readonly state: string;
}

/** What a desk shows when it opens, as JSON: everything open, most urgent first, then what was closed a short while ago. */
export async function deskSnapshot(client: PoolClient, world: World, now: Date): Promise<string> {
  const head = (await client.query<HeadRow>({ name: 'desk-head', text: HEAD, values: [world] })).rows[0];
  if (head === undefined) throw new Error('a select without a table returned no row');
  const since = new Date(now.getTime() - CLOSED_SHOWN_SECONDS * 1000).toISOString();
  const { rows } = await client.query<IncidentRow>({
    name: 'desk-incidents',
    text: INCIDENTS,
    values: [world, since],
  });
  const incidents = rows
    .sort(inQueueOrder)
    .map((row) => row.state)
    .join(',');
  return `{"position":${head.position ?? 0},"now":"${now.toISOString()}","incidents":[${incidents}],"refused":[${
    head.refused ?? ''
  }],"works":[${head.works ?? ''}],"setAside":${head.set_aside}}`;
}

/** Open before closed; the most urgent first, then the oldest; of the closed the last first. */
function inQueueOrder(one: IncidentRow, other: IncidentRow): number {
  const closed = (other.closedAt?.getTime() ?? Infinity) - (one.closedAt?.getTime() ?? Infinity);
  if (one.closedAt !== null || other.closedAt !== null) return closed || one.number - other.number;
  return (
    other.urgency - one.urgency ||
    one.openedAt.getTime() - other.openedAt.getTime() ||
    one.number - other.number
  );
}
