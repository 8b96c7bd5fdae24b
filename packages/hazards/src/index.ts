export * from './indices/index.ts';
export * from './levels/index.ts';
export * from './physics/index.ts';
export * from './readers/index.ts';
