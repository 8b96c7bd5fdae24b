/** The shape of invented data, read from data/demonstration.json. */
import type { Point } from './geometry.ts';
import { readDataFile } from './load-country-pack.ts';

export interface Place {
  readonly commune: string;
  readonly position: Point;
  readonly spreadMetres: number;
}

export interface ProvinceShape {
  readonly province: string;
  /** Relative number of facilities. */
  readonly share: number;
  readonly places: readonly Place[];
}

export interface CategoryShape {
  readonly category: string;
  readonly weight: number;
  /** Part of these facilities that the provincial police manages; the others are the commune's. */
  readonly policeShare: number;
  readonly floors: readonly [number, number];
  readonly people: readonly [number, number];
  readonly names: readonly string[];
  readonly hazards: readonly string[];
  readonly rooms: readonly string[];
}

export interface DemonstrationShape {
  readonly stations: ReadonlyMap<string, number>;
  readonly stationsElsewhere: number;
  readonly streets: readonly string[];
  readonly properNames: readonly string[];
  readonly contactRoles: readonly string[];
  readonly provinces: readonly ProvinceShape[];
  readonly categories: readonly CategoryShape[];
}

/** @throws PackProblem when the file is wrong */
export function readDemonstrationShape(data: URL): DemonstrationShape {
  const root = readDataFile(data, 'demonstration.json').field('demonstration');
  return {
    stations: new Map(
      root
        .field('stations')
        .entries()
        .map(([code, count]) => [code, count.positive()]),
    ),
    stationsElsewhere: root.field('stationsElsewhere').positive(),
    streets: root.field('streets').texts(),
    properNames: root.field('properNames').texts(),
    contactRoles: root.field('contactRoles').texts(),
    provinces: root
      .field('provinces')
      .items()
      .map((node) => ({
        province: node.field('province').text(),
        share: node.field('share').positive(),
        places: node
          .field('places')
          .items()
          .map((place) => ({
            commune: place.field('commune').text(),
            position: place.field('position').point(),
            spreadMetres: place.field('spreadMetres').positive(),
          })),
      })),
    categories: root
      .field('categories')
      .items()
      .map((node) => {
        const [floorsLeast = 1, floorsMost = 1] = node.field('floors').numbers(2);
        const [peopleLeast = 1, peopleMost = 1] = node.field('people').numbers(2);
        return {
          category: node.field('category').text(),
          weight: node.field('weight').positive(),
          policeShare: node.field('policeShare').number(),
          floors: [floorsLeast, floorsMost] as const,
          people: [peopleLeast, peopleMost] as const,
          names: node.field('names').texts(),
          hazards: node.field('hazards').texts(),
          rooms: node.field('rooms').texts(),
        };
      }),
  };
}
