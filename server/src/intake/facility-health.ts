import type { DeviceState, FacilityId, TransmitterId, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import type { LastHeard } from './last-heard.ts';

/** Health of a transmitter, and when it last said anything at all; null: never. */
export interface DeviceHealth extends DeviceState {
  readonly lastHeardAt: string | null;
}

export type FacilityHealth = (
  client: PoolClient,
  world: World,
  facility: FacilityId,
) => Promise<readonly DeviceHealth[]>;

/** Health of the transmitters of a facility, each of them, in the order of their ids; at most as many as it may have. */
export function facilityHealth(lastHeard: LastHeard): FacilityHealth {
  return async (client, world, facility) => {
    const { rows } = await client.query<{ id: TransmitterId; state: DeviceState | null }>({
      name: 'device-of-facility',
      text: `select t.id, d.state from transmitter t left join device_state d on d.world = t.world and d.transmitter = t.id
        where t.world = $1 and t.facility = $2 order by t.id limit 50`,
      values: [world, facility],
    });
    const heardAt = await lastHeard.of(rows.map((row) => row.id));
    return rows.map(({ id, state }) => ({
      ...(state ?? nothingReported(id, facility)),
      lastHeardAt: heardAt(id),
    }));
  };
}

function nothingReported(transmitterId: TransmitterId, facilityId: FacilityId): DeviceState {
  return { transmitterId, facilityId, faults: [], link: 'unknown', linkChangedAt: null, lastTestAt: null };
}
