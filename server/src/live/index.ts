export { Arrivals } from './arrivals.ts';
export { type LiveDependencies, liveRoutes } from './routes.ts';
export { type StorageState, StorageWatch } from './storage-watch.ts';
export { FEED_KINDS } from './visible.ts';
