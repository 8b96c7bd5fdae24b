import { beaufortMethod } from './beaufort.ts';
import { allenHypocentralMethod, allenRuptureMethod, blakeShebalinMethod } from './intensity.ts';
import { riverMethod } from './river.ts';
import { saltLineMethod } from './salinity.ts';
import { seaLevelTrendMethod } from './sea-level-trend.ts';
import { trackMethod } from './storm-track.ts';
import { tideMethod } from './tide.ts';
import { tsunamiMethod } from './tsunami/depth-grid.ts';
import { greenMethod } from './tsunami/green.ts';
import { totalWaterMethod } from './water-level.ts';
import { stormMaximumMethod, windAveragingMethod } from './wind-averaging.ts';
import { hollandMethod, rankineMethod } from './wind-profile.ts';

export {
  beaufort,
  kmHOfKnot,
  kmHOfMS,
  type WindScale,
  windOfBeaufort,
  wmoBeaufort,
} from './beaufort.ts';
export { bearingDeg, distanceKm, normalLongitude, type Position, placeBetween } from './geodesy.ts';
export {
  allenHypocentralIntensity,
  allenRuptureIntensity,
  blakeShebalinIntensity,
  type Earthquake,
  type Intensity,
  type MskGrade,
  mskGrade,
} from './intensity.ts';
export type {
  HazardMethod,
  MethodInputInvalid,
  MethodInputMissing,
  MethodOutcome,
  MethodQuantity,
  MethodRefusal,
  MethodResult,
  MethodWarning,
  OutsideMethodRange,
} from './method.ts';
export {
  type AlarmLevel,
  alarmOf,
  defaultTrend,
  type ReachTime,
  type RiverState,
  type RiverStation,
  riverState,
  type Stage,
  type TrendSettings,
} from './river.ts';
export { type SalinityStation, type SaltLine, saltLine } from './salinity.ts';
export {
  fewestTrendYears,
  type MonthlySeaLevel,
  type SeaLevelTrend,
  seaLevelTrend,
} from './sea-level-trend.ts';
export {
  type NearestApproach,
  nearestApproach,
  type TrackFix,
  type TrackPoint,
  trackAt,
  type WindPeriod,
  windArrival,
} from './storm-track.ts';
export { analyseTide, predictTide, type TideAnalysis, type TideConstituent } from './tide.ts';
export { type TideConstituentName, tideSpeeds } from './tide-constituents.ts';
export { type DepthGrid, depthGrid, mostCells } from './tsunami/depth-grid.ts';
export { greenHeight } from './tsunami/green.ts';
export { directionError } from './tsunami/steps.ts';
export {
  type Arrival,
  type ArrivalPlace,
  type TravelSettings,
  type TravelTimes,
  type TsunamiSource,
  tsunamiArrivals,
  tsunamiTravelTimes,
} from './tsunami/travel-time.ts';
export {
  overDatum,
  type SurgeSeries,
  type TotalWater,
  totalWaterLevel,
  type WaterSeries,
} from './water-level.ts';
export {
  type AveragingSeconds,
  type ConvertedWind,
  type Exposure,
  exposures,
  stormTenMinuteMaximum,
  windOfOtherMean,
} from './wind-averaging.ts';
export {
  type HollandStorm,
  hollandRadius,
  hollandWind,
  type RankineStorm,
  rankineRadius,
} from './wind-profile.ts';

/** Every model of this folder with its source, range and check. */
export const physicsMethods = [
  beaufortMethod,
  windAveragingMethod,
  stormMaximumMethod,
  hollandMethod,
  rankineMethod,
  trackMethod,
  riverMethod,
  tideMethod,
  totalWaterMethod,
  saltLineMethod,
  seaLevelTrendMethod,
  allenHypocentralMethod,
  allenRuptureMethod,
  blakeShebalinMethod,
  tsunamiMethod,
  greenMethod,
] as const;
