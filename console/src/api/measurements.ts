import { useQuery } from '@tanstack/react-query';
import { get, trusted } from './client.ts';

/** The newest value of one thing that a device measures. */
export interface LastMeasurement {
  readonly transmitterId: string;
  /** As the device names it; empty: the device itself. */
  readonly part: string;
  readonly kind: string;
  readonly unit: string;
  readonly value: number | string;
  readonly at: string;
}

/** Seconds since 1970 with least, mean and greatest value. */
export type SeriesPoint = readonly [at: number, least: number, mean: number, greatest: number];

export interface MeasurementSeries {
  readonly from: string;
  readonly to: string;
  readonly points: readonly SeriesPoint[];
}

const LOOK_EVERY_MS = 30_000;

export function useMeasurements(facility: string, enabled: boolean) {
  return useQuery({
    queryKey: ['measurements', facility],
    queryFn: ({ signal }) =>
      get(
        `/measurements?facility=${facility}`,
        trusted<{ readonly values: readonly LastMeasurement[] }>(),
        signal,
      ),
    refetchInterval: LOOK_EVERY_MS,
    enabled,
  });
}

export function useSeries({ transmitterId, part, kind }: LastMeasurement, hours: number) {
  return useQuery({
    queryKey: ['measurements', transmitterId, part, kind, hours],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ part, kind, hours: String(hours) });
      return get(`/measurements/${transmitterId}/series?${query}`, trusted<MeasurementSeries>(), signal);
    },
    refetchInterval: LOOK_EVERY_MS,
  });
}
