export { type MutableSignal, mutingWorks } from './mute.ts';
export { worksRoutes } from './routes.ts';
export type { WorksPlan } from './rules.ts';
export { type WorksCaller, type WorksPolicy, WorksService, worksTimers } from './service.ts';
export { countMuted, runningWorks, worksStates } from './store.ts';
