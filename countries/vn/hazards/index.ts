/** The hazard rules of Viet Nam for @keng/hazards: data with their source. Nothing here acts. */
export { vietNamHazards } from './rules.ts';
