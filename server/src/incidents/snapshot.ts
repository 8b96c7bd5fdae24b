import type { World } from '@keng/model';
import type { PoolClient } from 'pg';

/** Incidents closed within this time stay on the desk's screen (server contract), in seconds. */
const CLOSED_SHOWN_SECONDS = 7_200;
const REFUSED_SHOWN = 50;
/** Refused frames of other provinces are passed over, but not without end. */
const REFUSED_SEARCHED = 1_000;

/*
 * One statement is one snapshot: no entry up to `position` can be missing from a state, for entry and state were committed
 * together. States are text in the table and are put together as text; Node never parses them.
 */
const SNAPSHOT = `with visible as materialized (
    select status, urgency, opened_at, closed_at, number, state::text as state from incident
    where world = $1 and status = 'open'
    union all
    select status, urgency, opened_at, closed_at, number, state::text from incident
    where world = $1 and status = 'closed' and closed_at > $2
  ), refused as (
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
    (select string_agg(state, ',' order by status = 'closed', urgency desc, closed_at desc, opened_at, number)
      from visible) as incidents,
    (select string_agg(entry, ',' order by position desc) from refused) as refused,
    (select string_agg(state::text, ',' order by starts_at) from works where world = $1 and ended_at is null) as works,
    (select count(*) from set_aside where world = $1 and retried_at is null) as set_aside`;

/** As JavaScript writes times: UTC with milliseconds. */
function iso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

interface SnapshotRow {
  readonly position: number | null;
  readonly incidents: string | null;
  readonly refused: string | null;
  readonly works: string | null;
  readonly set_aside: number;
}

/** What a desk shows when it opens, as JSON: everything open, most urgent first, then what was closed a short while ago. */
export async function deskSnapshot(client: PoolClient, world: World, now: Date): Promise<string> {
  const since = new Date(now.getTime() - CLOSED_SHOWN_SECONDS * 1000).toISOString();
  const { rows } = await client.query<SnapshotRow>({
    name: 'desk-snapshot',
    text: SNAPSHOT,
    values: [world, since],
  });
  const row = rows[0];
  if (row === undefined) throw new Error('a select without a table returned no row');
  return `{"position":${row.position ?? 0},"now":"${now.toISOString()}","incidents":[${row.incidents ?? ''}],"refused":[${
    row.refused ?? ''
  }],"works":[${row.works ?? ''}],"setAside":${row.set_aside}}`;
}
