import {
  BEFORE_EVERY_ID,
  type FacilityId,
  type OrganisationCode,
  type TransmitterId,
  type TransmitterPath,
  type World,
} from '@keng/model';
import type { Queryable } from '../../platform/index.ts';

/** A path of a transmitter that has more than one. */
export interface SupervisedPath {
  readonly number: number;
  readonly medium: TransmitterPath['medium'];
  readonly carrier: string | null;
  readonly reportingSeconds: number;
}

/** A transmitter that must be heard in its time. */
export interface SupervisedTransmitter {
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly organisation: OrganisationCode;
  /** Code of the province it stands in. */
  readonly area: string;
  readonly reportingSeconds: number;
  /** Of its only path; null when it has two, or nobody knows. */
  readonly carrier: string | null;
  /** Two, or none. */
  readonly paths: readonly SupervisedPath[];
}

interface Row {
  readonly id: TransmitterId;
  readonly facility: FacilityId;
  readonly organisation: OrganisationCode;
  readonly area_code: string;
  readonly reporting_seconds: number;
  readonly paths: readonly TransmitterPath[] | null;
}

const PAGE = 10_000;
const SELECT = `select t.id, t.facility, t.organisation, f.area_code, t.reporting_seconds, t.paths
  from transmitter t join facility f on f.world = t.world and f.id = t.facility
  where t.world = $1 and t.reporting_seconds is not null`;

/** All transmitters that have a reporting time. The register is read as it is: a copy of it would be a second truth. */
export async function readSupervised(
  db: Queryable,
  world: World,
  each: (one: SupervisedTransmitter) => void,
): Promise<void> {
  let after: string = BEFORE_EVERY_ID;
  for (;;) {
    const { rows }: { rows: Row[] } = await db.query<Row>(`${SELECT} and t.id > $2 order by t.id limit $3`, [
      world,
      after,
      PAGE,
    ]);
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
  const { rows } = await db.query<Row>(`${SELECT} and t.facility = any($2::uuid[])`, [world, facilities]);
  const now = rows.map(supervised);
  const present = new Set(now.map((one) => one.transmitterId));
  return { now, gone: known.ofFacilities(new Set(facilities)).filter((one) => !present.has(one)) };
}

function supervised(row: Row): SupervisedTransmitter {
  const paths = row.paths ?? [];
  return {
    transmitterId: row.id,
    facilityId: row.facility,
    organisation: row.organisation,
    area: row.area_code,
    reportingSeconds: row.reporting_seconds,
    carrier: paths.length === 1 ? (paths[0]?.carrier ?? null) : null,
    paths:
      paths.length < 2
        ? []
        : paths.map(({ medium, carrier, reportingSeconds }, index) => ({
            number: index + 1,
            medium,
            carrier,
            reportingSeconds: reportingSeconds ?? row.reporting_seconds,
          })),
  };
}
