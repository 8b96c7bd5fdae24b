import type { DeviceState, FacilityId, TransmitterId, World } from '@keng/model';
import type { Queryable } from '../platform/index.ts';

export interface DeviceFilter {
  readonly state: 'all' | 'lost' | 'fault' | 'ok';
  readonly facility: string | null;
  readonly after: string | null;
  readonly limit: number;
}

export interface DeviceListItem {
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly facilityName: string;
  readonly organisation: string;
  readonly account: string;
  readonly protocol: string;
  readonly model: string | null;
  readonly reportingSeconds: number | null;
  readonly link: DeviceState['link'];
  readonly changedAt: string | null;
  readonly health: DeviceState | null;
}

interface Row {
  readonly id: TransmitterId;
  readonly facility: FacilityId;
  readonly name: string;
  readonly organisation: string;
  readonly account: string;
  readonly protocol: string;
  readonly model: string | null;
  readonly reporting_seconds: number | null;
  readonly link: DeviceState['link'] | null;
  readonly changed_at: Date | null;
  readonly state: DeviceState | null;
}

// Lost and faulty ones are few: their partial indexes lead. The rest is walked by the key of transmitter.
const CONDITIONS: Readonly<Record<DeviceFilter['state'], string>> = {
  all: '',
  lost: "and d.link = 'lost'",
  fault: 'and d.faults > 0',
  ok: "and coalesce(d.link, 'unknown') <> 'lost' and coalesce(d.faults, 0) = 0",
};

/** A page of the transmitters that the session may see, in the order of their ids. */
export async function listDevices(
  db: Queryable,
  world: World,
  filter: DeviceFilter,
): Promise<{ devices: DeviceListItem[]; next: string | null }> {
  const { rows } = await db.query<Row>({
    name: `device-list-${filter.state}`,
    text: `select t.id, t.facility, f.name, t.organisation, t.account, t.protocol, t.model, t.reporting_seconds,
        d.link, d.changed_at, d.state
      from transmitter t join facility f on f.world = t.world and f.id = t.facility
        left join device_state d on d.world = t.world and d.transmitter = t.id
      where t.world = $1 and ($2::uuid is null or t.id > $2) and ($3::uuid is null or t.facility = $3)
        ${CONDITIONS[filter.state]} order by t.id limit $4`,
    values: [world, filter.after, filter.facility, filter.limit],
  });
  const last = rows.length === filter.limit ? rows.at(-1) : undefined;
  return { devices: rows.map(itemOf), next: last?.id ?? null };
}

function itemOf(row: Row): DeviceListItem {
  return {
    transmitterId: row.id,
    facilityId: row.facility,
    facilityName: row.name,
    organisation: row.organisation,
    account: row.account,
    protocol: row.protocol,
    model: row.model,
    reportingSeconds: row.reporting_seconds,
    link: row.link ?? 'unknown',
    changedAt: row.changed_at?.toISOString() ?? null,
    health: row.state,
  };
}
