import { allen2012, blakeShebalin } from './constants.ts';
import { defineMethod, type MethodOutcome, type MethodWarning } from './method.ts';

export interface Intensity {
  /** Grade as a real number. */
  readonly intensity: number;
  /** One standard deviation of the relation; null where its source gives none. */
  readonly sigma: number | null;
  readonly hypocentralKm: number;
}

const magnitude = { unit: 'Mw', what: 'magnitude', minimum: 2, maximum: 8.5 };
const depthKm = { unit: 'km', what: 'depth of the focus', minimum: 0, maximum: 70 };
const epicentralKm = { unit: 'km', what: 'distance from the epicentre', minimum: 0, maximum: 300 };

export const allenHypocentralMethod = defineMethod({
  id: 'intensity.allen-2012-hypocentral',
  title: 'Intensity by distance from the focus, active crust',
  source: 'Allen, Wald and Worden (2012), J. Seismol. 16, 409; coefficients as in OpenQuake',
  check: 'announced levels of Viet Nam 2022-2024 (vn/official_outcome_cases.json); second route',
  range:
    'MMI, taken for MSK-64 by choice; fitted for M 5.0-7.9 to 300 km: outside that a warning; distance of the focus at least 1 km. The official relation of Viet Nam is not known',
  quantities: { magnitude, depthKm, epicentralKm },
});

export const allenRuptureMethod = defineMethod({
  id: 'intensity.allen-2012-rupture',
  title: 'Intensity by distance from the rupture, active crust',
  source: 'Allen, Wald and Worden (2012), J. Seismol. 16, 409; coefficients as in OpenQuake',
  check: 'second route',
  range: 'as by the focus; the distance is to the rupture, not to the epicentre',
  quantities: {
    magnitude,
    ruptureKm: { unit: 'km', what: 'distance from the rupture', minimum: 0, maximum: 300 },
  },
});

export const blakeShebalinMethod = defineMethod({
  id: 'intensity.blake-shebalin',
  title: 'Intensity of Blake and Shebalin, the Soviet relation',
  source: 'I = 1.5 M - 3.5 lg R + 3, R from the focus (Shebalin; coefficients of the whole Soviet Union)',
  check: 'by hand; on the announced levels it is too high (4 of 9), so it is for comparison',
  range: 'MSK-64; surface-wave magnitude; distance of the focus at least 5 km',
  quantities: { magnitude: { ...magnitude, unit: 'Ms' }, depthKm, epicentralKm },
});

function fitted(magnitudeOf: number): readonly MethodWarning[] {
  return magnitudeOf < 5 || magnitudeOf > 7.9
    ? [{ code: 'beyond-fit', text: 'The relation was fitted for magnitudes 5.0 to 7.9.' }]
    : [];
}

function sigmaOf({ s1, s2, s3 }: { s1: number; s2: number; s3: number }, distance: number): number {
  return s1 + s2 / (1 + (distance / s3) ** 2);
}

export interface Earthquake {
  readonly magnitude: number;
  readonly depthKm: number;
  /** Distance of the place from the epicentre; 0: at the epicentre. */
  readonly epicentralKm: number;
}

/** Every input by name: one that is left out is missing, and not passed over. */
function allOf({ magnitude: m, depthKm: depth, epicentralKm: across }: Earthquake) {
  return { magnitude: m, depthKm: depth, epicentralKm: across };
}

function focusOf({ depthKm: depth, epicentralKm: across }: Earthquake): number {
  return Math.hypot(depth, across);
}

/** Allen, Wald and Worden (2012) by distance from the focus, with its standard deviation. */
export function allenHypocentralIntensity(quake: Earthquake): MethodOutcome<Intensity> {
  const refused = allenHypocentralMethod.refusal(allOf(quake));
  if (refused) return refused;
  const far = focusOf(quake);
  if (far < 1)
    return allenHypocentralMethod.outside(
      'hypocentralKm',
      far,
      { unit: 'km', minimum: 1 },
      'so near the focus the relation has no meaning',
    );
  const { c0, c1, c2, c4, m1, m2, farKm, sigma } = allen2012.hypocentral;
  const near = m1 + m2 * Math.exp(quake.magnitude - allen2012.referenceMagnitude);
  const value =
    c0 +
    c1 * quake.magnitude +
    c2 * Math.log(Math.hypot(far, near)) +
    (far > farKm ? c4 * Math.log(far / farKm) : 0);
  return allenHypocentralMethod.result(
    { intensity: value, sigma: sigmaOf(sigma, far), hypocentralKm: far },
    fitted(quake.magnitude),
  );
}

/** Allen, Wald and Worden (2012) by distance from the rupture. */
export function allenRuptureIntensity(quake: {
  readonly magnitude: number;
  readonly ruptureKm: number;
}): MethodOutcome<Omit<Intensity, 'hypocentralKm'>> {
  const refused = allenRuptureMethod.refusal({ magnitude: quake.magnitude, ruptureKm: quake.ruptureKm });
  if (refused) return refused;
  const { c0, c1, c2, c3, sigma } = allen2012.rupture;
  const near = 1 + c3 * Math.exp(quake.magnitude - allen2012.referenceMagnitude);
  return allenRuptureMethod.result(
    {
      intensity: c0 + c1 * quake.magnitude + c2 * Math.log(Math.hypot(quake.ruptureKm, near)),
      sigma: sigmaOf(sigma, quake.ruptureKm),
    },
    fitted(quake.magnitude),
  );
}

/** Blake and Shebalin: for comparison, it gives more than was announced for shallow earthquakes of Viet Nam. */
export function blakeShebalinIntensity(quake: Earthquake): MethodOutcome<Intensity> {
  const refused = blakeShebalinMethod.refusal(allOf(quake));
  if (refused) return refused;
  const far = focusOf(quake);
  if (far < 5)
    return blakeShebalinMethod.outside(
      'hypocentralKm',
      far,
      { unit: 'km', minimum: 5 },
      'so near the focus the relation has no meaning',
    );
  const { magnitude: m, distance, constant } = blakeShebalin;
  return blakeShebalinMethod.result({
    intensity: m * quake.magnitude - distance * Math.log10(far) + constant,
    sigma: null,
    hypocentralKm: far,
  });
}

/** Grades of MSK-64 by name. */
const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'] as const;
export type MskGrade = (typeof roman)[number];

/**
 * The grade of a real number, I to XII. `floor`: VI from 6.0 on, as the check against announced levels was made;
 * `nearest`: VI from 5.5 on. Which one holds is a choice: no law states it.
 * Undefined for what is no number.
 */
export function mskGrade(intensity: number, rounding: 'floor' | 'nearest'): MskGrade | undefined {
  const whole = rounding === 'floor' ? Math.floor(intensity) : Math.round(intensity);
  return roman[Math.min(12, Math.max(1, whole)) - 1];
}
