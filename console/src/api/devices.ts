import type { DeviceState, TransmitterPath } from '@keng/model';
import { useInfiniteQuery } from '@tanstack/react-query';
import { get, trusted } from './client.ts';

/** What needs somebody comes first. */
export const DEVICE_FILTERS = ['lost', 'never', 'fault', 'unsupervised', 'ok', 'all'] as const;
export type DeviceFilter = (typeof DEVICE_FILTERS)[number];
export type DeviceCondition = Exclude<DeviceFilter, 'all'>;

export interface DeviceItem {
  readonly transmitterId: string;
  readonly facilityId: string;
  readonly facilityName: string;
  readonly organisation: string;
  readonly account: string;
  readonly protocol: string;
  readonly model: string | null;
  readonly reportingSeconds: number | null;
  readonly category: string | null;
  readonly paths: readonly TransmitterPath[];
  readonly condition: DeviceCondition;
  readonly link: DeviceState['link'];
  readonly changedAt: string | null;
  readonly lastHeardAt: string | null;
  readonly health: DeviceState | null;
}

export interface DevicePage {
  readonly devices: readonly DeviceItem[];
  readonly next: string | null;
  /** How many there are of each; with the first page. */
  readonly counts: Readonly<Record<DeviceFilter, number>> | null;
}

const PAGE = 100;

export function useDevices(state: DeviceFilter) {
  return useInfiniteQuery({
    queryKey: ['devices', state],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ state, limit: String(PAGE) });
      if (pageParam !== null) query.set('cursor', pageParam);
      return get(`/devices?${query}`, trusted<DevicePage>(), signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    // Link losses and faults come over the feed too; this is the slow hand of the clock.
    refetchInterval: 10_000,
  });
}
