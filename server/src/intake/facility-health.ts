import type { DeviceState, FacilityId, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';

/** Health of the transmitters of a facility that ever had anything to report; at most as many as it may have. */
export async function healthOfFacility(
  client: PoolClient,
  world: World,
  facility: FacilityId,
): Promise<readonly DeviceState[]> {
  const { rows } = await client.query<{ state: DeviceState }>({
    name: 'device-of-facility',
    text: 'select state from device_state where world = $1 and facility = $2 order by transmitter limit 50',
    values: [world, facility],
  });
  return rows.map((row) => row.state);
}
