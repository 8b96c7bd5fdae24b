import type { FacilityId, OrganisationCode } from '../ids.ts';

/** Fire alarms of one building that have reached the log, and that the rules have not yet made an incident of. */
export interface Arrival {
  readonly facility: FacilityId;
  readonly name: string;
  readonly address: string;
  readonly province: OrganisationCode;
  readonly station: OrganisationCode | null;
  readonly synthetic: boolean;
  /** When the first of them was recorded; ISO 8601. */
  readonly at: string;
  /** Positions of the first and the last of them in the log. */
  readonly from: number;
  readonly upto: number;
  readonly signals: number;
}

/** What a browser has not been told of them yet. */
export interface ArrivalNews {
  /** The rules have looked at everything up to this position: what is not behind it is no arrival any more. */
  readonly sorted: number;
  /** In the order of `upto`; a building may be among them more than once. */
  readonly arrivals: readonly Arrival[];
}
