import type { ChildProcess } from 'node:child_process';
import type { Logger, ProcessMetrics, Settings } from '../platform/index.ts';
import { runApart } from './run-apart.ts';

const hourMs = 3_600_000;
/** A centre that has just started has better things to do. */
const firstPauseMs = 10 * 60_000;
const retryMs = 3_600_000;

export interface ArchiveScheduleOptions {
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly metrics: ProcessMetrics;
  readonly firstPauseMs?: number;
  readonly retryMs?: number;
}

export interface ArchiveSchedule {
  stop(): Promise<void>;
}

/** Looks for entries whose time is over as the settings say, in a process of its own; null when they name no folder. */
export function startArchiveSchedule(options: ArchiveScheduleOptions): ArchiveSchedule | null {
  const { settings, log, metrics } = options;
  const folder = settings.archiveFolder;
  if (folder === null) return null;
  let failing = false;
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  metrics.gauge(
    { name: 'keng_archive_failing', help: '1 when the last try to archive did not end well' },
    () => [{ value: failing ? 1 : 0 }],
  );
  const archive = async (): Promise<void> => {
    const args = ['archive', '--data', settings.dataFolder, '--to', folder];
    const failure = await runApart(options, args, (made) => {
      child = made;
    });
    child = null;
    if (stopped) return;
    failing = failure !== null;
    if (failure === null) log.info('the log was looked through for entries whose time is over');
    else log.error({ error: failure }, 'the log could not be archived; nothing left the database half-way');
    plan(failing ? (options.retryMs ?? retryMs) : settings.archiveEveryHours * hourMs);
  };
  const plan = (inMs: number): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = archive().catch((error: unknown) => log.error({ err: error }, 'archiving the log'));
    }, inMs);
    timer.unref();
  };
  plan(options.firstPauseMs ?? firstPauseMs);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      child?.kill('SIGTERM');
      await running;
    },
  };
}
