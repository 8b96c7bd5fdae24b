import { earthRotation } from './constants.ts';
import { defineMethod, type MethodOutcome } from './method.ts';

/** A storm as Holland's profile sees it. */
export interface HollandStorm {
  readonly centralPressureHPa: number;
  readonly ambientPressureHPa: number;
  readonly radiusOfMaximumWindKm: number;
  /** Shape, 1 to 2.5. */
  readonly b: number;
  readonly latitudeDeg: number;
  /** Without it 1.15 kg/m³. */
  readonly airDensityKgM3?: number;
}

const radiusKm = {
  unit: 'km',
  what: 'distance from the centre',
  minimum: 0,
  openMinimum: true,
  maximum: 1500,
};
const windMS = { unit: 'm/s', what: 'wind whose radius is asked', minimum: 5, maximum: 120 };

export const hollandMethod = defineMethod({
  id: 'wind.holland-1980',
  title: 'Gradient wind around a storm, and the radius of a given wind',
  source: 'Holland (1980), Mon. Weather Rev. 108, 1212',
  check: 'second route in Python; the limit without rotation; the maximum lies at the radius of maximum wind',
  range:
    'gradient level, symmetric, no motion of the storm: a surface wind is lower (a factor of about 0.7 over land to 0.9 over sea that the caller chooses)',
  quantities: {
    centralPressureHPa: { unit: 'hPa', what: 'pressure of the centre', minimum: 850, maximum: 1015 },
    ambientPressureHPa: { unit: 'hPa', what: 'pressure around the storm', minimum: 990, maximum: 1030 },
    radiusOfMaximumWindKm: { unit: 'km', what: 'radius of maximum wind', minimum: 5, maximum: 150 },
    b: { unit: '1', what: 'shape B', minimum: 1, maximum: 2.5 },
    latitudeDeg: { unit: '°', what: 'latitude, either hemisphere', minimum: -60, maximum: 60 },
    airDensityKgM3: { unit: 'kg/m³', what: 'density of air', minimum: 0.9, maximum: 1.4 },
    radiusKm,
    windMS,
  },
});

function checked(storm: HollandStorm) {
  const { centralPressureHPa, ambientPressureHPa, radiusOfMaximumWindKm, b, latitudeDeg } = storm;
  const { airDensityKgM3 = 1.15 } = storm;
  const refused = hollandMethod.refusal({
    centralPressureHPa,
    ambientPressureHPa,
    radiusOfMaximumWindKm,
    b,
    latitudeDeg,
    airDensityKgM3,
  });
  if (refused) return refused;
  const deficitPa = 100 * (ambientPressureHPa - centralPressureHPa);
  if (deficitPa <= 0)
    return hollandMethod.invalid(
      'centralPressureHPa',
      'contradiction',
      'the centre must be below the pressure around it',
    );
  const coriolis = 2 * earthRotation.value * Math.sin((Math.abs(latitudeDeg) * Math.PI) / 180);
  return (radius: number) => {
    const near = (radiusOfMaximumWindKm / radius) ** b;
    const turn = (radius * 1000 * coriolis) / 2;
    return Math.sqrt((b * deficitPa * near * Math.exp(-near)) / airDensityKgM3 + turn * turn) - turn;
  };
}

/** Gradient wind at a distance from the centre, m/s. */
export function hollandWind(storm: HollandStorm, distance: number): MethodOutcome<number> {
  const profile = checked(storm);
  if (typeof profile !== 'function') return profile;
  const refused = hollandMethod.refusal({ radiusKm: distance });
  return refused ?? hollandMethod.result(profile(distance));
}

/**
 * The radius outside that of maximum wind at which the gradient wind falls to `wind`, km. 0 when the storm has no such
 * wind; outside the range when it still has it at 1,500 km.
 */
export function hollandRadius(storm: HollandStorm, wind: number): MethodOutcome<number> {
  const profile = checked(storm);
  if (typeof profile !== 'function') return profile;
  const refused = hollandMethod.refusal({ windMS: wind });
  if (refused) return refused;
  let [low, high] = [storm.radiusOfMaximumWindKm, radiusKm.maximum];
  if (profile(low) < wind) return hollandMethod.result(0);
  if (profile(high) > wind)
    return hollandMethod.outside('radiusKm', high, radiusKm, 'the wind is still reached at the last radius');
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (profile(middle) >= wind) low = middle;
    else high = middle;
  }
  return hollandMethod.result((low + high) / 2);
}

export const rankineMethod = defineMethod({
  id: 'wind.rankine',
  title: 'Modified Rankine vortex: radius of a given wind',
  source: 'Depperman (1947); Hughes (1952); exponent as in Willoughby and Rahn (2004): V = Vmax (Rmax / r)^x',
  check: 'exact inverse; properties',
  range:
    'outside the radius of maximum wind; exponent 0.3 to 0.8, observed about 0.5; same height and averaging time as Vmax',
  quantities: {
    maximumWindMS: { unit: 'm/s', what: 'greatest wind', minimum: 5, maximum: 120 },
    radiusOfMaximumWindKm: { unit: 'km', what: 'radius of maximum wind', minimum: 5, maximum: 150 },
    exponent: { unit: '1', what: 'exponent x', minimum: 0.3, maximum: 0.8 },
    radiusKm,
    windMS,
  },
});

/** A storm as the Rankine vortex sees it. */
export interface RankineStorm {
  readonly maximumWindMS: number;
  readonly radiusOfMaximumWindKm: number;
  readonly exponent: number;
}

/** Radius at which the wind has fallen to `wind`, km; 0 when the storm has no such wind. */
export function rankineRadius(storm: RankineStorm, wind: number): MethodOutcome<number> {
  const { maximumWindMS, radiusOfMaximumWindKm, exponent } = storm;
  const refused = rankineMethod.refusal({ maximumWindMS, radiusOfMaximumWindKm, exponent, windMS: wind });
  if (refused) return refused;
  if (wind > maximumWindMS) return rankineMethod.result(0);
  const found = radiusOfMaximumWindKm * (maximumWindMS / wind) ** (1 / exponent);
  if (found > radiusKm.maximum)
    return rankineMethod.outside(
      'radiusKm',
      found,
      radiusKm,
      'the wind reaches farther than the profile holds',
    );
  return rankineMethod.result(found);
}
