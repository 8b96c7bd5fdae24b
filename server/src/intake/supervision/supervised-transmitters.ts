import type { FacilityId, OrganisationCode, TransmitterId, World } from '@keng/model';
import type { Queryable } from '../../platform/index.ts';
import type { SupervisedTransmitter } from './link-book.ts';

interface Row {
  readonly id: TransmitterId;
  readonly facility: FacilityId;
  readonly organisation: OrganisationCode;
  readonly reporting_seconds: number;
}

const PAGE = 10_000;
const COLUMNS = 'id, facility, organisation, reporting_seconds';

/** All transmitters that have a reporting time. The register is read as it is: a copy of it would be a second truth. */
export async function readSupervised(
  db: Queryable,
  world: World,
  each: (one: SupervisedTransmitter) => void,
): Promise<void> {
  let after: TransmitterId | null = null;
  for (;;) {
    const { rows }: { rows: Row[] } = await db.query<Row>(
      `select ${COLUMNS} from transmitter
        where world = $1 and ($2::uuid is null or id > $2) and reporting_seconds is not null order by id limit $3`,
      [world, after, PAGE],
    );
    for (const row of rows) each(supervised(row));
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** What is supervised at these facilities now, and what was and is no more. */
export async function readSupervisedOf(
  db: Queryable,
  world: World,
  facilities: readonly FacilityId[],
  known: { ofFacilities(facilities: ReadonlySet<FacilityId>): TransmitterId[] },
): Promise<{ now: SupervisedTransmitter[]; gone: TransmitterId[] }> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from transmitter where world = $1 and facility = any($2::uuid[]) and reporting_seconds is not null`,
    [world, facilities],
  );
  const now = rows.map(supervised);
  const present = new Set(now.map((one) => one.transmitterId));
  return { now, gone: known.ofFacilities(new Set(facilities)).filter((one) => !present.has(one)) };
}

function supervised(row: Row): SupervisedTransmitter {
  return {
    transmitterId: row.id,
    facilityId: row.facility,
    organisation: row.organisation,
    reportingSeconds: row.reporting_seconds,
  };
}
