export * from './indices/index.ts';
export * from './levels/index.ts';
export * from './observation.ts';
export * from './physics/index.ts';
export * from './readers/index.ts';
export * from './units.ts';
