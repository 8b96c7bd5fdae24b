export { type FollowFeedOptions, followProbes } from './follow-feed.ts';
export { probeRoutes } from './routes.ts';
export { ProbeWatch, type ProbeWatchOptions } from './watch.ts';
