import type { DeviceCondition, DevicePage } from '@keng/model';
import { useInfiniteQuery } from '@tanstack/react-query';
import { get, trusted } from './client.ts';

/** What needs somebody comes first. */
export const DEVICE_FILTERS = [
  'lost',
  'never',
  'fault',
  'unsupervised',
  'ok',
  'all',
] as const satisfies readonly ('all' | DeviceCondition)[];
export type DeviceFilter = (typeof DEVICE_FILTERS)[number];

const PAGE = 100;

/** @param outage only those of its area and carrier that are not heard now */
export function useDevices(state: DeviceFilter, outage: string | null) {
  return useInfiniteQuery({
    queryKey: ['devices', state, outage],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ state, limit: String(PAGE) });
      if (outage !== null) query.set('outage', outage);
      if (pageParam !== null) query.set('cursor', pageParam);
      return get(`/devices?${query}`, trusted<DevicePage>(), signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    // Link losses and faults come over the feed too; this is the slow hand of the clock.
    refetchInterval: 10_000,
  });
}
