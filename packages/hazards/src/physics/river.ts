import { defineMethod, type MethodOutcome, type MethodRefusal } from './method.ts';
import { leastSquares, student975 } from './regression.ts';

/** A water level over a named datum. */
export interface Stage {
  readonly atMs: number;
  readonly levelM: number;
}

/** Alarm levels of a station as data: BĐ1 to BĐ3 in Viet Nam, others elsewhere. */
export interface AlarmLevel {
  readonly name: string;
  readonly levelM: number;
}

export interface RiverStation {
  readonly datum: string;
  readonly alarmDatum: string;
  /** Rising. */
  readonly alarmLevels: readonly AlarmLevel[];
}

export interface TrendSettings {
  /** Only the last so many hours count. */
  readonly windowHours: number;
  /** Fewest values in the window, at least 3. */
  readonly fewestValues: number;
  /** A slope smaller than this is steady, whatever its error. Configuration of the station. */
  readonly steadyBelowMPerH: number;
  /** How far a line may be continued; never more than the window itself. */
  readonly horizonHours: number;
}

/** Ours, not official: six hours, four values, 1 cm an hour, six hours ahead. */
export const defaultTrend: TrendSettings = {
  windowHours: 6,
  fewestValues: 4,
  steadyBelowMPerH: 0.01,
  horizonHours: 6,
};

export interface RiverState {
  readonly atMs: number;
  readonly levelM: number;
  /** Highest alarm level that is reached ("at" counts as reached), and by how much; null below the first. */
  readonly reached: { readonly name: string; readonly aboveM: number } | null;
  readonly next: { readonly name: string; readonly belowM: number } | null;
  readonly trend: 'rising' | 'falling' | 'steady';
  readonly slopeMPerH: number;
  /** Half of the 95 % interval of the slope, Student's t. */
  readonly slopeUncertaintyMPerH: number;
  /** Time to the next alarm level by the line; null when it does not rise, or not within the horizon. */
  readonly reachesNext: ReachTime | null;
}

export interface ReachTime {
  readonly name: string;
  readonly hours: number;
  /** By the steepest line of the interval. */
  readonly earliestHours: number;
  /** By the flattest; null when that one does not reach it within the horizon. */
  readonly latestHours: number | null;
}

const hourMs = 3_600_000;
const mostStages = 100_000;

export const riverMethod = defineMethod({
  id: 'water.river-trend',
  title: 'River stage against alarm levels, trend, and time to the next level',
  source:
    'least squares over the last hours with the interval of Student; the time is the line continued. Alarm levels are data of the station',
  check: 'by hand and properties; Hà Nội 9.5, 10.5, 11.5 m',
  range:
    'a line, no hydrology: no crest is foreseen, so it is continued no farther than the window is long; fewest values and steadiness are configuration, unofficial',
  quantities: {
    levelM: { unit: 'm', what: 'water level', minimum: -500, maximum: 6000 },
    atMs: { unit: 'ms', what: 'time' },
    windowHours: { unit: 'h', what: 'window', minimum: 0.25, maximum: 240 },
    fewestValues: { unit: '1', what: 'fewest values', minimum: 3, maximum: 10_000, whole: true },
    steadyBelowMPerH: { unit: 'm/h', what: 'steadiness', minimum: 0, maximum: 10 },
    horizonHours: { unit: 'h', what: 'horizon', minimum: 0, maximum: 240 },
  },
});

