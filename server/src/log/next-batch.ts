import type { EntryKind } from '@keng/model';
import type { CursorLane } from './consumer.ts';
import { ENTRY_COLUMNS, ENTRY_OF_POSITION } from './read.ts';

/** What most entries are. The index of the log by kind leaves it out (migration 023). */
const COMMON_KIND: EntryKind = 'signal.received';

/** Positions looked at for one batch by who wants the common kind: behind a gap, or many entries of other lanes, it jumps. */
const LONGEST_LOOK = 2_000;

/** A statement that locks a cursor and reads what comes after it. Parameters: world, consumer, most entries, kinds. */
export interface NextBatch {
  readonly name: string;
  readonly text: string;
}

/** The statement for a lane of a consumer with these kinds. */
export function nextBatch(lane: CursorLane, kinds: readonly string[]): NextBatch {
  return kinds.includes(COMMON_KIND)
    ? { name: `consumer-next-${lane}`, text: amongAll(lane) }
    : { name: `consumer-next-rare-${lane}`, text: byKind(lane) };
}

// The lane stands in the text and is no parameter: the index of the urgent lanes is used only where the planner can see the lane.
function cursorOf(lane: CursorLane): string {
  return `cursor as materialized (
      select position from consumer_cursor where world = $1 and consumer = $2 and lane = ${lane} for update skip locked
    )`;
}

function inLane(lane: CursorLane): string {
  return lane === 3 ? '' : `and lane = ${lane}`;
}

// Only what is wanted travels; how far the look went, and whether there may be more, stands beside each entry, or beside none.
const FOUND = 'found as materialized (select count(*) as number, max(position) as last from wanted)';
const RESULT = `select span.upto, span.more, ${ENTRY_COLUMNS} from span
      left join (wanted o cross join lateral (${ENTRY_OF_POSITION} limit 1) e) on true
    where span.upto is not null order by o.position`;

// In the order of positions. The look has two ends instead of a limit: of a young log without statistics the planner thinks that it is
// shorter than any limit, reads all of it and sorts it, for each batch (21 ms instead of 1). Where the look ended before the batch was
// full, it is asked apart how far it went.
function amongAll(lane: CursorLane): string {
  const here = `log_order where world = $1 ${inLane(lane)}`;
  const looked = `${here} and position > cursor.position and position <= cursor.position + ${LONGEST_LOOK}`;
  return `with ${cursorOf(lane)}, wanted as materialized (
      select o.* from cursor cross join lateral (
        select position, entry_id from ${looked} and kind = any($4) order by position limit $3) o
    ), ${FOUND}, span as materialized (
      select coalesce(rest.last, found.last, beyond.position - 1) as upto,
        found.number = $3 or beyond.position is not null as more
      from cursor cross join found
        cross join lateral (select max(position) as last from ${looked} and found.number < $3) rest
        left join lateral (select position from ${here} and position > cursor.position + ${LONGEST_LOOK}
          order by position limit 1) beyond on true
    ) ${RESULT}`;
}

// Each kind by itself in the index by kind, so that no look costs what others have written: in steps, five readers that wanted nothing
// took half of the rules' time to pass over 50,000 tests and faults. What was not found is not there: the cursor goes to the end.
function byKind(lane: CursorLane): string {
  const last =
    lane < 2
      ? `(select max(position) from log_order where world = $1 and lane = ${lane} and position > cursor.position)`
      : '(select position from log_head where world = $1 and position > cursor.position)';
  return `with ${cursorOf(lane)}, wanted as materialized (
      select o.* from cursor cross join unnest($4::text[]) as one(kind) cross join lateral (
        select position, entry_id from log_order where world = $1 ${inLane(lane)} and position > cursor.position
          and log_order.kind = one.kind and log_order.kind <> '${COMMON_KIND}' order by position limit $3) o
      order by o.position limit $3
    ), ${FOUND}, span as materialized (
      select case when found.number = $3 then found.last else ${last} end as upto, found.number = $3 as more
      from cursor cross join found
    ) ${RESULT}`;
}
