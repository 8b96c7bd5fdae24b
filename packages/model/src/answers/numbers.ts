import type { FalseCause, Outcome } from '../entries/incident.ts';
import type { SignalFamily } from '../entries/signal.ts';
import type { LocalisedName } from '../organisation.ts';

/** What people are timed at. The first three have a limit of their own in each incident; the others have one in the country pack. */
export const MEASURES = ['owner', 'desk', 'station', 'turnout', 'arrival'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Counted {
  readonly code: string;
  readonly incidents: number;
  /** Of them those that a person closed as a false alarm. */
  readonly false: number;
}

/** Alarms by each of their properties, and by day; '' stands for none. */
export interface AlarmNumbers {
  readonly outcomes: readonly { readonly outcome: Outcome | ''; readonly incidents: number }[];
  readonly days: readonly { readonly day: string; readonly incidents: number; readonly false: number }[];
  readonly causes: readonly Counted[];
  readonly models: readonly Counted[];
  readonly families: readonly Counted[];
  readonly areas: readonly Counted[];
}

export interface FacilityCount {
  readonly facility: string;
  readonly name: string | null;
  readonly false: number;
}

/** A figure that a measured time is held against, with its source as the country pack names it. */
export interface Standard {
  readonly code: string;
  readonly seconds: number;
  readonly names: LocalisedName;
  readonly source: LocalisedName;
  readonly sourceUrl: string | null;
  readonly official: boolean;
  readonly note: string | null;
}

export interface TimeNumbers {
  readonly measure: Measure;
  readonly done: number;
  /** Closed, and never done. */
  readonly never: number;
  /** Within the limit that each incident was given on its day. */
  readonly within: number;
  readonly meanSeconds: number | null;
  /** Upper edges of the buckets in which these shares of what was done lie, in seconds. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p98: number | null;
  /** Whole distribution: done within so many seconds. */
  readonly buckets: readonly { readonly seconds: number; readonly incidents: number }[];
  readonly standards: readonly Standard[];
}

export interface LinkNumbers {
  readonly lost: number;
  readonly restored: number;
  /** From loss to return, of those that came back. */
  readonly meanSeconds: number | null;
  readonly models: readonly {
    readonly code: string;
    readonly lost: number;
    readonly meanSeconds: number | null;
  }[];
  readonly days: readonly { readonly day: string; readonly lost: number }[];
}

/** False alarms, times against their standards and lost links of a period. */
export interface Numbers {
  readonly from: string;
  readonly to: string;
  /** When the last entries were counted, and how many wait. */
  readonly counted: { readonly at: string | null; readonly behind: number };
  readonly alarms: AlarmNumbers;
  /** Those that rang for nothing most often. */
  readonly facilities: readonly FacilityCount[];
  readonly times: readonly TimeNumbers[];
  readonly links: LinkNumbers;
}

/** An incident in the list behind a number; '' stands for none. */
export interface ListedIncident {
  readonly id: string;
  readonly number: number;
  readonly openedAt: string;
  readonly facility: string;
  readonly facilityName: string | null;
  readonly areaCode: string;
  readonly category: string;
  readonly model: string;
  readonly family: SignalFamily | '';
  readonly outcome: Outcome | '';
  readonly cause: FalseCause | '';
  readonly seconds: Readonly<Record<Measure, number | null>>;
}

/** A lost link in the list behind a number. */
export interface ListedLoss {
  readonly transmitter: string;
  readonly account: string | null;
  readonly facility: string;
  readonly facilityName: string | null;
  readonly areaCode: string;
  readonly model: string;
  readonly lostAt: string;
  readonly restoredAt: string | null;
}
