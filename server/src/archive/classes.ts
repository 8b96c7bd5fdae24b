import { type CountryPack, limitOf } from '@keng/country-vn';
import { ENTRY_KINDS, type EntryKind } from '@keng/model';

/** How long an entry stays in the database depends on what it is about; the times are data of the country. */
export type RetentionClass = 'alarms' | 'faults' | 'routine';

const ALARMS = ['incident.', 'works.', 'rights.'];
const FAULTS = ['link.', 'outage.', 'duty-check.', 'entry.'];
const ROUTINE = [
  'probe.',
  'notify.',
  'session.',
  'record.read',
  'centre.started',
  'centre.backed-up',
  'centre.backup-failed',
];
/** What a device says is of the class of its lane. */
const BY_LANE = ['signal.'];
const CLASSES: readonly RetentionClass[] = ['alarms', 'faults', 'routine'];

/**
 * The class of an entry; null: it never leaves. Registers, people, shifts, the duty log and form 01, erasures and what concerns the
 * log itself are asked for however old they are, and are few: reports of a day stay whole.
 */
export function classOf(kind: EntryKind, lane: 0 | 1 | 2): RetentionClass | null {
  const is = (list: readonly string[]): boolean =>
    list.some((one) => (one.endsWith('.') ? kind.startsWith(one) : kind === one));
  if (is(BY_LANE)) return CLASSES[lane] ?? null;
  if (is(ALARMS)) return 'alarms';
  if (is(FAULTS)) return 'faults';
  return is(ROUTINE) ? 'routine' : null;
}

export interface Retention {
  readonly alarmsMonths: number;
  readonly faultsMonths: number;
  readonly routineMonths: number;
}

export function retentionOf(country: Pick<CountryPack, 'limits'>): Retention {
  return {
    alarmsMonths: limitOf(country, 'log.kept.alarms'),
    faultsMonths: limitOf(country, 'log.kept.faults'),
    routineMonths: limitOf(country, 'log.kept.routine'),
  };
}

export interface LeavingRule {
  readonly kind: string;
  readonly lane: 0 | 1 | 2;
  /** Recorded before this, it may leave. */
  readonly before: Date;
}

/** For each kind and lane that ever leaves, from when. */
export function leavingRules(retention: Retention, now: Date): LeavingRule[] {
  const before = {
    alarms: monthsBefore(now, retention.alarmsMonths),
    faults: monthsBefore(now, retention.faultsMonths),
    routine: monthsBefore(now, retention.routineMonths),
  };
  const kinds = Object.keys(ENTRY_KINDS) as EntryKind[];
  return kinds.flatMap((kind) =>
    ([0, 1, 2] as const).flatMap((lane) => {
      const of = classOf(kind, lane);
      return of === null ? [] : [{ kind, lane, before: before[of] }];
    }),
  );
}

/** The first moment of the month, so many months before; whole months, so that two runs in one month agree. */
export function monthsBefore(now: Date, months: number): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
}
