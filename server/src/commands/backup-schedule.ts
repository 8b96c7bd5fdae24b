import { listBackups, tellBackup } from '../backup/index.ts';
import type { DatabaseAddress } from '../platform/index.ts';
import { type RunningSchedule, type ScheduleOptions, startCommandSchedule } from './command-schedule.ts';

const hourMs = 3_600_000;
/** A centre that has just started has better things to do. */
const firstPauseMs = 60_000;
const retryMs = 15 * 60_000;

export interface BackupScheduleOptions extends ScheduleOptions {
  readonly address: DatabaseAddress;
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
export function startBackupSchedule(options: BackupScheduleOptions): RunningSchedule | null {
  const { settings, address, log, metrics } = options;
  const folder = settings.backupFolder;
  if (folder === null) return null;
  const everyMs = settings.backupEveryHours * hourMs;
  let wholeAt = lastCopyAt(folder, options);
  metrics.gauge(
    {
      name: 'keng_backup_whole_timestamp_seconds',
      help: 'when the last whole copy was taken; 0: there is none',
    },
    () => [{ value: (wholeAt ?? 0) / 1_000 }],
  );
  return startCommandSchedule(options, {
    args: ['backup', '--data', settings.dataFolder, '--to', folder, '--keep', String(settings.backupKeep)],
    failing: { name: 'keng_backup_failing', help: '1 when the last try made no copy' },
    firstInMs: firstCopyInMs(wholeAt, Date.now(), everyMs, options.firstPauseMs),
    everyMs,
    retryMs: options.retryMs ?? retryMs,
    ended: async ({ startedAtMs, failure }) => {
      if (failure === null) {
        wholeAt = startedAtMs;
        log.info('a copy of the database is whole');
        return;
      }
      log.error({ error: failure }, 'no copy of the database was made');
      await tellBackup(address, settings.origin, { error: failure }).catch((error: unknown) =>
        log.error({ err: error }, 'that no copy was made could not be written down'),
      );
    },
  });
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