/** Names a datum that does not fit, alarm levels that do not rise, stages out of order. */
function refusalOf(
  stages: readonly Stage[],
  station: RiverStation,
  settings: TrendSettings,
): MethodRefusal | undefined {
  const { windowHours, fewestValues, steadyBelowMPerH, horizonHours } = settings;
  const refused = riverMethod.refusal({ windowHours, fewestValues, steadyBelowMPerH, horizonHours });
  if (refused) return refused;
  if (station.datum !== station.alarmDatum)
    return riverMethod.invalid(
      'datum',
      'datum-mismatch',
      `levels are over ${station.datum}, alarm levels over ${station.alarmDatum}`,
    );
  for (const [index, { name, levelM }] of station.alarmLevels.entries()) {
    const wrong = riverMethod.refusal({ levelM }, name);
    if (wrong) return wrong;
    const before = station.alarmLevels[index - 1];
    if (before && levelM <= before.levelM)
      return riverMethod.invalid('levelM', 'order', 'the alarm levels do not rise', name);
  }
  if (stages.length === 0) return riverMethod.missing('levelM', 'there is no water level');
  if (stages.length > mostStages)
    return riverMethod.invalid('levelM', 'too-large', `more than ${mostStages} water levels`);
  for (const [index, { atMs, levelM }] of stages.entries()) {
    const wrong = riverMethod.refusal({ atMs, levelM }, `value ${index + 1}`);
    if (wrong) return wrong;
    const before = stages[index - 1];
    if (before && atMs <= before.atMs)
      return riverMethod.invalid(
        'atMs',
        'order',
        'a value does not come after the one before',
        `value ${index + 1}`,
      );
  }
  return undefined;
}

/** The alarm level that a level has reached, and the next one. "At the level" counts as reached. */
export function alarmOf(
  levelM: number,
  alarmLevels: readonly AlarmLevel[],
): Pick<RiverState, 'reached' | 'next'> {
  const reached = alarmLevels.findLast((one) => levelM >= one.levelM);
  const next = alarmLevels.find((one) => levelM < one.levelM);
  // Differences of decimals carry noise; gauges are read to the centimetre, bulletins to the same.
  const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
  return {
    reached: reached ? { name: reached.name, aboveM: rounded(levelM - reached.levelM) } : null,
    next: next ? { name: next.name, belowM: rounded(next.levelM - levelM) } : null,
  };
}

/** Stage, trend and time to the next alarm level of a station from its last values, oldest first. */
export function riverState(
  stages: readonly Stage[],
  station: RiverStation,
  settings: TrendSettings = defaultTrend,
): MethodOutcome<RiverState> {
  const refused = refusalOf(stages, station, settings);
  if (refused) return refused;
  const { windowHours, fewestValues, steadyBelowMPerH, horizonHours } = settings;
  const last = stages.at(-1) ?? { atMs: 0, levelM: 0 };
  const window = stages.filter(({ atMs }) => atMs >= last.atMs - windowHours * hourMs);
  if (window.length < fewestValues)
    return riverMethod.missing(
      'levelM',
      `${window.length} values in the last ${windowHours} h, ${fewestValues} are needed`,
    );
  const span = (last.atMs - (window[0]?.atMs ?? last.atMs)) / hourMs;
  if (span < windowHours / 2)
    return riverMethod.missing(
      'levelM',
      `the values span ${span.toFixed(2)} h, at least half of the window of ${windowHours} h is needed`,
    );
  const line = leastSquares(
    window.map(({ atMs }) => (atMs - last.atMs) / hourMs),
    window.map(({ levelM }) => levelM),
  );
  if (!line) return riverMethod.missing('levelM', 'too few values for a line');
  const half = student975(window.length - 2) * line.slopeError;
  const { slope } = line;
  const steady = Math.abs(slope) < steadyBelowMPerH || Math.abs(slope) < half;
  const alarm = alarmOf(last.levelM, station.alarmLevels);
  const trend = steady ? 'steady' : slope > 0 ? 'rising' : 'falling';
  return riverMethod.result({
    atMs: last.atMs,
    levelM: last.levelM,
    ...alarm,
    trend,
    slopeMPerH: slope,
    slopeUncertaintyMPerH: half,
    reachesNext:
      trend === 'rising' && alarm.next
        ? reach(alarm.next, slope, half, Math.min(horizonHours, windowHours))
        : null,
  });
}

function reach(
  { name, belowM }: { readonly name: string; readonly belowM: number },
  slope: number,
  half: number,
  horizonHours: number,
): ReachTime | null {
  const hours = belowM / slope;
  if (hours > horizonHours) return null;
  const flattest = slope - half;
  const latest = flattest > 0 ? belowM / flattest : Number.POSITIVE_INFINITY;
  return {
    name,
    hours,
    earliestHours: belowM / (slope + half),
    latestHours: latest <= horizonHours ? latest : null,
  };
}
