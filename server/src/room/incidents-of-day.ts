import type { IncidentId, IncidentState, OrganisationCode, Reception, World } from '@keng/model';
import type { PoolClient } from 'pg';

const MOST = 5_000;

/** Incidents that began between two times, at these desks, the first first. */
export async function incidentsBetween(
  client: PoolClient,
  world: World,
  organisations: readonly OrganisationCode[],
  from: Date,
  to: Date,
): Promise<IncidentState[]> {
  const { rows } = await client.query<{ state: IncidentState }>({
    name: 'room-incidents-between',
    text: `select state from incident where world = $1 and opened_at >= $2 and opened_at < $3 and organisation = any($4::text[])
      order by opened_at, number limit ${MOST}`,
    values: [world, from.toISOString(), to.toISOString(), organisations],
  });
  return rows.map((row) => row.state);
}

/** What the desk has written for form 01, by incident; the last one counts. */
export async function receptionsOf(
  client: PoolClient,
  world: World,
  incidents: readonly IncidentId[],
): Promise<Map<IncidentId, Reception & { readonly by: { readonly name: string } }>> {
  const { rows } = await client.query<{ id: IncidentId; body: Reception & { by: { name: string } } }>({
    name: 'room-receptions',
    text: `select asked.id, last.body from unnest($2::text[]) as asked(id)
      cross join lateral (select body from entry where world = $1 and subject = asked.id and kind = 'reception.recorded'
        order by id desc limit 1) last`,
    values: [world, incidents],
  });
  return new Map(rows.map(({ id, body }) => [id, body]));
}
