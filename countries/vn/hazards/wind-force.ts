import {
  type AveragingSeconds,
  beaufort,
  converted,
  type Exposure,
  type MethodOutcome,
  type Observation,
  windOfOtherMean,
} from '@keng/hazards';
import { vietNamWindScale } from './wind-scale.ts';

const SECONDS_OF: ReadonlyMap<string, AveragingSeconds> = new Map([
  ['cyclone.wind-1min', 60],
  ['cyclone.wind-2min', 120],
  ['cyclone.wind-10min', 600],
]);
/** The mean that the law speaks of: Decision 18/2021/QĐ-TTg, Article 5. */
const OF_THE_LAW: AveragingSeconds = 120;
const KM_H_OF_M_S = 3.6;

/**
 * The wind of a storm as another centre gives it, as the force that Article 42 grades: its 2-minute mean in the country's Beaufort scale.
 * The result is flagged `estimated` unless the wind already was a 2-minute mean.
 * @param wind `cyclone.wind-1min`, `-2min` or `-10min`, in any unit of speed
 * @param exposure of the place that the wind stands for, WMO/TD-No. 1555; `at-sea` for the wind of a storm over the East Sea
 * @returns null for an observation of anything else; otherwise the force, or why there is none
 */
export function windForceOf(wind: Observation, exposure: Exposure): MethodOutcome<Observation> | null {
  const seconds = SECONDS_OF.get(wind.quantity);
  if (seconds === undefined || typeof wind.value !== 'number') return null;
  const mean = windOfOtherMean(
    { windMS: converted(wind.value, wind.unit, 'm/s'), seconds },
    OF_THE_LAW,
    exposure,
  );
  if (mean.kind !== 'result') return mean;
  const force = beaufort(mean.value.windMS * KM_H_OF_M_S, vietNamWindScale);
  if (force.kind !== 'result') return force;
  const flags = seconds === OF_THE_LAW ? wind.flags : [...new Set([...wind.flags, 'estimated' as const])];
  return {
    ...mean,
    value: { ...wind, quantity: 'cyclone.wind-force', value: force.value, unit: 'Beaufort', flags },
  };
}
