import { defineMethod, type MethodOutcome } from './method.ts';
import { NormalEquations } from './normal-equations.ts';
import { at } from './numbers.ts';
import { type TideConstituentName, tideSpeeds } from './tide-constituents.ts';
import type { WaterSeries } from './water-level.ts';

export interface TideConstituent {
  readonly name: TideConstituentName;
  readonly amplitudeM: number;
  /** Lag behind the epoch of the analysis: the highest water of the constituent comes at phase / speed hours after it. */
  readonly phaseDeg: number;
}

/** The tide of one gauge as its own record tells it. */
export interface TideAnalysis {
  readonly datum: string;
  readonly epochMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly meanM: number;
  readonly constituents: readonly TideConstituent[];
  /** What the record is too short to tell from a stronger one beside it; its effect is in that one. */
  readonly notSeparated: readonly TideConstituentName[];
  /** Standard deviation of what the tide does not explain: weather, mostly. */
  readonly restM: number;
}

const hourMs = 3_600_000;
const mostPoints = 400_000;
const radians = Math.PI / 180;
const names = Object.keys(tideSpeeds) as readonly TideConstituentName[];

export const tideMethod = defineMethod({
  id: 'water.tide',
  title: 'Tide of a gauge: harmonic analysis of its record and prediction',
  source:
    'harmonic sum; least squares with the criterion of Rayleigh for what a record can tell apart: Foreman (1977), Pacific Marine Science Report 77-10; speeds of Doodson (1921)',
  check:
    'water/noaa_coops_3.json, Seattle: 24 days predict the next six with a rest of 0.25 m of a spread of 0.95 m; a made tide is found again to a millimetre',
  range:
    'a record of 15 to 400 days, at least one value every two hours; predicted no farther than the record is long, at most 183 days, since nothing is corrected for the node of the moon. The rest of the record tells how good it is',
  quantities: {
    heightM: { unit: 'm', what: 'height', minimum: -30, maximum: 60 },
    atMs: { unit: 'ms', what: 'time' },
    days: { unit: 'd', what: 'length of the record', minimum: 15, maximum: 400 },
    values: { unit: '1', what: 'values for each hour of the record', minimum: 0.5 },
  },
});

/** Constituents in their order, each at least one full turn from those before it within the record. */
function separable(hours: number): readonly TideConstituentName[] {
  const taken: TideConstituentName[] = [];
  for (const name of names)
    if (taken.every((one) => Math.abs(tideSpeeds[one] - tideSpeeds[name]) * hours >= 360)) taken.push(name);
  return taken;
}

function rowAt(hours: number, taken: readonly TideConstituentName[], row: Float64Array): Float64Array {
  row[0] = 1;
  for (const [index, name] of taken.entries()) {
    const angle = tideSpeeds[name] * hours * radians;
    row[1 + 2 * index] = Math.cos(angle);
    row[2 + 2 * index] = Math.sin(angle);
  }
  return row;
}

/** Amplitudes and phases of a record of heights, oldest first. The epoch is its first time. */
export function analyseTide(record: WaterSeries): MethodOutcome<TideAnalysis> {
  const { datum, points } = record;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return tideMethod.missing('heightM', 'the record has no points');
  if (points.length > mostPoints)
    return tideMethod.invalid('heightM', 'too-large', `more than ${mostPoints} points`);
  for (const [index, { atMs, heightM }] of points.entries()) {
    const wrong = tideMethod.refusal({ atMs, heightM }, `value ${index + 1}`);
    if (wrong) return wrong;
    if (index > 0 && atMs <= Number(points[index - 1]?.atMs))
      return tideMethod.invalid(
        'atMs',
        'order',
        'a value does not come after the one before',
        `value ${index + 1}`,
      );
  }
  const hours = (last.atMs - first.atMs) / hourMs;
  const refused = tideMethod.refusal({ days: hours / 24, values: points.length / hours });
  if (refused) return refused;
  const taken = separable(hours);
  const equations = new NormalEquations(1 + 2 * taken.length);
  const row = new Float64Array(1 + 2 * taken.length);
  for (const { atMs, heightM } of points)
    equations.add(rowAt((atMs - first.atMs) / hourMs, taken, row), heightM);
  const found = equations.solve();
  if (!found)
    return tideMethod.missing('heightM', 'the gaps of the record do not let the constituents be told apart');
  const rest = points.map(({ atMs, heightM }) => {
    rowAt((atMs - first.atMs) / hourMs, taken, row);
    return heightM - row.reduce((total, value, index) => total + value * at(found, index), 0);
  });
  return tideMethod.result({
    datum,
    epochMs: first.atMs,
    fromMs: first.atMs,
    toMs: last.atMs,
    meanM: at(found, 0),
    constituents: taken.map((name, index) => {
      const [a, b] = [at(found, 1 + 2 * index), at(found, 2 + 2 * index)];
      return {
        name,
        amplitudeM: Math.hypot(a, b),
        phaseDeg: (Math.atan2(b, a) / radians + 360) % 360,
      };
    }),
    notSeparated: names.filter((name) => !taken.includes(name)),
    restM: Math.sqrt(rest.reduce((total, one) => total + one * one, 0) / rest.length),
  });
}

/** Heights at times, over the datum of the analysis. */
export function predictTide(analysis: TideAnalysis, timesMs: readonly number[]): MethodOutcome<WaterSeries> {
  const { datum, epochMs, fromMs, toMs, meanM, constituents } = analysis;
  if (timesMs.length > mostPoints)
    return tideMethod.invalid('atMs', 'too-large', `more than ${mostPoints} times`);
  const latest = toMs + Math.min(toMs - fromMs, 183 * 24 * hourMs);
  const points: { readonly atMs: number; readonly heightM: number }[] = [];
  for (const [index, atMs] of timesMs.entries()) {
    const where = `time ${index + 1}`;
    const wrong = tideMethod.refusal({ atMs }, where);
    if (wrong) return wrong;
    if (atMs < fromMs || atMs > latest)
      return tideMethod.outside(
        'atMs',
        atMs,
        { unit: 'ms', minimum: fromMs, maximum: latest },
        'the tide is not predicted farther than its record is long',
        where,
      );
    const hours = (atMs - epochMs) / hourMs;
    const tide = constituents.reduce(
      (total, { name, amplitudeM, phaseDeg }) =>
        total + amplitudeM * Math.cos((tideSpeeds[name] * hours - phaseDeg) * radians),
      0,
    );
    points.push({ atMs, heightM: meanM + tide });
  }
  return tideMethod.result({ datum, points });
}
