/** Devices of the country by their number, the same for the database, the generator and the bench. */
export interface FleetShape {
  readonly devices: number;
  readonly lost: number;
  /** What fails: two carriers, or areas as a whole. */
  readonly cut: 'carriers' | 'areas';
  /** Codes of all areas. */
  readonly areas: readonly string[];
}

export const CARRIERS = ['north', 'south', 'rest'] as const;
/** Of what is lost, so much is of the first of two carriers. */
const FIRST_SHARE = 0.6;
/** Prime: neighbours in number are far apart in time and of different groups. */
const STRIDE = 7_919;

/** Whoever has a number below these is of the first carrier, of the second, of the last. */
function carrierBounds({ devices, lost, cut }: FleetShape): readonly [number, number] {
  // Cut areas take a part of each carrier with them, in equal parts.
  if (cut === 'areas') return [Math.floor(devices / 3), Math.floor((2 * devices) / 3)];
  return [Math.floor(lost * FIRST_SHARE), lost];
}

/** How many areas are cut as a whole. */
function areasCut({ devices, lost, areas }: FleetShape): number {
  return Math.round((lost * areas.length) / devices);
}

/** The shape with as many lost as really fall silent: of an area all do, or none. */
export function wholeGroups(shape: FleetShape): FleetShape {
  if (shape.cut === 'carriers') return shape;
  const { devices, areas } = shape;
  const cut = areasCut(shape);
  return {
    ...shape,
    lost: Math.floor(devices / areas.length) * cut + Math.min(devices % areas.length, cut),
  };
}

const shuffled = (number: number, devices: number): number => (number * STRIDE) % devices;

export function isCut(shape: FleetShape, number: number): boolean {
  if (shape.cut === 'areas') return number % shape.areas.length < areasCut(shape);
  return shuffled(number, shape.devices) < shape.lost;
}

/** Each group that fails must be one outage. */
export function outagesExpected(
  shape: FleetShape,
): readonly { area: string | null; carrier: string | null }[] {
  return shape.cut === 'areas'
    ? shape.areas.slice(0, areasCut(shape)).map((area) => ({ area, carrier: null }))
    : CARRIERS.slice(0, 2).map((carrier) => ({ area: null, carrier }));
}

/** Account of a device: eight hexadecimal digits. */
export const accountOf = (number: number): string => (number + 1).toString(16).toUpperCase().padStart(8, '0');

/** As SQL, of a column `n` that counts from 0. */
export function sqlOf(shape: FleetShape): { readonly carrier: string; readonly area: string } {
  const [first, second] = carrierBounds(shape);
  const place = `(n::bigint * ${STRIDE}) % ${shape.devices}`;
  const areas = shape.areas.map((code) => `'${code}'`).join(', ');
  return {
    carrier: `case when ${place} < ${first} then '${CARRIERS[0]}' when ${place} < ${second} then '${CARRIERS[1]}' else '${CARRIERS[2]}' end`,
    area: `(array[${areas}])[1 + n % ${shape.areas.length}]`,
  };
}
