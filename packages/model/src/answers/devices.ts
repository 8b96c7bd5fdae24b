import type { TransmitterPath } from '../entries/facility.ts';
import type { FacilityId, TransmitterId } from '../ids.ts';
import type { DeviceState } from '../state/device.ts';

/**
 * How a transmitter is, in one word; the first that is true: it must report and was never heard; it must report and does not;
 * something is broken; nobody knows whether it lives, for it need not report; in order.
 */
export const DEVICE_CONDITIONS = ['never', 'lost', 'fault', 'unsupervised', 'ok'] as const;
export type DeviceCondition = (typeof DEVICE_CONDITIONS)[number];

/** A transmitter in the list of devices. */
export interface DeviceItem {
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly facilityName: string;
  readonly organisation: string;
  readonly account: string;
  readonly protocol: string;
  readonly model: string | null;
  readonly reportingSeconds: number | null;
  /** Supervision category; null: a time of its own. */
  readonly category: string | null;
  readonly paths: readonly TransmitterPath[];
  readonly condition: DeviceCondition;
  readonly link: DeviceState['link'];
  readonly changedAt: string | null;
  /** Any message counts; null: never. A second or two old. */
  readonly lastHeardAt: string | null;
  /** Open faults, last test: null when nothing was ever reported. */
  readonly health: DeviceState | null;
}

/** How many there are of each. */
export type DeviceCounts = Readonly<Record<'all' | DeviceCondition, number>>;

export interface DevicePage {
  readonly devices: readonly DeviceItem[];
  readonly next: string | null;
  /** Whatever was asked for; with the first page only. */
  readonly counts: DeviceCounts | null;
}
