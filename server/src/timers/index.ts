export {
  type RunningTimers,
  startTimers,
  type TimerContext,
  type TimerHandler,
  type TimerOptions,
} from './run-timers.ts';
export { type DueTimer, retryTimer, setTimers, TIMERS, type TimerDraft } from './store.ts';
