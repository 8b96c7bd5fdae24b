/**
 * Invented stations and facilities for `npm start`, the simulator and the tests. Pure but for reading the pack's
 * files: the same options give the same data on every machine. Nothing here is a real building or person.
 */

import { inventFacility } from './demonstration-facility.ts';
import { type Place, type ProvinceShape, readDemonstrationShape } from './demonstration-shape.ts';
import { Accounts } from './demonstration-transmitter.ts';
import type {
  DemonstrationData,
  DemonstrationFacility,
  DemonstrationOptions,
  DemonstrationStation,
} from './demonstration-types.ts';
import { isInside, type Point } from './geometry.ts';
import { UnknownCode } from './questions.ts';
import { Random } from './random.ts';
import { dataFolder, vietNam } from './viet-nam.ts';

const DEFAULT_PROVINCES = ['01', '79'];
const DEFAULT_FACILITIES = 3_000;
const METRES_A_DEGREE = 111_320;
const TRIES = 40;

/**
 * Synthetic stations and facilities.
 *
 * @throws UnknownCode for a province code that the pack does not hold
 * @throws RangeError when `facilities` is not a whole number of at least 0
 */
export function demonstrationData(options: DemonstrationOptions): DemonstrationData {
  const count = options.facilities ?? DEFAULT_FACILITIES;
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`facilities must be a whole number, not ${count}`);
  const shape = readDemonstrationShape(dataFolder);
  const provinces = [...new Set(options.provinces ?? DEFAULT_PROVINCES)].map((code) => {
    const found = shape.provinces.find((p) => p.province === code);
    const area = vietNam.areas.provinces.find((a) => a.code === code);
    if (!found || !area) throw new UnknownCode('province', code);
    return { ...found, outline: area.geometry.coordinates };
  });
  const random = new Random(options.seed);
  const accounts = new Accounts();
  const stations: DemonstrationStation[] = [];
  const facilities: DemonstrationFacility[] = [];
  const shares = shareOut(count, provinces);
  for (const [index, province] of provinces.entries()) {
    const near = (place: Place, spread = place.spreadMetres) =>
      scatter(random, place, spread, province.outline);
    const stationCount = shape.stations.get(province.province) ?? shape.stationsElsewhere;
    const own = Array.from({ length: stationCount }, (_, i) =>
      inventStation(random, province, i, shape.streets, near),
    );
    stations.push(...own);
    for (let i = 0; i < (shares[index] ?? 0); i += 1) {
      const place = random.pick(province.places);
      const number = facilities.length + 1;
      facilities.push(
        inventFacility({
          random,
          accounts,
          shape,
          province,
          place,
          position: near(place),
          number,
          stations: own,
        }),
      );
    }
  }
  return { synthetic: true, seed: options.seed, stations, facilities };
}

/** Whole numbers that add up to the count, in proportion to the shares (largest remainder). */
function shareOut(count: number, provinces: readonly ProvinceShape[]): number[] {
  const total = provinces.reduce((sum, p) => sum + p.share, 0);
  const exact = provinces.map((p) => (count * p.share) / total);
  const whole = exact.map(Math.floor);
  const missing = count - whole.reduce((sum, n) => sum + n, 0);
  const byRemainder = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest);
  for (const { i } of byRemainder.slice(0, missing)) whole[i] = (whole[i] ?? 0) + 1;
  return whole;
}

/** A point around a place, inside the province; the place itself when the coast leaves no room. */
function scatter(
  random: Random,
  place: Place,
  spreadMetres: number,
  outline: readonly (readonly (readonly Point[])[])[],
): Point {
  const [lon, lat] = place.position;
  const degrees = spreadMetres / METRES_A_DEGREE;
  for (let i = 0; i < TRIES; i += 1) {
    const point: Point = [
      round(lon + (degrees * random.normal()) / Math.cos((lat * Math.PI) / 180)),
      round(lat + degrees * random.normal()),
    ];
    if (isInside(point, outline)) return point;
  }
  return place.position;
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

function inventStation(
  random: Random,
  province: ProvinceShape,
  index: number,
  streets: readonly string[],
  near: (place: Place, spreadMetres: number) => Point,
): DemonstrationStation {
  const place = province.places[index % province.places.length];
  if (!place) throw new UnknownCode('place in province', province.province);
  const number = String(index + 1).padStart(2, '0');
  const vehicle = (kind: string, serial: number, crew: number) => ({
    callSign: `${province.province}.${number}.${kind.slice(0, 2).toUpperCase()}${serial}`,
    kind,
    crew,
  });
  return {
    synthetic: true,
    code: `VN-ST-${province.province}-${number}`,
    name: `Đội CC&CNCH khu vực ${index + 1} – ${place.commune} (giả lập)`,
    nameEn: `Area fire station ${index + 1}, ${place.commune} (synthetic)`,
    nameRu: `Районная пожарная часть ${index + 1}, ${place.commune} (условная)`,
    nameZh: `区域消防站${index + 1}，${place.commune}（模拟）`,
    parent: `VN-PC07-${province.province}`,
    province: province.province,
    commune: place.commune,
    address: `${random.whole(1, 400)} ${random.pick(streets)}, ${place.commune}`,
    // The first of a place stands in its middle, further ones around it.
    position: near(
      place,
      index < province.places.length ? Math.min(300, place.spreadMetres) : place.spreadMetres,
    ),
    vehicles: [
      vehicle('engine', 1, 6),
      vehicle('engine', 2, 6),
      ...(random.chance(0.6) ? [vehicle('engine', 3, 6)] : []),
      ...(index % 2 === 0 ? [vehicle('rescue', 1, 5)] : []),
      ...(index % 3 === 0 ? [vehicle('ladder', 1, 3)] : []),
      ...(index % 3 === 1 ? [vehicle('tanker', 1, 2)] : []),
      ...(index % 4 === 0 ? [vehicle('foam', 1, 4), vehicle('command', 1, 3)] : []),
      ...(index % 8 === 5 ? [vehicle('hazmat', 1, 4), vehicle('boat', 1, 4)] : []),
    ],
  };
}
