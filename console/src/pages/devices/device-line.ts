import type { DeviceState } from '@keng/model';

export interface Line {
  readonly link: DeviceState['link'];
  /** null: it need not report. */
  readonly reportingSeconds: number | null;
  readonly lastHeardAt: string | null;
}

/**
 * What can be said of the line to a device. One that need not report may be dead and nobody would know: it is never "up".
 * One that must report and never did is not "lost": nobody ever had it.
 */
export function lineOf({
  link,
  reportingSeconds,
  lastHeardAt,
}: Line): 'never' | 'lost' | 'unsupervised' | 'up' {
  if (lastHeardAt === null) return 'never';
  if (reportingSeconds === null) return 'unsupervised';
  return link === 'lost' ? 'lost' : 'up';
}
