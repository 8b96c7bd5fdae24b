import type { AnyEntry, DeskFault } from '@keng/model';

export interface DutyLine {
  /** Key below `room`. */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** What a person wrote, shown as it was written. */
  readonly text: string | null;
  readonly faults: readonly DeskFault[];
  /** Who wrote it on paper; null: it was written down when it happened. */
  readonly late: string | null;
}

const line = (
  key: string,
  params: DutyLine['params'] = {},
  more: Partial<Pick<DutyLine, 'text' | 'faults' | 'late'>> = {},
): DutyLine => ({ key, params, text: null, faults: [], late: null, ...more });

/** One entry of the duty log as a sentence. Pure; null for kinds that say nothing to a reader of it. */
export function dutyLine(entry: AnyEntry): DutyLine | null {
  switch (entry.kind) {
    case 'duty.noted':
      return line(
        'line-noted',
        { name: entry.body.by.name },
        { text: entry.body.text, late: entry.body.late?.writtenBy ?? null },
      );
    case 'paper.keyed':
      return line('line-paper', { name: entry.body.by.name }, { late: entry.body.writtenBy });
    case 'shift.started':
      return line('line-started', { name: entry.body.leader.name, count: entry.body.officers.length });
    case 'shift.crew-changed':
      return line('line-crew', { names: entry.body.officers.map((one) => one.name).join(', ') });
    case 'shift.handover-accepted':
      return line(
        'line-accepted',
        { name: entry.body.by.name, count: entry.body.items.length },
        { text: entry.body.items.map((one) => one.label).join('; ') },
      );
    case 'shift.ended':
      return line('line-ended', { name: entry.body.by.name });
    case 'shift.signed': {
      const { incident, works, link } = entry.body.notAccepted;
      return line(
        'line-signed',
        { name: entry.body.by.name, count: incident + works + link },
        { text: entry.body.note },
      );
    }
    case 'shift.sound-tested':
      return line(entry.body.heard ? 'line-heard' : 'line-not-heard', { name: entry.body.by.name });
    case 'shift.sheet-printed':
      return line('line-printed', { name: entry.body.by.name });
    case 'desk.silent':
      return line(
        'line-silent',
        { desk: entry.body.organisation },
        { faults: silenceFaults(entry.body.reason) },
      );
    case 'desk.claimed':
      return line('line-claimed', { name: entry.body.by.name, desk: entry.body.organisation });
    case 'desk.raised':
      return line('line-raised', { desk: entry.body.organisation });
    case 'desk.answered':
      return line('line-answered', { desk: entry.body.organisation });
    case 'desk.proof-changed':
      return entry.body.faults.length === 0
        ? line('line-proved', { desk: entry.body.organisation })
        : line(
            'line-faults',
            { desk: entry.body.organisation },
            { faults: entry.body.faults.map((one) => one.fault) },
          );
    default:
      return null;
  }
}

function silenceFaults(reason: string): readonly DeskFault[] {
  return reason === 'nobody-logged-in' || reason === 'sound-blocked' || reason === 'screen-asleep'
    ? [reason]
    : [];
}
