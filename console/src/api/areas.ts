import { useQuery } from '@tanstack/react-query';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { get, trusted } from './client.ts';

export type Ring = readonly (readonly [number, number])[];

export interface AreaOutline {
  readonly code: string;
  readonly rings: readonly Ring[];
}

function outlinesOf(topology: Topology): AreaOutline[] {
  return Object.values(topology.objects).flatMap((object) => {
    const collection = feature(topology, object as GeometryCollection<{ readonly code?: string }>);
    return collection.features.flatMap(({ geometry, properties }) => {
      const polygons =
        geometry.type === 'MultiPolygon'
          ? geometry.coordinates
          : geometry.type === 'Polygon'
            ? [geometry.coordinates]
            : [];
      // Coordinates of GeoJSON are longitude and latitude first; a height would be ignored.
      const rings = polygons.flat() as unknown as Ring[];
      return [{ code: String(properties?.code ?? ''), rings }];
    });
  });
}

/** Outlines of the provinces and special zones, from the country pack. */
export function useOutlines() {
  return useQuery({
    queryKey: ['outlines'],
    queryFn: ({ signal }) => get('/areas/provinces', (json) => outlinesOf(trusted<Topology>()(json)), signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}
