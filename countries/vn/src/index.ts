/** Viet Nam for Keng. Everything national is data in ../data, each fact with its source. */
export { checkCountryPack } from './check-country-pack.ts';
export * from './country-pack.ts';
export * from './demonstration.ts';
export type * from './demonstration-types.ts';
export { distanceMetres, isInside, type Point } from './geometry.ts';
export { PackProblem } from './json-node.ts';
export { loadCountryPack } from './load-country-pack.ts';
export * from './questions.ts';
export type { Topology, TopologyGeometry } from './topology.ts';
export { vietNam } from './viet-nam.ts';
