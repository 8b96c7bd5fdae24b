import type { FalseCause, Outcome } from '../entries/incident.ts';
import type { Reception } from '../entries/room.ts';
import type { AnyEntry } from '../entry.ts';
import type { IncidentId } from '../ids.ts';
import type { IncidentState } from '../state/incident-state.ts';
import type { ShiftState } from '../state/shift.ts';

/** One line of the receiving book: what the log knows by itself, and what a person has added. */
export interface Form01 {
  readonly incidentId: IncidentId;
  readonly number: number;
  readonly receivedAt: string;
  readonly late: boolean;
  readonly facility: string;
  readonly address: string;
  readonly zones: string;
  readonly channel: Reception['channel'];
  readonly reporterName: string | null;
  readonly reporterAddress: string | null;
  readonly reporterTelephone: string | null;
  readonly burning: string | null;
  readonly spread: string | null;
  readonly people: string | null;
  readonly losses: string | null;
  readonly handling: string | null;
  readonly receivedBy: string | null;
  readonly acceptedAt: string | null;
  readonly station: string | null;
  readonly dispatchedAt: string | null;
  readonly outcome: string | null;
  readonly closedAt: string | null;
}

/** What a desk did and saw in a day. */
export interface DutyReport {
  readonly organisation: string;
  readonly from: string;
  readonly to: string;
  readonly shifts: readonly ShiftState[];
  readonly counts: {
    readonly incidents: number;
    readonly open: number;
    readonly fire: number;
    readonly false: number;
    readonly drill: number;
    readonly late: number;
    readonly dispatched: number;
    readonly silentDesks: number;
    readonly linksLostNow: number;
    readonly mutesNow: number;
  };
  readonly incidents: readonly ReportedIncident[];
  /** Notes, changes of shift, desks that could not be counted on, papers: in the order in which it happened. */
  readonly entries: readonly AnyEntry[];
}

export interface ReportedIncident {
  readonly id: string;
  readonly number: number;
  readonly openedAt: string;
  readonly late: boolean;
  readonly facility: string;
  readonly address: string;
  readonly status: IncidentState['status'];
  readonly outcome: Outcome | null;
  readonly cause: FalseCause | null;
  readonly acceptedBy: string | null;
  readonly acceptedSeconds: number | null;
  readonly closedAt: string | null;
}
