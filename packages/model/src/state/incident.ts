import type {
  ANSWER_CHANNELS,
  ClockName,
  Confirmation,
  FacilitySummary,
  FalseCause,
  FirstDispatch,
  IncidentClock,
  JoinedSignal,
  Outcome,
  OwnerAnswer,
  ProposalReason,
  StationState,
  ZoneCount,
} from '../entries/incident.ts';
import { CONFIRMATIONS } from '../entries/incident.ts';
import type { SignalClass, SignalFamily } from '../entries/signal.ts';
import { isFireAlarm } from '../entries/signal.ts';
import type { AnyEntry, EntryBody } from '../entry.ts';
import type { ContactId, IncidentId, OrganisationCode, TransmitterId, UserId } from '../ids.ts';
import type { Level } from '../organisation.ts';
import type { World } from '../world.ts';

export interface PersonRef {
  readonly id: UserId;
  readonly name: string;
}

/** One line of the screen: a zone that spoke, however often it did. */
export interface ZoneState {
  readonly transmitterId?: TransmitterId;
  readonly zone: string;
  readonly label: string | null;
  readonly family: SignalFamily;
  readonly class: SignalClass;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly count: number;
  readonly restoredAt: string | null;
}

export interface ClockState extends IncidentClock {
  /** When somebody did what the clock waits for. */
  readonly stoppedAt: string | null;
  /** When it ran out first; a clock that ran out stays visible after it was stopped. */
  readonly passedAt: string | null;
}

export interface OwnerAnswerState {
  readonly contactId: ContactId | null;
  readonly name: string;
  readonly answer: OwnerAnswer;
  readonly channel: (typeof ANSWER_CHANNELS)[number];
  readonly at: string;
}

export interface ContactState {
  readonly contactId: ContactId;
  readonly name: string;
  readonly order: number;
  readonly channel: string;
  readonly result: 'ringing' | 'delivered' | 'answered' | 'no-answer' | 'failed';
  readonly at: string;
}

export interface Resource {
  readonly type: string;
  readonly count: number;
}

export interface IncidentState {
  readonly id: IncidentId;
  readonly world: World;
  readonly number: number;
  readonly type: 'fire-alarm';
  readonly status: 'open' | 'closed';
  readonly facility: FacilitySummary;
  readonly province: OrganisationCode;
  readonly station: OrganisationCode | null;
  readonly openedAt: string;
  readonly lastSignalAt: string;
  /** The last signal that stands for fire: faults and restores do not make an event last longer. */
  readonly lastFireAt?: string;
  readonly changedAt: string;
  readonly confidence: 'single' | 'confirmed';
  readonly confirmations: readonly Confirmation[];
  readonly zones: readonly ZoneState[];
  readonly signalCount: number;
  readonly clocks: Readonly<Record<ClockName, ClockState>>;
  readonly owner: {
    /** Contradictory answers count as fire. */
    readonly answer: 'none' | OwnerAnswer | 'contradictory';
    readonly answers: readonly OwnerAnswerState[];
    readonly contacts: readonly ContactState[];
    readonly measuresShownAt: string | null;
  };
  readonly claimedBy: (PersonRef & { readonly at: string }) | null;
  readonly desk: (PersonRef & { readonly at: string; readonly organisation: OrganisationCode }) | null;
  readonly stationAccepted:
    | (PersonRef & { readonly at: string; readonly organisation: OrganisationCode })
    | null;
  readonly stationState: { readonly state: StationState; readonly at: string } | null;
  readonly dispatch: {
    readonly status: 'none' | 'proposed' | 'confirmed';
    readonly reasons: readonly ProposalReason[];
    readonly resources: readonly Resource[];
    readonly source: string | null;
    readonly official: boolean;
    readonly at: string | null;
    readonly by: PersonRef | null;
  };
  /** The highest level it was escalated to, and whether the national desk sounds for it. */
  readonly escalatedTo: Level | null;
  readonly nationalSounds: boolean;
  /** What is proposed when a proposal becomes due. */
  readonly firstDispatch?: FirstDispatch;
  readonly outcome: {
    readonly outcome: Outcome;
    readonly cause: FalseCause | null;
    readonly note: string | null;
    readonly by: PersonRef;
    readonly at: string;
  } | null;
  /** Number of entries applied, and the `revision` of the last: two readers with the same count have seen the same. */
  readonly entries: number;
}

type IncidentEntry = Extract<AnyEntry, { readonly kind: `incident.${string}` }>;

