export { type Comparison, compareWithLog, type RebuildOptions } from './rebuild.ts';
