import type { Feature, FeatureCollection, Point } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

export interface AreaProperties {
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly labelPoint: readonly [number, number];
  readonly bounds?: readonly [number, number, number, number];
}

export type Outlines = Topology<{
  readonly provinces: GeometryCollection<AreaProperties>;
  readonly specialZones: GeometryCollection<AreaProperties>;
}>;

export interface MapAreas {
  readonly outlines: FeatureCollection;
  readonly labels: FeatureCollection<Point>;
  readonly bounds: ReadonlyMap<string, readonly [number, number, number, number]>;
}

/** Provinces and special zones as the map wants them, each with a label at the point the country pack chose. */
export function toMapAreas(outlines: Outlines, language: string): MapAreas {
  const provinces = feature(outlines, outlines.objects.provinces).features;
  const zones = feature(outlines, outlines.objects.specialZones).features;
  const name = ({ name: vi, nameEn }: AreaProperties) => (language === 'vi' ? vi : (nameEn ?? vi));
  const label = (properties: AreaProperties, zone: boolean): Feature<Point> => ({
    type: 'Feature',
    properties: { name: name(properties), zone },
    geometry: { type: 'Point', coordinates: [...properties.labelPoint] },
  });
  return {
    outlines: { type: 'FeatureCollection', features: [...provinces, ...zones] },
    labels: {
      type: 'FeatureCollection',
      features: [
        ...zones.map(({ properties }) => label(properties, true)),
        ...provinces.map(({ properties }) => label(properties, false)),
      ],
    },
    bounds: new Map(
      provinces.flatMap(({ properties }) =>
        properties.bounds ? [[properties.code, properties.bounds] as const] : [],
      ),
    ),
  };
}
