import type { AnyEntry, EntryKind, IncidentState } from '@keng/model';
import type { PoolClient } from 'pg';
import { readStretch } from '../log/index.ts';

const LINK_KINDS: readonly EntryKind[] = [
  'link.lost',
  'link.restored',
  'link.path-lost',
  'link.path-restored',
];
/** A line that comes and goes says so often enough. */
const MOST_OF_A_TRANSMITTER = 100;

/**
 * What became of the lines of the facility while the incident was open: whoever reads why nothing came from the second floor any more
 * must see that its line was gone. Between two positions, for a page of the chronology.
 */
export async function linesMeanwhile(
  client: PoolClient,
  incident: IncidentState,
  after: number,
  upto: number | null,
): Promise<AnyEntry[]> {
  const { world, facility, openedAt, outcome } = incident;
  const { rows } = await client.query<{ id: string }>({
    name: 'incident-transmitters',
    text: 'select id from transmitter where world = $1 and facility = $2 order by id',
    values: [world, facility.id],
  });
  return await readStretch(
    client,
    world,
    rows.map(({ id }) => id),
    {
      lane: 1,
      kinds: LINK_KINDS,
      from: openedAt,
      to: outcome?.at ?? null,
      after,
      upto,
      limitEach: MOST_OF_A_TRANSMITTER,
    },
  );
}
