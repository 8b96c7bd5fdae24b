import type { FacilityId, IncidentState, World } from '@keng/model';
import type { PoolClient } from 'pg';

export interface OwnAlarmsAsked {
  /** Of the closed ones only those that were closed after this. */
  readonly closedSince: Date;
  /** The last one of the page before; null: from the beginning. */
  readonly after: { readonly status: IncidentState['status']; readonly number: number } | null;
  readonly limit: number;
}

export interface OwnAlarms {
  readonly incidents: readonly IncidentState[];
  readonly next: OwnAlarmsAsked['after'];
}

/** What alarms at these facilities, the newest first, then what was closed a short while ago. */
export async function ownAlarms(
  client: PoolClient,
  world: World,
  facilities: readonly FacilityId[],
  { closedSince, after, limit }: OwnAlarmsAsked,
): Promise<OwnAlarms> {
  const { rows } = await client.query<{ state: IncidentState }>({
    name: 'incident-own',
    // 'open' comes after 'closed' in every collation: both columns run downwards.
    text: `select state from incident
      where world = $1 and facility = any($2::uuid[]) and (status = 'open' or closed_at > $3)
        and ($4::text is null or (status, number) < ($4, $5::integer))
      order by status desc, number desc limit $6`,
    values: [world, facilities, closedSince, after?.status ?? null, after?.number ?? 0, limit + 1],
  });
  const incidents = rows.slice(0, limit).map((row) => row.state);
  const last = incidents.at(-1);
  return {
    incidents,
    next: rows.length > limit && last ? { status: last.status, number: last.number } : null,
  };
}
