export { type Compared, type Comparison, compare } from './compare.ts';
export { constantTables } from './constants/index.ts';
export {
  type Contour,
  type ContourRequest,
  plumeContour,
  radialContour,
  type WindContourRequest,
  type Zone,
} from './contour/contour.ts';
export {
  defaultSearch,
  distanceTo,
  farthest,
  type Reach,
  type Search,
  type Wanted,
} from './contour/distance.ts';
export { destination, type Offset, offset, type Position } from './contour/geo.ts';
export { type Grid, gridOf, marchingSquares, multiPolygon } from './contour/grid.ts';
export { probabilityOf, probitOf } from './formulas/normal.ts';
export type {
  AnyModel,
  ChoiceInput,
  Example,
  InputRules,
  NumberInput,
  OutputRule,
  RunnableModel,
} from './model.ts';
export * from './models/airblast.ts';
export * from './models/dispersion.ts';
export * from './models/explosion.ts';
export * from './models/fireball.ts';
export * from './models/harm.ts';
export { modelOf, models } from './models/index.ts';
export * from './models/jet-fire.ts';
export * from './models/operations.ts';
export * from './models/pool-fire.ts';
export * from './models/radiological.ts';
export * from './models/release.ts';
export {
  type InvalidInput,
  type Numbers,
  type Outcome,
  Outside,
  type OutsideRange,
  type Result,
  type Values,
  type Warning,
} from './outcome.ts';
export { type Pack, type PackId, packs } from './packs.ts';
export {
  atomicWeights,
  findSubstances,
  molarMassKgMol,
  ppmOf,
  type Substance,
  substances,
} from './substances.ts';
export { interventionLevels, type Threshold, type ThresholdList, thresholdLists } from './thresholds.ts';
