import type { Feature, FeatureCollection, MultiLineString, Point } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { toProblem } from '../api/client.ts';
import { labelPoint } from './label-point.ts';

/**
 * The borders between communes and their names as one GeoJSON blob that the map's own worker reads by its URL. null: none were imported
 * at this centre.
 * @throws Problem when the centre refuses them for another reason.
 */
export async function loadCommuneLayer(): Promise<string | null> {
  const path = '/areas/communes';
  const response = await fetch(`/api${path}`, { credentials: 'same-origin' });
  if (!response.ok) {
    const problem = toProblem(response.status, await response.text(), path);
    if (problem.code === 'areas.no-communes') return null;
    throw problem;
  }
  // Checked when it was imported.
  const topology = (await response.json()) as Topology;
  const layer: FeatureCollection = {
    type: 'FeatureCollection',
    features: [communeBorders(topology), ...communeNames(topology)],
  };
  return URL.createObjectURL(new Blob([JSON.stringify(layer)], { type: 'application/json' }));
}

/** Each border once. */
export function communeBorders(topology: Topology): Feature<MultiLineString> {
  const coordinates = collectionsOf(topology).flatMap((object) => mesh(topology, object).coordinates);
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates } };
}

/** A point inside each commune with its name. */
export function communeNames(topology: Topology): Feature<Point>[] {
  return collectionsOf(topology).flatMap((object) =>
    feature(topology, object).features.flatMap(({ properties, geometry }): Feature<Point>[] => {
      const at = labelPoint(geometry);
      if (at === null) return [];
      return [
        {
          type: 'Feature',
          properties: { name: properties.name },
          geometry: { type: 'Point', coordinates: at },
        },
      ];
    }),
  );
}

type Communes = GeometryCollection<{ readonly name: string }>;

function collectionsOf(topology: Topology): Communes[] {
  // The centre keeps one collection of communes, each with its name.
  return Object.values(topology.objects) as Communes[];
}
