import type { FirstDispatch, OrganisationCode } from '@keng/model';

export interface TimeLimit {
  readonly seconds: number;
  /** Where the number comes from, in words. */
  readonly source: string;
  /** Set by an official text in force; everything else is configuration. */
  readonly official: boolean;
}

/** Whom a time or a dispatch is asked for. */
export interface Place {
  readonly category: string;
  readonly areaCode: string;
}

/** What the country decides about incidents. */
export interface IncidentPolicy {
  /** How long the owner may take to answer, the desk to accept and the station to accept; all from the signal. */
  limit(clock: 'owner' | 'desk' | 'station', place: Place): TimeLimit;
  /** A fire signal within this time of the last one of the same facility belongs to the same event. */
  readonly correlationSeconds: number;
  firstDispatch(place: Place): FirstDispatch;
  nationalSounds(place: Place): boolean;
  worksMaximumSeconds(place: Place): number;
}

/** The organisations an incident belongs to. */
export interface Responsible {
  /** The station, or the province where no station is assigned. */
  readonly organisation: OrganisationCode;
  readonly province: OrganisationCode;
  readonly station: OrganisationCode | null;
}
