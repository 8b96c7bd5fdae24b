import type { DemonstrationFacility } from '@keng/country-vn';
import type { AlarmToSend } from './alarm-generator.ts';

/** The alarm of a smoke detector of a facility, or of its first zone; none where it has no transmitter. */
export function alarmOf(facility: DemonstrationFacility): AlarmToSend[] {
  const transmitter = facility.transmitters[0];
  const zone = transmitter?.zones.find((one) => one.kind === 'smoke') ?? transmitter?.zones[0];
  if (!transmitter || !zone) return [];
  return [{ account: transmitter.account, keyHex: transmitter.keyHex ?? null, zone: zone.number }];
}
