import type { LinkPath } from '../entries/link.ts';
import type { SignalClass, SignalEvent } from '../entries/signal.ts';
import type { AnyEntry } from '../entry.ts';
import type { FacilityId, TransmitterId } from '../ids.ts';

/** A trouble, a switched-off zone or a tamper that has not been restored. */
export interface OpenFault {
  readonly key: string;
  readonly class: SignalClass;
  readonly code: string;
  readonly zone: string | null;
  readonly since: string;
  readonly lastAt: string;
  readonly count: number;
}

/** One of its paths is lost, while it is still heard by another: a fault of the transmitter. */
export interface LostPath {
  readonly path: LinkPath;
  readonly since: string;
}

export interface DeviceState {
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly faults: readonly OpenFault[];
  readonly link: 'unknown' | 'up' | 'lost';
  readonly linkChangedAt: string | null;
  /** Paths that are lost; absent when there is none. */
  readonly lostPaths?: readonly LostPath[];
  /** To the hour: a test within an hour of this one does not move it. */
  readonly lastTestAt: string | null;
}

type LinkEntry = Extract<AnyEntry, { readonly kind: `link.${string}` }>;
type DeviceEntry = Extract<AnyEntry, { readonly kind: 'signal.received' }> | LinkEntry;

/** Does it say something of the link of a transmitter, or of one of its paths? */
export function isDeviceLinkEntry(entry: AnyEntry): entry is LinkEntry {
  return entry.kind.startsWith('link.');
}

const RESTORES: Partial<Record<SignalClass, SignalClass>> = {
  'trouble-restore': 'trouble',
  'supervisory-restore': 'supervisory',
  enable: 'disable',
  'tamper-restore': 'tamper',
};
const OPENS: ReadonlySet<SignalClass> = new Set<SignalClass>(['trouble', 'supervisory', 'disable', 'tamper']);

/** More open faults than this on one transmitter say one thing: it is broken. */
export const MOST_OPEN_FAULTS = 200;

/** Does this frame change the health of the device? Alarms do not: most signals cost no row here. */
export function touchesHealth(events: readonly SignalEvent[]): boolean {
  return events.some(
    (event) => OPENS.has(event.class) || RESTORES[event.class] !== undefined || event.class === 'test',
  );
}

/** Health of a transmitter after one more entry: open faults by zone and class, link, last test. */
export function applyDevice(state: DeviceState | null, entry: DeviceEntry): DeviceState | null {
  const known: DeviceState = state ?? {
    transmitterId: entry.body.transmitterId,
    facilityId: entry.body.facilityId,
    faults: [],
    link: 'unknown',
    linkChangedAt: null,
    lastTestAt: null,
  };
  // A duplicate was merged: the transmitter is the same and stands at another facility.
  const { facilityId } = entry.body;
  const base = known.facilityId === facilityId ? known : { ...known, facilityId };
  switch (entry.kind) {
    case 'link.lost':
      return { ...base, link: 'lost', linkChangedAt: entry.at };
    case 'link.restored':
      return { ...base, link: 'up', linkChangedAt: entry.at };
    case 'link.path-lost':
      return withPaths(base, [
        ...otherPaths(base, entry.body.path.number),
        { path: entry.body.path, since: entry.at },
      ]);
    case 'link.path-restored':
      return withPaths(base, otherPaths(base, entry.body.path.number));
    case 'signal.received':
      return entry.body.events.reduce((device, event) => applyEvent(device, event, entry.at), base);
  }
}

function otherPaths(device: DeviceState, number: number): readonly LostPath[] {
  return (device.lostPaths ?? []).filter((one) => one.path.number !== number);
}

/** States of before know no paths: nothing is written where there is nothing to say. */
function withPaths(device: DeviceState, lostPaths: readonly LostPath[]): DeviceState {
  const { lostPaths: _before, ...rest } = device;
  return lostPaths.length === 0 ? rest : { ...rest, lostPaths };
}

const TEST_GRAIN_MS = 3_600_000;

/** The last test is known to the hour: some panels test each minute, and their health is no other for it. */
function isLater(known: string | null, at: string): boolean {
  return known === null || Date.parse(at) - Date.parse(known) >= TEST_GRAIN_MS;
}

function applyEvent(device: DeviceState, event: SignalEvent, at: string): DeviceState {
  if (event.class === 'test') return isLater(device.lastTestAt, at) ? { ...device, lastTestAt: at } : device;
  const restored = RESTORES[event.class];
  if (restored) {
    if (!device.faults.some((fault) => fault.class === restored && fault.zone === event.zone)) return device;
    return {
      ...device,
      faults: device.faults.filter((fault) => fault.class !== restored || fault.zone !== event.zone),
    };
  }
  if (!OPENS.has(event.class)) return device;
  const key = `${event.class}/${event.code}/${event.zone ?? ''}`;
  const known = device.faults.find((fault) => fault.key === key);
  if (known) {
    const next = { ...known, lastAt: at, count: known.count + 1 };
    return { ...device, faults: device.faults.map((fault) => (fault === known ? next : fault)) };
  }
  if (device.faults.length >= MOST_OPEN_FAULTS) return device;
  return {
    ...device,
    faults: [
      ...device.faults,
      { key, class: event.class, code: event.code, zone: event.zone, since: at, lastAt: at, count: 1 },
    ],
  };
}
