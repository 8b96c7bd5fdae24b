import { type RunningSchedule, type ScheduleOptions, startCommandSchedule } from './command-schedule.ts';

const hourMs = 3_600_000;
/** A centre that has just started has better things to do. */
const firstPauseMs = 10 * 60_000;
const retryMs = 3_600_000;

/** Looks for entries whose time is over as the settings say, in a process of its own; null when they name no folder. */
export function startArchiveSchedule(options: ScheduleOptions): RunningSchedule | null {
  const { settings, log } = options;
  const folder = settings.archiveFolder;
  if (folder === null) return null;
  return startCommandSchedule(options, {
    args: ['archive', '--data', settings.dataFolder, '--to', folder],
    failing: { name: 'keng_archive_failing', help: '1 when the last try to archive did not end well' },
    firstInMs: options.firstPauseMs ?? firstPauseMs,
    everyMs: settings.archiveEveryHours * hourMs,
    retryMs: options.retryMs ?? retryMs,
    ended: ({ failure }) => {
      if (failure === null) log.info('the log was looked through for entries whose time is over');
      else log.error({ error: failure }, 'the log could not be archived; nothing left the database half-way');
    },
  });
}