export function isIncidentEntry(entry: AnyEntry): entry is IncidentEntry {
  return entry.kind.startsWith('incident.');
}

/**
 * The state of an incident after one more of its entries. Pure: used alike by the live centre, by replay, by every
 * browser and by partner centres. Entries of an incident that was never opened here give null.
 */
export function applyIncident(state: IncidentState | null, entry: IncidentEntry): IncidentState | null {
  if (entry.kind === 'incident.opened')
    return open(entry.subject as IncidentId, entry.world, entry.at, entry.body);
  if (state === null) return null;
  // A snapshot may be newer than the place in the log where its reader goes on.
  if (entry.revision !== null && entry.revision <= state.entries) return state;
  const next = change(state, entry);
  return { ...next, changedAt: entry.at, entries: state.entries + 1 };
}

function open(id: IncidentId, world: World, at: string, body: EntryBody<'incident.opened'>): IncidentState {
  const start = (clock: IncidentClock): ClockState => ({ ...clock, stoppedAt: null, passedAt: null });
  return {
    id,
    world,
    number: body.number,
    type: body.type,
    status: 'open',
    facility: body.facility,
    province: body.province,
    station: body.station,
    openedAt: at,
    lastSignalAt: latest(
      body.signals.map((signal) => signal.at),
      at,
    ),
    lastFireAt: latest(
      body.signals.filter(isFireAlarm).map((signal) => signal.at),
      at,
    ),
    changedAt: at,
    confidence: 'single',
    confirmations: [],
    zones: body.signals.reduce<readonly ZoneState[]>(joinZone, []),
    signalCount: body.signals.length,
    clocks: {
      owner: start(body.clocks.owner),
      desk: start(body.clocks.desk),
      station: start(body.clocks.station),
    },
    owner: { answer: 'none', answers: [], contacts: [], measuresShownAt: null },
    claimedBy: null,
    desk: null,
    stationAccepted: null,
    stationState: null,
    dispatch: {
      status: 'none',
      reasons: [],
      resources: [],
      source: null,
      official: false,
      at: null,
      by: null,
    },
    escalatedTo: null,
    nationalSounds: body.nationalSounds,
    ...(body.firstDispatch === undefined ? {} : { firstDispatch: body.firstDispatch }),
    outcome: null,
    entries: 1,
  };
}

function change(
  state: IncidentState,
  entry: Exclude<IncidentEntry, { readonly kind: 'incident.opened' }>,
): IncidentState {
  const { at } = entry;
  switch (entry.kind) {
    case 'incident.signals-joined':
      return joinSignals(state, entry.body);
    case 'incident.confirmed':
      return {
        ...state,
        confidence: 'confirmed',
        confirmations: CONFIRMATIONS.filter(
          (one) => one === entry.body.reason || state.confirmations.includes(one),
        ),
      };
    case 'incident.owner-alerted':
      return {
        ...state,
        owner: {
          ...state.owner,
          contacts: entry.body.contacts.map((contact) => ({ ...contact, result: 'ringing', at })),
        },
      };
    case 'incident.contact-reached':
      return { ...state, owner: { ...state.owner, contacts: reach(state.owner.contacts, entry.body, at) } };
    case 'incident.owner-answered': {
      const answers = [...state.owner.answers, { ...entry.body, at }];
      return {
        ...state,
        owner: { ...state.owner, answers, answer: combineAnswers(answers) },
        // "Checking" is no answer yet: silence after it ends like any other silence.
        clocks:
          entry.body.answer === 'checking'
            ? state.clocks
            : { ...state.clocks, owner: stop(state.clocks.owner, at) },
      };
    }
    case 'incident.measures-shown':
      return { ...state, owner: { ...state.owner, measuresShownAt: state.owner.measuresShownAt ?? at } };
    case 'incident.claimed':
      return { ...state, claimedBy: { ...entry.body.by, at } };
    case 'incident.released':
      return { ...state, claimedBy: null };
    case 'incident.desk-accepted':
      return {
        ...state,
        desk: { ...entry.body.by, organisation: entry.body.organisation, at },
        claimedBy: state.claimedBy ?? { ...entry.body.by, at },
        clocks: { ...state.clocks, desk: stop(state.clocks.desk, at) },
      };
    case 'incident.station-accepted':
      return {
        ...state,
        stationAccepted: { ...entry.body.by, organisation: entry.body.organisation, at },
        stationState: state.stationState ?? { state: 'preparing', at },
        clocks: { ...state.clocks, station: stop(state.clocks.station, at) },
      };
    case 'incident.station-reported':
      return { ...state, stationState: { state: entry.body.state, at } };
    case 'incident.limit-passed':
      return passLimit(state, entry.body, at);
    case 'incident.dispatch-proposed':
      return propose(state, entry.body, at);
    case 'incident.dispatch-confirmed':
      return {
        ...state,
        station: entry.body.station ?? state.station,
        dispatch: {
          ...state.dispatch,
          status: 'confirmed',
          resources: entry.body.resources,
          at,
          by: entry.body.by,
        },
      };
    case 'incident.noted':
      return state;
    case 'incident.closed':
      return { ...state, status: 'closed', outcome: { ...entry.body, at } };
    case 'incident.reopened':
      return {
        ...state,
        status: 'open',
        outcome: null,
        desk: null,
        claimedBy: null,
        clocks: { ...state.clocks, desk: { ...entry.body.desk, stoppedAt: null, passedAt: null } },
      };
    default:
      return unreachable(entry);
  }
}

