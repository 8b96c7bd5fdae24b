import type {
  AnyEntry,
  FacilityId,
  FalseCause,
  IncidentId,
  Measure,
  Outcome,
  TransmitterId,
} from '@keng/model';

/** Where a number belongs. */
export interface Place {
  readonly facility: FacilityId;
  readonly organisation: string;
  readonly areaCode: string;
  readonly category: string;
}

/** A transmitter as the log described it last. */
export interface TransmitterFacts extends Place {
  readonly transmitter: TransmitterId;
  /** Make and model; empty where the register has none. */
  readonly model: string;
}

/** What the numbers know of one incident. */
export interface IncidentFacts extends Place {
  readonly incident: IncidentId;
  readonly number: number;
  readonly openedAt: string;
  /** Calendar day of the opening in the country's time zone. */
  readonly day: string;
  readonly transmitter: TransmitterId | null;
  readonly model: string;
  /** Of the signal that opened it. */
  readonly family: string;
  readonly limits: { readonly owner: number; readonly desk: number; readonly station: number };
  /** When each thing was done first; a correction does not move it. */
  readonly done: Readonly<
    Partial<Record<'owner' | 'desk' | 'station' | 'order' | 'turnout' | 'arrival', string>>
  >;
  readonly outcome: Outcome | '';
  readonly cause: FalseCause | '';
  readonly closedAt: string | null;
}

type Incident = Extract<AnyEntry, { readonly kind: `incident.${string}` }>;

export interface Opening {
  /** Calendar day of an instant in the country's time zone. */
  readonly dayOf: (at: string) => string;
  readonly modelOf: (transmitter: TransmitterId) => string;
}

/**
 * What is known of an incident after one more of its entries; null: it was never opened here. A second closing counts anew and a
 * reopened incident has no outcome, so that every number follows the correction.
 */
export function applyNumbers(
  known: IncidentFacts | null,
  entry: Incident,
  { dayOf, modelOf }: Opening,
): IncidentFacts | null {
  if (entry.kind === 'incident.opened') {
    const [first] = entry.body.signals;
    const transmitter = first?.transmitterId ?? null;
    const { owner, desk, station } = entry.body.clocks;
    return {
      incident: entry.subject as IncidentId,
      number: entry.body.number,
      facility: entry.body.facility.id,
      organisation: entry.organisation ?? entry.body.province,
      areaCode: entry.body.facility.areaCode,
      category: entry.body.facility.category,
      openedAt: entry.at,
      day: dayOf(entry.at),
      transmitter,
      model: transmitter === null ? '' : modelOf(transmitter),
      family: first?.family ?? '',
      limits: { owner: owner.seconds, desk: desk.seconds, station: station.seconds },
      done: {},
      outcome: '',
      cause: '',
      closedAt: null,
    };
  }
  if (known === null) return null;
  switch (entry.kind) {
    case 'incident.owner-answered':
      // "Checking" is no answer yet, for the clock neither.
      return entry.body.answer === 'checking' ? known : did(known, 'owner', entry.at);
    case 'incident.desk-accepted':
      return did(known, 'desk', entry.at);
    case 'incident.station-accepted':
      return did(known, 'station', entry.at);
    case 'incident.dispatch-confirmed':
      return did(known, 'order', entry.at);
    case 'incident.station-reported':
      if (entry.body.state === 'turned-out') return did(known, 'turnout', entry.at);
      return entry.body.state === 'on-scene' ? did(known, 'arrival', entry.at) : known;
    case 'incident.closed':
      return { ...known, outcome: entry.body.outcome, cause: entry.body.cause ?? '', closedAt: entry.at };
    case 'incident.reopened':
      return { ...known, outcome: '', cause: '', closedAt: null };
    default:
      return known;
  }
}

function did(known: IncidentFacts, what: keyof IncidentFacts['done'], at: string): IncidentFacts {
  return known.done[what] === undefined ? { ...known, done: { ...known.done, [what]: at } } : known;
}

/** Buckets end at each 5 s up to ten minutes, and at each minute up to two hours; what took longer is in the last. */
const FINE_SECONDS = 5;
const FINE_UNTIL_SECONDS = 600;
const COARSE_SECONDS = 60;
export const LONGEST_SECONDS = 7_200;
/** Closed, and never done. */
export const NEVER = -1;

/** The upper edge of the bucket that a duration falls into, in seconds. A limit on the grid is met exactly by whole buckets. */
export function bucketOf(seconds: number): number {
  if (seconds > LONGEST_SECONDS) return LONGEST_SECONDS + 1;
  const step = seconds <= FINE_UNTIL_SECONDS ? FINE_SECONDS : COARSE_SECONDS;
  return Math.max(step, Math.ceil(seconds / step) * step);
}

export interface Timing {
  readonly measure: Measure;
  readonly bucket: number;
  /** Whole milliseconds: sums of them are the same in any order. */
  readonly ms: number;
  readonly within: boolean;
}

/** How long each thing took; a thing that was not done counts as never once the incident is closed. */
export function timingsOf({ openedAt, done, limits, closedAt }: IncidentFacts): Timing[] {
  const timing = (measure: Measure, from: string | undefined, limit: number | null): Timing[] => {
    const at = done[measure];
    if (at !== undefined && from !== undefined) {
      const ms = Math.max(0, Date.parse(at) - Date.parse(from));
      return [{ measure, bucket: bucketOf(ms / 1_000), ms, within: limit !== null && ms <= limit * 1_000 }];
    }
    // Nobody had to turn out where nothing was ordered.
    const wanted = closedAt !== null && (limit !== null || done.order !== undefined);
    return wanted ? [{ measure, bucket: NEVER, ms: 0, within: false }] : [];
  };
  return [
    ...timing('owner', openedAt, limits.owner),
    ...timing('desk', openedAt, limits.desk),
    ...timing('station', openedAt, limits.station),
    ...timing('turnout', done.order, null),
    ...timing('arrival', openedAt, null),
  ];
}
