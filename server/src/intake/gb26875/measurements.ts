import { analogueKinds, type DecodedFrame, type Gb26875Object } from '@keng/gb26875';
import { inUnits, type Measurement, measuredAt } from '../measurements/measurement.ts';
import type { LocalClock } from './local-clock.ts';

const ANALOGUE = 3;
const SYSTEM_SOFTWARE = 5;
const DEVICE_SOFTWARE = 25;
const SYSTEM_CLOCK = 8;
const DEVICE_CLOCK = 28;

/** The kind of a value that says by how many seconds a clock is ahead of the centre's. */
export const CLOCK_AHEAD = 'clock-ahead';
export const SOFTWARE = 'software-version';

/** Does a frame of this type say what a clock shows? Devices send them all the time in place of a heartbeat. */
export const tellsClock = (type: number | null): boolean => type === SYSTEM_CLOCK || type === DEVICE_CLOCK;

/** The values of a frame: analogue values (3), versions (5, 25), and how far clocks are off (8, 28). Empty: it measures nothing. */
export function measurementsOf(decoded: DecodedFrame, now: Date, clock: LocalClock): Measurement[] {
  const { type } = decoded;
  switch (type) {
    case ANALOGUE:
      return decoded.objects.flatMap((object) => analogueValue(object, now, clock));
    case SYSTEM_SOFTWARE:
    case DEVICE_SOFTWARE:
      return decoded.objects.map((object) => ({
        part: systemOf(object),
        kind: SOFTWARE,
        unit: '',
        value: `${object.major ?? 0}.${object.minor ?? 0}`,
        at: now,
      }));
    case SYSTEM_CLOCK:
    case DEVICE_CLOCK:
      return decoded.objects.flatMap((object) => clockAhead(object, now, clock));
    default:
      return [];
  }
}

function analogueValue(object: Gb26875Object, now: Date, clock: LocalClock): Measurement[] {
  const { systemAddress, area, position, kind, value, time } = object;
  if (kind === undefined || value === undefined) return [];
  const known = analogueKinds.get(kind);
  return [
    {
      part: `${systemAddress ?? 0}-${area ?? 0}-${position ?? 0}`,
      kind: known?.name ?? `kind-${kind}`,
      unit: known?.unit ?? '',
      value: inUnits(value, known?.step ?? 1),
      at: measuredAt([time ? clock.instant(time, now) : null], now),
    },
  ];
}

/** Times without a zone are read as UTC on both sides: only their difference counts. */
function clockAhead(object: Gb26875Object, now: Date, clock: LocalClock): Measurement[] {
  if (!object.time) return [];
  const ahead = (Date.parse(`${object.time}Z`) - Date.parse(`${clock.local(now)}Z`)) / 1_000;
  return [{ part: systemOf(object), kind: CLOCK_AHEAD, unit: 's', value: ahead, at: now }];
}

function systemOf({ systemAddress }: Gb26875Object): string {
  return systemAddress === undefined ? '' : String(systemAddress);
}
