import type { ChildProcess } from 'node:child_process';
import type { ProcessMetrics } from '../platform/index.ts';
import { type ApartOptions, runApart } from './run-apart.ts';

/** What every schedule of a command is given; the pauses are shorter in tests. */
export interface ScheduleOptions extends ApartOptions {
  readonly metrics: ProcessMetrics;
  readonly firstPauseMs?: number;
  readonly retryMs?: number;
}

export interface CommandSchedule {
  /** The command and its arguments, as a person would type them. */
  readonly args: readonly string[];
  /** 1 when the last try failed. */
  readonly failing: { readonly name: string; readonly help: string };
  readonly firstInMs: number;
  readonly everyMs: number;
  /** Until the next try after one that failed. */
  readonly retryMs: number;
  /** What there is to tell of a run; not called when the schedule was stopped under it. */
  ended(run: CommandRun): Promise<void> | void;
}

export interface CommandRun {
  readonly startedAtMs: number;
  /** Null, or what went wrong. */
  readonly failure: string | null;
}

export interface RunningSchedule {
  /** Ends a run that is under way, and waits for it. */
  stop(): Promise<void>;
}

/** Runs a command of this program again and again, each time in a process of its own and never twice at once. */
export function startCommandSchedule(options: ScheduleOptions, schedule: CommandSchedule): RunningSchedule {
  const { log, metrics } = options;
  let failing = false;
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  metrics.gauge(schedule.failing, () => [{ value: failing ? 1 : 0 }]);

  const run = async (): Promise<void> => {
    const startedAtMs = Date.now();
    const failure = await runApart(options, schedule.args, (made) => {
      child = made;
    });
    child = null;
    if (stopped) return;
    failing = failure !== null;
    await schedule.ended({ startedAtMs, failure });
    plan(failing ? schedule.retryMs : schedule.everyMs);
  };
  // A timer holds at most 2^31 ms; no setting reaches it.
  const plan = (inMs: number): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = run().catch((error: unknown) =>
        log.error({ err: error }, `running ${schedule.args[0]} as scheduled`),
      );
    }, inMs);
    timer.unref();
  };
  plan(schedule.firstInMs);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      child?.kill('SIGTERM');
      await running;
    },
  };
}
