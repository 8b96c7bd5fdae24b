import { converted, UnitProblem } from '../units.ts';

/** What a value of the quantity can be at all, and who says so. */
export interface Quantity {
  /** The unit observations come in; of `../units.ts`. */
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Source of the range; "unofficial" where nobody has fixed one and it is ours, wide on purpose. */
  readonly source: string;
}

const WMO = 'WMO World Weather and Climate Extremes Archive, wmo.asu.edu';
const ATCF = 'ATCF best track format, science.nrlmry.navy.mil/atcf/docs/database/new/abrdeck.html';
const unofficial = (why: string): string => `unofficial: ${why}`;
const quantity = (unit: string, minimum: number, maximum: number, source: string): Quantity => ({
  unit,
  minimum,
  maximum,
  source,
});

const wind = quantity('kn', 0, 300, `${ATCF}: 0 through 300`);
const radiusSource = `${ATCF}: 0 through 1200 nmi`;

/** The quantities readers give. A value outside the range is named, flagged `absurd` and never used. */
export const QUANTITIES = {
  'earthquake.magnitude': quantity(
    'magnitude',
    -3,
    10,
    unofficial('ComCat has -0.59 to 9.5; 9.5 is the greatest ever measured (Chile 1960)'),
  ),
  'earthquake.depth': quantity(
    'km',
    -10,
    800,
    unofficial('no earthquake is known below 750 km; above sea level it is negative'),
  ),
  'earthquake.intensity-mmi': quantity(
    'MMI',
    0,
    12,
    'twelve grades of the modified Mercalli scale; 0 of ShakeMap is "not felt"',
  ),
  'earthquake.peak-ground-acceleration': quantity(
    'g',
    0,
    5,
    unofficial('the greatest recorded is about 4 g (Iwate-Miyagi 2008)'),
  ),
  'earthquake.peak-ground-velocity': quantity('cm/s', 0, 500, unofficial('wider than any record')),
  'fire.radiative-power': quantity('MW', 0, 50_000, unofficial('wider than any pixel of the files at hand')),
  'fire.brightness-temperature': quantity(
    'K',
    200,
    1_000,
    unofficial('MODIS channel 21 saturates near 500 K'),
  ),
  'fire.background-temperature': quantity(
    'K',
    150,
    1_000,
    unofficial('as the channel above, and cold cloud'),
  ),
  'cyclone.wind-1min': wind,
  'cyclone.wind-2min': wind,
  'cyclone.wind-3min': wind,
  'cyclone.wind-10min': wind,
  'cyclone.gust': quantity('kn', 0, 995, `${ATCF}: 0 through 995`),
  'cyclone.pressure': quantity('hPa', 850, 1_085, `${WMO}: lowest 870 (Tip 1979), highest 1,083.8`),
  'cyclone.wind-radius-30kn': quantity('km', 0, 2_223, radiusSource),
  'cyclone.wind-radius-34kn': quantity('km', 0, 2_223, radiusSource),
  'cyclone.wind-radius-50kn': quantity('km', 0, 2_223, radiusSource),
  'cyclone.wind-radius-64kn': quantity('km', 0, 2_223, radiusSource),
  'cyclone.movement': quantity('km/h', 0, 150, unofficial('extratropical transition reaches about 110')),
  'water.level': quantity(
    'm',
    -450,
    6_000,
    unofficial('from the Dead Sea to the highest lakes, whatever the datum'),
  ),
  'water.discharge': quantity(
    'm3/s',
    -200_000,
    500_000,
    unofficial('tide turns rivers; the Amazon has given 370,000'),
  ),
  'water.temperature': quantity('degC', -5, 60, unofficial('from brine to a hot spring')),
  'water.salinity': quantity('permille', 0, 350, unofficial('0 to brine')),
  'water.conductivity': quantity('uS/cm', 0, 300_000, unofficial('sea water has about 55,000')),
  'rain.1-hour': quantity('mm', 0, 305, `${WMO}: 305 (Holt 1947)`),
  'rain.12-hours': quantity('mm', 0, 1_144, `${WMO}: 1,144 (Foc-Foc 1966)`),
  'rain.24-hours': quantity('mm', 0, 1_825, `${WMO}: 1,825 (Foc-Foc 1966)`),
  'rain.amount': quantity('mm', 0, 1_825, `${WMO}: no day has had more than 1,825`),
  'air-temperature.now': quantity('degC', -89.2, 56.7, `${WMO}: Vostok 1983, Furnace Creek 1913`),
  'air-temperature.daily-maximum': quantity('degC', -89.2, 56.7, `${WMO}: as the temperature`),
  'air-temperature.daily-minimum': quantity('degC', -89.2, 56.7, `${WMO}: as the temperature`),
  'air-temperature.daily-mean': quantity('degC', -89.2, 56.7, `${WMO}: as the temperature`),
  'air-humidity.now': quantity(
    '%',
    0,
    100,
    'relative humidity; slight oversaturation is not measured by stations',
  ),
  'air-pressure.sea-level': quantity('hPa', 850, 1_085, `${WMO}: at sea level 870 to 1,083.8`),
  'wind.mean-1min': quantity('m/s', 0, 150, unofficial('above the strongest gust')),
  'wind.mean-2min': quantity('m/s', 0, 150, unofficial('above the strongest gust')),
  'wind.mean-10min': quantity('m/s', 0, 150, unofficial('above the strongest gust')),
  'wind.gust': quantity('m/s', 0, 113.2, `${WMO}: 113.2 (Barrow Island 1996), tornadoes apart`),
  visibility: quantity('m', 0, 300_000, unofficial('air without dust lets one see about 300 km')),
  'sea.wave-height': quantity('m', 0, 35, unofficial('significant 19 m and single 30 m waves are on record')),
  'earthquake.intensity': quantity('MSK-64', 1, 12, 'twelve grades of MSK-64'),
  'cyclone.wind-force': quantity('Beaufort', 0, 17, 'grades of the scale as Viet Nam extends it; open above'),
  'sea.wind-force': quantity('Beaufort', 0, 17, 'as the wind force of a cyclone'),
  'sea.total-level': quantity(
    'm',
    -10,
    20,
    unofficial('tide and surge together; the highest surges on record are below 14 m'),
  ),
  'salinity.distance-1-permille': quantity('km', 0, 500, unofficial('longer than any tidal reach at hand')),
  'salinity.distance-4-permille': quantity('km', 0, 500, unofficial('longer than any tidal reach at hand')),
  'tsunami.height': quantity('m', 0, 530, 'run-up of 524 m, Lituya Bay 1958'),
} as const satisfies Record<string, Quantity>;

export type QuantityName = keyof typeof QUANTITIES;

export function isQuantity(name: string): name is QuantityName {
  return Object.hasOwn(QUANTITIES, name);
}

/** Words a source gives instead of numbers. */
export type WordName = 'alert.level' | 'fire.confidence';

/** Units of sources that `../units.ts` has no dimension for, each in the unit of its quantity. */
const OTHER_UNITS: Readonly<Record<string, { readonly unit: string; readonly factor: number }>> = {
  g: { unit: 'g', factor: 1 },
  '%g': { unit: 'g', factor: 0.01 },
  'cm/s': { unit: 'cm/s', factor: 1 },
  cms: { unit: 'cm/s', factor: 1 },
  'uS/cm': { unit: 'uS/cm', factor: 1 },
};

/** A value in another unit; null where there is no way from the one to the other. */
export function inUnit(value: number, unit: string, wanted: string): number | null {
  if (unit === wanted) return value;
  const other = Object.hasOwn(OTHER_UNITS, unit) ? OTHER_UNITS[unit] : undefined;
  if (other?.unit === wanted) return value * other.factor;
  try {
    return converted(value, unit, wanted);
  } catch (error) {
    if (!(error instanceof UnitProblem)) throw error;
    return null;
  }
}
