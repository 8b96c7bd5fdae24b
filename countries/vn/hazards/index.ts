/** The hazard rules of Viet Nam for @keng/hazards: data with their source. Nothing here acts. */
export { vietNamBulletins } from './bulletins/index.ts';
export { vietNamFireClasses, vietNamRainLimits } from './fire-danger.ts';
export * from './regions.ts';
export { vietNamHazards } from './rules.ts';
export { vietNamWindScale } from './wind-scale.ts';
