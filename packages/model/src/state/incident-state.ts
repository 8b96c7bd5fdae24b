import type {
  ANSWER_CHANNELS,
  ClockName,
  Confirmation,
  EscalationReason,
  FacilitySummary,
  FalseCause,
  FirstDispatch,
  IncidentClock,
  IncidentLimits,
  Outcome,
  OwnerAnswer,
  ProposalReason,
  StationState,
} from '../entries/incident.ts';
import type { SignalClass, SignalFamily } from '../entries/signal.ts';
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

export interface StandDown {
  readonly station: OrganisationCode;
  readonly replacedBy: OrganisationCode;
  readonly by: PersonRef;
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
    /** When nobody had answered and all were called again. */
    readonly recalledAt?: string;
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
    /** How often the desk was reminded of a proposal; from the second time on the next level hears it, too. */
    readonly reminders?: number;
  };
  /** The highest level it was escalated to, and whether the national desk sounds for it. */
  readonly escalatedTo: Level | null;
  readonly nationalSounds: boolean;
  /** Why it went up by itself, each reason once since it was opened, or reopened. */
  readonly escalations?: readonly {
    readonly reason: EscalationReason;
    readonly to: Level;
    readonly at: string;
  }[];
  /** Stations that another one has replaced. */
  readonly standDowns?: readonly StandDown[];
  /** Laid aside by the desk until a time; absent: in its place. */
  readonly shelved?: PersonRef & { readonly at: string; readonly until: string; readonly reason: string };
  /** It was worked on paper and keyed in later; only what still burns rings. */
  readonly late?: { readonly writtenBy: string; readonly burning: boolean };
  readonly limits?: IncidentLimits;
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
