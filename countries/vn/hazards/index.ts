/** The hazard rules of Viet Nam for @keng/hazards: data with their source. Nothing here acts. */
export { type AnnexStation, annexStations, stationAreaOf } from './annex-13.ts';
export { vietNamBulletins } from './bulletins/index.ts';
export { vietNamFireClasses, vietNamRainLimits } from './fire-danger.ts';
export {
  type Commune,
  extentOf,
  type FloodStation,
  floodStation,
  type Province,
  seaAreas,
  vietNamAreas,
} from './places.ts';
export * from './regions.ts';
export { vietNamHazards } from './rules.ts';
export { windForceOf } from './wind-force.ts';
export { vietNamWindScale } from './wind-scale.ts';
