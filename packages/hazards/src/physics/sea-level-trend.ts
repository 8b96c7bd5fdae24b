import { defineMethod, type MethodOutcome, type MethodWarning } from './method.ts';
import { mean } from './numbers.ts';
import { leastSquares, neighbourCorrelation, student975 } from './regression.ts';

/** Monthly mean sea level, oldest first; null where a month is missing. The list begins in January of a year or as given. */
export interface MonthlySeaLevel {
  readonly firstYear: number;
  /** 1 to 12 */
  readonly firstMonth: number;
  readonly levelMm: readonly (number | null)[];
}

export interface SeaLevelTrend {
  readonly mmPerYear: number;
  /** Standard error for independent months. */
  readonly standardErrorMmPerYear: number;
  /** Standard error with the autocorrelation of neighbouring months. */
  readonly correctedErrorMmPerYear: number;
  /** 95 %, from the corrected error and the effective number of months. */
  readonly intervalMmPerYear: readonly [number, number];
  readonly neighbourCorrelation: number;
  readonly effectiveMonths: number;
  readonly months: number;
  readonly years: number;
}

/** Below this, one oscillation of the ocean decides the trend: NOAA CO-OPS publishes trends from 30 years on. */
export const fewestTrendYears = 30;

export const seaLevelTrendMethod = defineMethod({
  id: 'water.sea-level-trend',
  title: 'Linear trend of monthly mean sea level',
  source:
    'least squares after the mean of each calendar month is taken off; effective number of values n (1 - r) / (1 + r), Santer et al. (2000); 30 years as NOAA CO-OPS (Zervas 2009, NOS CO-OPS 053)',
  check: 'made series with known slope and autocorrelation; second route',
  range: 'at least 30 years, at least 80 % of the months; relative to the land of the gauge',
  quantities: {
    levelMm: { unit: 'mm', what: 'monthly mean sea level', minimum: -20_000, maximum: 20_000 },
    firstYear: { unit: 'year', what: 'first year', minimum: 1600, maximum: 2300, whole: true },
    firstMonth: { unit: '1', what: 'first month', minimum: 1, maximum: 12, whole: true },
    years: { unit: 'years', what: 'length of the record', minimum: fewestTrendYears, maximum: 700 },
    share: { unit: '1', what: 'share of the months that are there', minimum: 0.8, maximum: 1 },
  },
});

/** Trend in mm a year with both errors. Shorter than 30 years: outside the range, with the length that there is. */
export function seaLevelTrend(record: MonthlySeaLevel): MethodOutcome<SeaLevelTrend> {
  const { firstYear, firstMonth, levelMm } = record;
  const method = seaLevelTrendMethod;
  const known = levelMm.filter((value) => value !== null);
  const refused =
    method.refusal({ firstYear, firstMonth, years: levelMm.length / 12 }) ??
    method.refusal({ share: known.length / levelMm.length });
  if (refused) return refused;
  for (const [index, value] of levelMm.entries()) {
    const wrong = value === null ? undefined : method.refusal({ levelMm: value }, `month ${index + 1}`);
    if (wrong) return wrong;
  }
  const points = levelMm.flatMap((value, index) =>
    value === null ? [] : [{ value, years: index / 12, month: (firstMonth - 1 + index) % 12 }],
  );
  const rough = leastSquares(
    points.map(({ years }) => years),
    points.map(({ value }) => value),
  );
  if (!rough) return method.missing('levelMm', 'too few months for a line');
  // Seasons are the mean rest of each calendar month over the line, so that a gap does not bend the line.
  const season = Array.from({ length: 12 }, (_, month) => {
    const own = rough.residuals.filter((_rest, index) => points[index]?.month === month);
    return own.length > 0 ? mean(own) : 0;
  });
  const line = leastSquares(
    points.map(({ years }) => years),
    points.map(({ value, month }) => value - (season[month] ?? 0)),
  );
  if (!line) return method.missing('levelMm', 'too few months for a line');
  const correlation = Math.max(0, neighbourCorrelation(line.residuals));
  const n = points.length;
  const effective = Math.max(3, (n * (1 - correlation)) / (1 + correlation));
  const corrected = line.slopeError * Math.sqrt((n - 2) / (effective - 2));
  const half = student975(effective - 2) * corrected;
  return method.result(
    {
      mmPerYear: line.slope,
      standardErrorMmPerYear: line.slopeError,
      correctedErrorMmPerYear: corrected,
      intervalMmPerYear: [line.slope - half, line.slope + half],
      neighbourCorrelation: correlation,
      effectiveMonths: effective,
      months: n,
      years: levelMm.length / 12,
    },
    gapWarning(levelMm.length - n),
  );
}

function gapWarning(missing: number): readonly MethodWarning[] {
  return missing > 0 ? [{ code: 'gaps', text: `${missing} months are missing.` }] : [];
}
