import type { TransmitterId, World } from '@keng/model';
import type { Queryable } from '../platform/index.ts';

/** Each lane of the log has ids of its own range (migration 001): the last id of each is the newest of its lane. */
const LANE_IDS = 1_000_000_000_000_000;

/** When the log has these transmitters last, in seconds since 1970; those who never said anything are left out. */
export async function readLastSignals(
  db: Queryable,
  world: World,
  transmitters: readonly TransmitterId[],
): Promise<Map<TransmitterId, number>> {
  const { rows } = await db.query<{ id: TransmitterId; second: number }>({
    name: 'intake-last-signals',
    text: `select asked.id, extract(epoch from max(last.at))::integer as second
      from unnest($2::text[]) as asked(id)
        cross join generate_series(0, 2) as range(lane)
        cross join lateral (
          select e.at from entry e
          where e.world = $1 and e.subject = asked.id and e.kind = 'signal.received'
            and e.id > range.lane * ${LANE_IDS} and e.id <= (range.lane + 1) * ${LANE_IDS}
          order by e.id desc limit 1
        ) as last
      group by asked.id`,
    values: [world, transmitters],
  });
  return new Map(rows.map((row) => [row.id, row.second]));
}
