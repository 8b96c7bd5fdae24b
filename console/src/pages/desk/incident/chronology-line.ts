import type { AnyEntry } from '@keng/model';
import { linkWords } from '../../../components/link-words.ts';

export interface ChronologyLine {
  /** Key below `chronology`; its words may name further keys (`$t(answer.{{answer}})`). */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly tone: 'plain' | 'strong';
  /** What a person wrote, shown as it was written. */
  readonly text: string | null;
  /** Codes of the country pack that the reader names: `2 engine`. */
  readonly resources: readonly { readonly type: string; readonly count: number }[];
}

const line = (
  key: string,
  params: ChronologyLine['params'] = {},
  more: Partial<Pick<ChronologyLine, 'tone' | 'text' | 'resources'>> = {},
): ChronologyLine => ({ key, params, tone: 'plain', text: null, resources: [], ...more });

const STRONG = { tone: 'strong' } as const;

/** One entry of the log as one sentence: who did what. Pure; null for kinds that say nothing to a reader. */
export function chronologyLine(entry: AnyEntry): ChronologyLine | null {
  switch (entry.kind) {
    case 'incident.opened': {
      const [first] = entry.body.signals;
      const zone = first ? [first.zone, first.zoneLabel].filter((part) => part !== null).join(' ') : '';
      return line('opened', { zone, family: first?.family ?? 'fire' }, STRONG);
    }
    case 'incident.signals-joined':
      return joined(entry.body);
    case 'incident.confirmed':
      return line('confirmed', { reason: entry.body.reason }, STRONG);
    case 'incident.owner-alerted':
      return line('owner-alerted', { names: entry.body.contacts.map((one) => one.name).join(', ') });
    case 'incident.contact-reached':
      return line('contact-reached', { name: entry.body.name, result: entry.body.result });
    case 'incident.owner-answered':
      return line(
        'owner-answered',
        { name: entry.body.name, answer: entry.body.answer, channel: entry.body.channel },
        STRONG,
      );
    case 'incident.measures-shown':
      return line('measures-shown');
    case 'incident.claimed':
      return line('claimed', { name: entry.body.by.name });
    case 'incident.released':
      return line('released', { name: entry.body.by.name });
    case 'incident.desk-accepted':
      return line('desk-accepted', { name: entry.body.by.name }, STRONG);
    case 'incident.station-accepted':
      return line('station-accepted', { name: entry.body.by.name }, STRONG);
    case 'incident.station-reported':
      return line(
        'station-reported',
        { name: entry.body.by.name, state: entry.body.state },
        { text: entry.body.note },
      );
    case 'incident.limit-passed':
      return line(entry.body.escalatedTo === null ? 'limit-passed' : 'limit-escalated', {
        clock: entry.body.clock,
        level: entry.body.escalatedTo ?? '',
      });
    case 'incident.escalated':
      return line(
        'escalated',
        { reason: entry.body.reason, level: entry.body.to, seconds: entry.body.limit.seconds },
        STRONG,
      );
    case 'incident.owner-recalled':
      return line('owner-recalled');
    case 'incident.dispatch-reminded':
      return line(entry.body.escalatedTo === null ? 'dispatch-reminded' : 'dispatch-reminded-escalated', {
        count: entry.body.count,
        level: entry.body.escalatedTo ?? '',
      });
    case 'incident.station-stood-down':
      return line('station-stood-down', { name: entry.body.by.name }, STRONG);
    case 'incident.dispatch-proposed':
      return line('dispatch-proposed', { reason: entry.body.reason }, { resources: entry.body.resources });
    case 'incident.dispatch-confirmed':
      return line(
        'dispatch-confirmed',
        { name: entry.body.by.name },
        { ...STRONG, resources: entry.body.resources },
      );
    case 'incident.noted':
      return line('noted', { name: entry.body.by.name }, { text: entry.body.text });
    case 'incident.shelved':
      return line(
        'shelved',
        { name: entry.body.by.name, until: entry.body.until },
        { text: entry.body.reason },
      );
    case 'incident.unshelved':
      return line('unshelved', { reason: entry.body.reason });
    case 'reception.recorded':
      return line('reception', { name: entry.body.by.name }, { text: entry.body.burning });
    case 'incident.closed': {
      const { by, outcome, cause, note } = entry.body;
      const key = cause === null ? 'closed' : 'closed-cause';
      return line(key, { name: by.name, outcome, cause: cause ?? '' }, { ...STRONG, text: note });
    }
    case 'incident.reopened':
      return line('reopened', { reason: entry.body.reason }, STRONG);
    case 'link.lost':
    case 'link.restored':
    case 'link.path-lost':
    case 'link.path-restored': {
      const { key, params, lost } = linkWords(entry);
      return line(key, params, lost ? STRONG : {});
    }
    default:
      return null;
  }
}

function joined(
  body: Extract<AnyEntry, { readonly kind: 'incident.signals-joined' }>['body'],
): ChronologyLine {
  const zones = [...body.signals.map((signal) => signal.zone), ...body.repeats.map((repeat) => repeat.zone)];
  const count = body.signals.length + body.repeats.reduce((sum, repeat) => sum + repeat.count, 0);
  return line('signals-joined', { count, zones: [...new Set(zones)].slice(0, 12).join(', ') });
}

/** Who wrote it on paper, for what was keyed in later; null for what was written down when it happened. */
export function writtenBy(entry: AnyEntry): string | null {
  switch (entry.kind) {
    case 'incident.opened':
    case 'incident.noted':
    case 'incident.closed':
    case 'duty.noted':
      return entry.body.late?.writtenBy ?? null;
    default:
      return null;
  }
}

/** Entries of a page and of the feed together: each once, in the order of the log. */
export function mergeEntries(pages: readonly AnyEntry[], live: readonly AnyEntry[]): readonly AnyEntry[] {
  const byPosition = new Map<number, AnyEntry>();
  for (const entry of [...pages, ...live]) byPosition.set(entry.position, entry);
  const ordered = [...byPosition.values()].sort((a, b) => a.position - b.position);
  const onTime = ordered.filter((entry) => writtenBy(entry) === null);
  // What was written on paper stands where it happened, among what the screen knew at the time.
  for (const entry of ordered.filter((one) => writtenBy(one) !== null)) {
    const after = onTime.findIndex((one) => one.at > entry.at);
    onTime.splice(after === -1 ? onTime.length : after, 0, entry);
  }
  return onTime;
}