function unreachable(entry: never): never {
  throw new TypeError(`no apply for ${JSON.stringify(entry)}`);
}

function joinSignals(state: IncidentState, body: EntryBody<'incident.signals-joined'>): IncidentState {
  let zones = body.signals.reduce<readonly ZoneState[]>(joinZone, state.zones);
  for (const repeat of body.repeats) {
    zones = zones.map((zone) =>
      isSameZone(zone, repeat)
        ? {
            ...zone,
            count: zone.count + repeat.count,
            lastAt: repeat.lastAt > zone.lastAt ? repeat.lastAt : zone.lastAt,
          }
        : zone,
    );
  }
  const repeated = body.repeats.reduce((sum, repeat) => sum + repeat.count, 0);
  const times = [...body.signals, ...body.repeats].map((one) => ('at' in one ? one.at : one.lastAt));
  const fire = [
    ...body.signals.filter(isFireAlarm).map((signal) => signal.at),
    ...body.repeats.flatMap((repeat) => repeat.lastFireAt ?? []),
  ];
  return {
    ...state,
    zones,
    signalCount: state.signalCount + body.signals.length + repeated,
    lastSignalAt: latest(times, state.lastSignalAt),
    lastFireAt: latest(fire, state.lastFireAt ?? state.openedAt),
  };
}

function latest(times: readonly string[], known: string): string {
  return times.reduce((last, at) => (at > last ? at : last), known);
}

/** Is this the same line of the screen? */
export function isSameZone(
  one: Pick<ZoneState, 'zone' | 'transmitterId'>,
  other: Pick<JoinedSignal | ZoneCount, 'zone' | 'transmitterId'>,
): boolean {
  return one.zone === other.zone && one.transmitterId === other.transmitterId;
}

const RESTORED_BY: Partial<Record<SignalClass, SignalClass>> = {
  trouble: 'trouble-restore',
  supervisory: 'supervisory-restore',
  disable: 'enable',
  tamper: 'tamper-restore',
};

/** Does a signal of this class end what the line says? A line in alarm is ended by restore and cancel alone. */
export function restoresZone(line: SignalClass, signal: SignalClass): boolean {
  return ENDS.has(signal) || RESTORED_BY[line] === signal;
}

/** Is the line in alarm (or in trouble) after this signal, whether or not it was restored before? */
export function speaksForZone(
  line: Pick<ZoneState, 'family' | 'class'>,
  signal: Pick<JoinedSignal, 'family' | 'class'>,
): boolean {
  return (
    isFireAlarm(signal) || (!isFireAlarm(line) && signal.class === line.class && !ENDS.has(signal.class))
  );
}

const ENDS: ReadonlySet<SignalClass> = new Set<SignalClass>(['restore', 'cancel']);

/** A restored zone keeps its line: that it spoke is what counts. A class change to alarm is never overwritten by a lesser one. */
function joinZone(zones: readonly ZoneState[], signal: JoinedSignal): readonly ZoneState[] {
  const known = zones.find((zone) => isSameZone(zone, signal));
  if (!known) return [...zones, newZone(signal)];
  const alarm = isFireAlarm(signal);
  const lesser = known.class === 'alarm' && signal.class !== 'alarm';
  // Faults and restores come in a slower lane than fire: a restore from before the alarm must not end it.
  const restored = restoresZone(known.class, signal.class) && signal.at >= known.lastAt;
  const next: ZoneState = {
    ...known,
    family: alarm && !lesser ? signal.family : known.family,
    class: alarm && !lesser ? signal.class : known.class,
    lastAt: signal.at > known.lastAt ? signal.at : known.lastAt,
    count: known.count + 1,
    restoredAt: restored
      ? (known.restoredAt ?? signal.at)
      : speaksForZone(known, signal)
        ? null
        : known.restoredAt,
  };
  return zones.map((zone) => (zone === known ? next : zone));
}

