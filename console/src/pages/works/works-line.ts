import type { AnyEntry } from '@keng/model';

export interface WorksLine {
  /** Key below `works-page`. */
  readonly key: string;
  readonly params: Readonly<Record<string, string>>;
}

/** One entry of planned works as one sentence. Pure; null for kinds that say nothing to a reader. */
export function worksLine(entry: AnyEntry): WorksLine | null {
  switch (entry.kind) {
    case 'works.planned':
      return {
        key: 'line-planned',
        params: { name: entry.body.by?.name ?? '', zones: entry.body.zones.join(', ') },
      };
    case 'works.called-back':
      return { key: 'called-back', params: { name: entry.body.by.name, contact: entry.body.contactName } };
    case 'works.reminded':
      return { key: 'reminded', params: { contact: entry.body.contactName } };
    case 'notify.delivered':
      return { key: 'line-delivered', params: {} };
    case 'notify.failed':
      return { key: 'line-failed', params: { error: entry.body.error } };
    case 'works.ended':
      return { key: `line-ended-${entry.body.reason}`, params: { name: entry.body.by?.name ?? '' } };
    default:
      return null;
  }
}
