import type { OutageState } from '@keng/model';
import type { Pool } from '../../../server/src/platform/index.ts';

/** What the log says of links. Times in seconds. */
export interface LinkStory {
  readonly lost: number;
  readonly devicesLost: number;
  readonly restored: number;
  /** Returns that name the outage of their loss: those of before it was found, too. */
  readonly explained: number;
  readonly countedLost: number;
  readonly countedBack: number;
  /** From the end of a link's time to the moment in which its loss was noticed. */
  readonly noticedP99: number;
  readonly noticedWorst: number;
  /** From then until it was stored. */
  readonly writtenWorst: number;
  /** From the first loss to the last outage's opening. */
  readonly outageOpened: number;
  /** From the return of the network. */
  readonly allBack: number;
  readonly endProposed: number;
}

/** All that was said of links so far. */
export const linkStory = (pool: Pool): Promise<LinkStory> => readStory(pool, new Date(0), new Date(0));

/** What was said of links since a moment. */
export async function readStory(pool: Pool, since: Date, returnAt: Date): Promise<LinkStory> {
  const { rows } = await pool.query<LinkStory>(
    `with said as materialized (
        select kind, subject, at, recorded_at, body::jsonb as body from entry
          where world = 'live' and recorded_at >= $1 and (kind like 'link.%' or kind like 'outage.%')
      ), loss as materialized (
        select subject, at, recorded_at, body->>'outageId' as outage,
          extract(epoch from at - (body->>'lastHeardAt')::timestamptz) - (body->>'reportingSeconds')::integer as late
          from said where kind = 'link.lost'
      ), counted as (
        select sum((state->>'lost')::integer)::integer as lost, sum((state->>'back')::integer)::integer as back from outage where world = 'live'
      )
      select (select count(*)::integer from loss) as lost,
        (select count(distinct subject)::integer from loss) as "devicesLost",
        (select count(*)::integer from said where kind = 'link.restored') as restored,
        (select count(*)::integer from said where kind = 'link.restored' and body->>'outageId' is not null) as explained,
        (select lost from counted) as "countedLost", (select back from counted) as "countedBack",
        (select percentile_disc(0.99) within group (order by late)::double precision from loss) as "noticedP99",
        (select max(late)::double precision from loss) as "noticedWorst",
        (select max(extract(epoch from recorded_at - at))::double precision from loss) as "writtenWorst",
        extract(epoch from (select max(recorded_at) from said where kind = 'outage.opened') - (select min(at) from loss))::double precision
          as "outageOpened",
        extract(epoch from (select max(recorded_at) from said where kind = 'link.restored') - $2)::double precision as "allBack",
        extract(epoch from (select max(recorded_at) from said where kind = 'outage.end-proposed') - $2)::double precision as "endProposed"`,
    [since, returnAt],
  );
  const [story] = rows;
  if (story === undefined) throw new Error('the log says nothing');
  return story;
}

export async function openOutages(pool: Pool): Promise<readonly OutageState[]> {
  const { rows } = await pool.query<{ state: OutageState }>(
    `select state from outage where world = 'live' and status = 'open' order by opened_at`,
  );
  return rows.map((row) => row.state);
}

/** Have those who keep account of links read all that was said of them? */
export async function linksRead(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ done: boolean }>(
    `select min(c.position) >= (select max(position) from log_order where world = 'live' and kind = 'link.restored') as done
      from consumer_cursor c where c.world = 'live' and c.consumer in ('device-health', 'numbers') and c.lane in (1, 3)`,
  );
  return rows[0]?.done ?? false;
}