function newZone(signal: JoinedSignal): ZoneState {
  return {
    ...(signal.transmitterId === undefined ? {} : { transmitterId: signal.transmitterId }),
    zone: signal.zone,
    label: signal.zoneLabel,
    family: signal.family,
    class: signal.class,
    firstAt: signal.at,
    lastAt: signal.at,
    count: 1,
    restoredAt: ENDS.has(signal.class) ? signal.at : null,
  };
}

function reach(
  contacts: readonly ContactState[],
  body: EntryBody<'incident.contact-reached'>,
  at: string,
): readonly ContactState[] {
  const { contactId, name, channel, result } = body;
  const known = contacts.some((contact) => contact.contactId === contactId && contact.channel === channel);
  if (!known) return [...contacts, { contactId, name, order: 99, channel, result, at }];
  return contacts.map((contact) =>
    contact.contactId === contactId && contact.channel === channel ? { ...contact, result, at } : contact,
  );
}

/**
 * One "real" is enough; "real" and "false" from different people contradict, and count as fire. The last answer of each
 * person counts: somebody who was checking and then says false has not contradicted himself.
 */
export function combineAnswers(answers: readonly OwnerAnswerState[]): IncidentState['owner']['answer'] {
  const latest = new Map<string, OwnerAnswer>();
  for (const answer of answers) {
    const person = answer.contactId ?? answer.name;
    // Nobody takes back a "real": what made them say it has been seen.
    if (latest.get(person) === 'real' && answer.answer !== 'real')
      latest.set(`${person} later`, answer.answer);
    else latest.set(person, answer.answer);
  }
  const said = new Set(latest.values());
  if (said.has('real') && said.has('false')) return 'contradictory';
  if (said.has('real')) return 'real';
  if (said.has('checking')) return 'checking';
  return said.has('false') ? 'false' : 'none';
}

function stop(clock: ClockState, at: string): ClockState {
  return { ...clock, stoppedAt: clock.stoppedAt ?? at };
}

const RANK: Readonly<Record<Level, number>> = { station: 0, province: 1, national: 2 };

function passLimit(
  state: IncidentState,
  body: EntryBody<'incident.limit-passed'>,
  at: string,
): IncidentState {
  const clock = state.clocks[body.clock];
  const to = body.escalatedTo;
  const higher = to !== null && (state.escalatedTo === null || RANK[to] > RANK[state.escalatedTo]);
  return {
    ...state,
    clocks: { ...state.clocks, [body.clock]: { ...clock, passedAt: clock.passedAt ?? at } },
    escalatedTo: higher ? to : state.escalatedTo,
    nationalSounds: state.nationalSounds || to === 'national',
  };
}

function propose(
  state: IncidentState,
  body: EntryBody<'incident.dispatch-proposed'>,
  at: string,
): IncidentState {
  if (state.dispatch.status === 'confirmed') return state;
  const reasons = state.dispatch.reasons.includes(body.reason)
    ? state.dispatch.reasons
    : [...state.dispatch.reasons, body.reason];
  return {
    ...state,
    dispatch: {
      status: 'proposed',
      reasons,
      resources: body.resources,
      source: body.source,
      official: body.official,
      at: state.dispatch.at ?? at,
      by: null,
    },
  };
}

/**
 * Order of the queue, most urgent first (a higher number): a confirmed fire nobody has accepted, then what escalated, then
 * single alarms nobody has accepted, then what somebody works on. Ties go to the older alarm.
 */
export function urgencyOf(incident: IncidentState): number {
  if (incident.status === 'closed') return 0;
  const unaccepted = incident.desk === null ? 4 : 0;
  const confirmed =
    incident.confidence === 'confirmed' ||
    incident.owner.answer === 'real' ||
    incident.owner.answer === 'contradictory'
      ? 8
      : 0;
  const undecided = incident.dispatch.status === 'proposed' ? 2 : 0;
  const escalated = incident.escalatedTo === 'national' ? 2 : incident.escalatedTo === 'province' ? 1 : 0;
  const doubted = incident.owner.answer === 'false' && confirmed === 0 ? -1 : 0;
  return 16 + unaccepted + confirmed + undecided + escalated + doubted;
}
