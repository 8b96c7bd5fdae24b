import type {
  AnyEntry,
  Arrival,
  DeskSilenceState,
  IncidentId,
  IncidentState,
  Level,
  LogEntry,
  OrganisationCode,
  UserId,
  WorksState,
} from '@keng/model';
import type { MapDiff } from './map-diff.ts';
import type { QueueRow } from './queue-row.ts';
import type { Ringing } from './ringing.ts';
import type { TabProof } from './screen-proof.ts';
import type { Absence } from './snapshot-reader.ts';

/** The desk this browser is: what it must sound for, and which rows are its own. */
export interface Desk {
  readonly userId: UserId;
  readonly organisation: OrganisationCode | null;
  readonly level: Level;
}

export type QueueFilter = 'all' | 'unaccepted' | 'mine' | 'shelved';

/** Which rows of which list the screen shows now. */
export interface QueueView {
  readonly list: 'open' | 'closed';
  readonly filter: QueueFilter;
  readonly from: number;
  readonly to: number;
}

/** How the feed is doing. `lost` means that nothing on the screen may be taken for now; `loading`, that more alarms are on the way. */
export interface LinkState {
  readonly status: 'connecting' | 'loading' | 'live' | 'lost' | 'logged-out';
  /** Unix milliseconds of this machine at which the centre was last heard. */
  readonly heardAt: number | null;
  readonly position: number;
  readonly storage: 'ok' | 'failing';
  readonly storageSince: string | null;
  readonly setAside: number;
  /** Code of the Problem that stopped the last attempt. */
  readonly problem: string | null;
}

export interface QueueCounts {
  /** false while the snapshot is coming: then only `open` and `closed` are known. */
  readonly complete: boolean;
  /** Incidents, and alarms that will open one. */
  readonly open: number;
  readonly unaccepted: number;
  readonly mine: number;
  /** Accepted ones that were laid aside for a while; they are among `open`. */
  readonly shelved: number;
  readonly closed: number;
  readonly refused: number;
  readonly muted: number;
  readonly mutedSignals: number;
}

export interface SoundState {
  /** How many alarms this desk must hear now. */
  readonly sounding: number;
  /** The most urgent of them. */
  readonly first: QueueRow | null;
  /** Alarms without an incident yet that this desk must hear. */
  readonly arrivals: number;
  /** Alarms that began to sound since the last message, for the spoken summary. */
  readonly fresh: number;
  /** Desks below that can no longer be counted on: they sound until somebody here has heard it. */
  readonly desks: number;
  /** Control rooms where nobody answered a duty check, until a person claims them or somebody here has heard it. */
  readonly absences: number;
}

/** A desk that cannot be counted on: its alarms come one level up. */
export interface SilentDesk extends DeskSilenceState {
  /** Open alarms of it that nobody there has accepted. */
  readonly waiting: number;
}

export type ToWorker =
  /** Before the screen itself is loaded: this person will want the feed. */
  | { readonly type: 'warm'; readonly userId: UserId }
  | { readonly type: 'start'; readonly desk: Desk }
  | { readonly type: 'view'; readonly view: QueueView }
  /** Keep the order of the queue as it is, for somebody is about to click. */
  | { readonly type: 'hold'; readonly on: boolean }
  /** Whether the browser lets this tab be heard. */
  | { readonly type: 'audible'; readonly allowed: boolean }
  /** What this tab can prove now: asked for every few seconds, and said when it changes. */
  | { readonly type: 'proof'; readonly proof: TabProof }
  /** This tab has just rung. */
  | { readonly type: 'struck' }
  | { readonly type: 'open'; readonly id: IncidentId | null }
  | { readonly type: 'silence'; readonly id: IncidentId | 'all' }
  | { readonly type: 'adopt'; readonly incident: IncidentState }
  | { readonly type: 'find'; readonly request: number; readonly text: string; readonly limit: number }
  | { readonly type: 'map'; readonly wanted: boolean }
  | { readonly type: 'facilities' }
  | { readonly type: 'communes' }
  | { readonly type: 'retry' }
  | { readonly type: 'bye' };

export type FromWorker =
  | { readonly type: 'link'; readonly link: LinkState; readonly centreNow: string | null }
  | {
      readonly type: 'queue';
      readonly view: QueueView;
      readonly total: number;
      readonly ids: readonly IncidentId[];
      /** Only the rows of the window that this screen has not seen in this form. */
      readonly changed: readonly QueueRow[];
      /** The order is held, and so many rows belong above the end of the window that are not there; null: it is not held. */
      readonly above: number | null;
    }
  | { readonly type: 'counts'; readonly counts: QueueCounts }
  /** Alarms that will open an incident as soon as the rules have looked at them: how many, and those that have waited longest. */
  | { readonly type: 'arrivals'; readonly count: number; readonly first: readonly Arrival[] }
  | { readonly type: 'sound'; readonly sound: SoundState }
  | { readonly type: 'ringing'; readonly ringing: Ringing }
  /** Say what you can prove. */
  | { readonly type: 'prove' }
  /** Desks one level below and those that went on to here, those for whom alarms wait first; and whether this very desk cannot be counted on. */
  | { readonly type: 'silent'; readonly desks: readonly SilentDesk[]; readonly own: SilentDesk | null }
  /** Control rooms where nobody answered and that nobody looks after yet, longest first. */
  | { readonly type: 'absences'; readonly absences: readonly Absence[] }
  /** How often rights that were raised, ended or reviewed have been heard of: whoever shows them asks anew. */
  | { readonly type: 'rights'; readonly heard: number }
  | { readonly type: 'map'; readonly diff: MapDiff }
  | {
      readonly type: 'incident';
      readonly id: IncidentId;
      readonly incident: IncidentState | null;
      /** Entries about it that arrived over the feed while it was open. */
      readonly entries: readonly AnyEntry[];
      readonly problem: string | null;
    }
  | {
      readonly type: 'lists';
      readonly refused: readonly LogEntry<'signal.refused'>[];
      readonly works: readonly WorksState[];
    }
  | { readonly type: 'found'; readonly request: number; readonly rows: readonly QueueRow[] }
  /** null: none were imported at this centre. */
  | { readonly type: 'communes'; readonly url: string | null; readonly problem: string | null }
  | {
      readonly type: 'facilities';
      readonly url: string | null;
      readonly count: number;
      readonly problem: string | null;
    };
