import type { ChildProcess } from 'node:child_process';
import { listBackups, tellBackup } from '../backup/index.ts';
import type { DatabaseAddress, Logger, ProcessMetrics, Settings } from '../platform/index.ts';
import { runApart } from './run-apart.ts';

const hourMs = 3_600_000;
/** A centre that has just started has better things to do. */
const firstPauseMs = 60_000;
const retryMs = 15 * 60_000;

export interface BackupScheduleOptions {
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly address: DatabaseAddress;
  readonly log: Logger;
  readonly metrics: ProcessMetrics;
  readonly firstPauseMs?: number;
  readonly retryMs?: number;
}

export interface BackupSchedule {
  stop(): Promise<void>;
}

/**
 * When the next copy is due, in milliseconds from now. The time of the last one is only asked at the start of the centre; afterwards
 * the monotonic clock counts, so that a step of the wall clock neither drops a copy nor makes one after the other.
 */
export function firstCopyInMs(
  lastAt: number | null,
  now: number,
  everyMs: number,
  pauseMs = firstPauseMs,
): number {
  if (lastAt === null || lastAt > now) return pauseMs;
  return Math.max(pauseMs, lastAt + everyMs - now);
}

/** Makes copies as the settings say, each in a process of its own; null when the settings name no folder. */
export function startBackupSchedule(options: BackupScheduleOptions): BackupSchedule | null {
  const { settings, log, metrics } = options;
  const folder = settings.backupFolder;
  if (folder === null) return null;
  const everyMs = settings.backupEveryHours * hourMs;
  let wholeAt = lastCopyAt(folder, options);
  let failing = false;
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  metrics.gauge(
    {
      name: 'keng_backup_whole_timestamp_seconds',
      help: 'when the last whole copy was taken; 0: there is none',
    },
    () => [{ value: (wholeAt ?? 0) / 1_000 }],
  );
  metrics.gauge({ name: 'keng_backup_failing', help: '1 when the last try made no copy' }, () => [
    { value: failing ? 1 : 0 },
  ]);

  const copy = async (): Promise<void> => {
    const started = Date.now();
    const failure = await runCopy(options, folder, (made) => {
      child = made;
    });
    child = null;
    if (stopped) return;
    failing = failure !== null;
    if (failure === null) {
      wholeAt = started;
      log.info('a copy of the database is whole');
    } else {
      log.error({ error: failure }, 'no copy of the database was made');
      await tellBackup(options.address, settings.origin, { error: failure }).catch((error: unknown) =>
        log.error({ err: error }, 'that no copy was made could not be written down'),
      );
    }
    plan(failing ? (options.retryMs ?? retryMs) : everyMs);
  };
  const plan = (inMs: number): void => {
    if (stopped) return;
    timer = setTimeout(
      () => {
        running = copy().catch((error: unknown) => log.error({ err: error }, 'copying the database'));
      },
      // A timer holds at most 2^31 ms; no setting reaches it.
      inMs,
    );
    timer.unref();
  };
  plan(firstCopyInMs(wholeAt, Date.now(), everyMs, options.firstPauseMs));
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      child?.kill('SIGTERM');
      await running;
    },
  };
}

/** A folder that cannot be read keeps no centre from starting: the first copy fails then, and that is told. */
function lastCopyAt(folder: string, { settings, log }: BackupScheduleOptions): number | null {
  try {
    const last = listBackups(folder, settings.origin).at(-1);
    return last ? Date.parse(last.manifest.takenAt) : null;
  } catch (error) {
    log.error({ err: error }, 'the copies that are there cannot be read');
    return null;
  }
}

/** Resolves to null, or to what went wrong. */
async function runCopy(
  options: BackupScheduleOptions,
  folder: string,
  started: (child: ChildProcess) => void,
): Promise<string | null> {
  const { dataFolder, backupKeep } = options.settings;
  const args = ['backup', '--data', dataFolder, '--to', folder, '--keep', String(backupKeep)];
  return await runApart(options, args, started);
}
