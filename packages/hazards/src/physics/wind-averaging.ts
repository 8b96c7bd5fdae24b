import { gustFactors, stormMaximum } from './constants.ts';
import { defineMethod, type MethodOutcome } from './method.ts';

export type Exposure = keyof typeof gustFactors;

/** Averaging times in seconds: gust, 1 minute (JTWC), 2 minutes (Viet Nam, China), 10 minutes (JMA, WMO). */
export type AveragingSeconds = 3 | 60 | 120 | 600;

export const exposures = Object.keys(gustFactors) as readonly Exposure[];

export interface ConvertedWind {
  readonly windMS: number;
  readonly factor: number;
  /** The same conversion at the smoothest and the roughest exposure: the spread to reckon with. */
  readonly leastMS: number;
  readonly greatestMS: number;
}

const windMS = { unit: 'm/s', what: 'mean wind', minimum: 0, maximum: 120 };

export const windAveragingMethod = defineMethod({
  id: 'wind.averaging-time',
  title: 'Wind of one averaging time from another (3 s, 1, 2, 10 minutes)',
  source: 'Harper, Kepert and Ginger (2010), WMO/TD-No. 1555, table 1.1 (transcribed)',
  check: 'rows compared with open programs that cite the table (CLIMADA, an IKI notebook); properties',
  range:
    'tropical cyclones, 10 m height; one exposure of four. The report gives no error; the spread over the exposures is given instead',
  quantities: { windMS },
});

export const stormMaximumMethod = defineMethod({
  id: 'wind.storm-maximum',
  title: "Greatest 10-minute wind of a storm from another centre's greatest 1-minute wind, at sea",
  source: 'Harper, Kepert and Ginger (2010), WMO/TD-No. 1555: 0.93 at sea (in place of the older 0.88)',
  check: 'by hand',
  range: 'estimates of a storm as a whole, at sea; not for the wind of a station',
  quantities: { windMS },
});

/** Greatest mean of `shorter` within a mean of `longer`. */
function gustFactor(exposure: Exposure, longer: number, shorter: number): number | undefined {
  const rows: Readonly<Record<number, Readonly<Record<number, number>>>> = gustFactors[exposure];
  return longer === shorter ? 1 : rows[longer]?.[shorter];
}

function factorOf(exposure: Exposure, from: AveragingSeconds, to: AveragingSeconds): number | undefined {
  if (to <= from) return gustFactor(exposure, from, to);
  const back = gustFactor(exposure, to, from);
  return back === undefined ? undefined : 1 / back;
}

/** Wind of another averaging time. To a shorter one it is the greatest to be expected within the longer one. */
export function windOfOtherMean(
  wind: { readonly windMS: number; readonly seconds: AveragingSeconds },
  seconds: AveragingSeconds,
  exposure: Exposure,
): MethodOutcome<ConvertedWind> {
  const refused = windAveragingMethod.refusal({ windMS: wind.windMS });
  if (refused) return refused;
  const factor = Object.hasOwn(gustFactors, exposure) ? factorOf(exposure, wind.seconds, seconds) : undefined;
  if (factor === undefined)
    return windAveragingMethod.invalid(
      'seconds',
      'no-factor',
      `no factor from ${wind.seconds} s to ${seconds} s for ${exposure}`,
    );
  const all = exposures.flatMap((one) => factorOf(one, wind.seconds, seconds) ?? []);
  return windAveragingMethod.result({
    windMS: wind.windMS * factor,
    factor,
    leastMS: wind.windMS * Math.min(...all),
    greatestMS: wind.windMS * Math.max(...all),
  });
}

/** The greatest 10-minute mean of a storm at sea, m/s, from a greatest 1-minute mean. */
export function stormTenMinuteMaximum(oneMinuteMS: number): MethodOutcome<number> {
  const refused = stormMaximumMethod.refusal({ windMS: oneMinuteMS });
  if (refused) return refused;
  return stormMaximumMethod.result(oneMinuteMS * stormMaximum.tenMinuteOfOneMinuteAtSea);
}
