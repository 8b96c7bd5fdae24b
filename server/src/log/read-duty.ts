import type { AnyEntry, EntryKind, OrganisationCode, World } from '@keng/model';
import type { PoolClient } from 'pg';
import { ENTRY_COLUMNS, ENTRY_TYPES, type EntryRow, entryOf } from './read.ts';

/** Kinds that the index `entry_duty` holds: the query must name exactly these, or it walks the whole log. */
export const DUTY_KINDS = [
  'duty.noted',
  'desk.silent',
  'desk.answered',
  'desk.proof-changed',
  'paper.keyed',
  'shift.started',
  'shift.crew-changed',
  'shift.handover-accepted',
  'shift.ended',
  'shift.signed',
  'shift.sound-tested',
  'shift.sheet-printed',
  'storage.failed',
  'storage.recovered',
] as const satisfies readonly EntryKind[];

/** Rare, and found by the subject of the desk: they are in no index of their own, which on a long log would be built for hours. */
const OF_A_DESK = `'desk.claimed', 'desk.raised'`;
const KINDS = DUTY_KINDS.map((kind) => `'${kind}'`).join(', ');

/** What people and the room did between two times, by when it happened, whenever it was written down. */
export async function readDuty(
  client: PoolClient,
  world: World,
  organisations: readonly OrganisationCode[],
  { from, to, limit }: { readonly from: Date; readonly to: Date; readonly limit: number },
): Promise<AnyEntry[]> {
  const { rows } = await client.query<EntryRow>({
    name: 'log-read-duty',
    text: `select ${ENTRY_COLUMNS} from (
        (select id from entry where world = $1 and at >= $2 and at < $3 and kind in (${KINDS})
          and (organisation = any($4::text[]) or organisation is null) order by at limit $5)
        union all (select id from entry where world = $1 and subject = any($6::text[]) and kind in (${OF_A_DESK})
          and at >= $2 and at < $3 order by at limit $5)
      ) found join entry e on e.world = $1 and e.id = found.id
        join log_order o on o.world = e.world and o.entry_id = e.id order by e.at, o.position limit $5`,
    values: [
      world,
      from.toISOString(),
      to.toISOString(),
      organisations,
      limit,
      organisations.map((organisation) => `desk/${organisation}`),
    ],
    types: ENTRY_TYPES,
  });
  return rows.map(entryOf);
}
