import type { IncidentState, OwnerAnswer } from '@keng/model';
import { get, post, trusted } from './client.ts';
import type { Names } from './queries.ts';

/** What a contact may know of the alarm of the own building: no number of anybody else, no officer's name. */
export type OwnerIncident = Pick<
  IncidentState,
  'id' | 'number' | 'status' | 'openedAt' | 'lastSignalAt' | 'confidence' | 'zones' | 'stationState'
> & {
  readonly desk: { readonly at: string } | null;
  readonly stationAccepted: { readonly at: string } | null;
  readonly dispatch: { readonly status: IncidentState['dispatch']['status'] };
  readonly owner: Pick<IncidentState['owner'], 'answer' | 'answers' | 'measuresShownAt'>;
  readonly clock: {
    readonly dueAt: string;
    readonly stoppedAt: string | null;
    readonly passedAt: string | null;
  };
  readonly outcome: { readonly outcome: 'fire' | 'false' | 'drill'; readonly at: string } | null;
};

export interface OwnerWorks {
  readonly id: string;
  readonly zones: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly calledBack: { readonly at: string } | null;
}

/** The alarm of a building as its people see it, by a link or by a log-in. */
export interface OwnerAlarmView {
  /** Who looks; without an id the account itself, under its name. */
  readonly contact: { readonly id: string | null; readonly name: string; readonly language: keyof Names };
  readonly facility: {
    readonly id: string;
    readonly name: string;
    readonly address: string;
    readonly synthetic: boolean;
  };
  readonly incident: OwnerIncident;
  readonly firstMeasures: readonly ({ readonly code: string } & Names)[];
  readonly works: readonly OwnerWorks[];
  readonly emergencyNumber: string | null;
}

export interface OwnerPage extends OwnerAlarmView {
  readonly now: string;
  readonly expiresAt: string;
  /** Absent at a centre of before. */
  readonly timeZone?: string;
  readonly contact: OwnerAlarmView['contact'] & { readonly id: string };
}

/** A poor line: better ask again than wait for an answer that will not come. */
export const PATIENCE_MS = 8_000;

const pathOf = (token: string): string => `/owner/${encodeURIComponent(token)}`;

export const loadOwnerPage = (token: string): Promise<OwnerPage> =>
  get(pathOf(token), trusted<OwnerPage>(), AbortSignal.timeout(PATIENCE_MS));

export const sendOwnerAnswer = (token: string, answer: OwnerAnswer): Promise<OwnerPage> =>
  post(`${pathOf(token)}/answer`, { answer }, trusted<OwnerPage>());

export const tellMeasuresShown = (token: string): Promise<OwnerPage> =>
  post(`${pathOf(token)}/measures-shown`, {}, trusted<OwnerPage>());
