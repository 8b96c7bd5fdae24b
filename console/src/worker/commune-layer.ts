import { mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { toProblem } from '../api/client.ts';

/**
 * The borders between communes as one GeoJSON blob that the map's own worker reads by its URL, each border once. null: none were imported
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
  const lines = communeBorders((await response.json()) as Topology);
  return URL.createObjectURL(new Blob([JSON.stringify(lines)], { type: 'application/json' }));
}

export function communeBorders(topology: Topology): GeoJSON.Feature<GeoJSON.MultiLineString> {
  const coordinates = Object.values(topology.objects).flatMap(
    (object) => mesh(topology, object as GeometryCollection).coordinates,
  );
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates } };
}
