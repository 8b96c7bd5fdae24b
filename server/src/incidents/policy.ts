import type { FirstDispatch, IncidentLimits, Limit, OrganisationCode } from '@keng/model';

/** A number of seconds, the code of its source, and whether an official text in force sets it. */
export type TimeLimit = Readonly<Limit>;

/** Whom a time or a dispatch is asked for. */
export interface Place {
  readonly category: string;
  readonly areaCode: string;
}

/** What the country decides about incidents. */
export interface IncidentPolicy {
  /** How long the owner may take to answer, the desk to accept and the station to accept; all from the signal. */
  limit(clock: 'owner' | 'desk' | 'station', place: Place): TimeLimit;
  /** What follows while nobody acts. */
  limits(place: Place): IncidentLimits;
  /** At which a desk where nobody is logged in counts as silent. */
  deskSilence(areaCode: string): TimeLimit;
  /** A fire signal within this time of the last one of the same facility belongs to the same event. */
  readonly correlationSeconds: number;
  firstDispatch(place: Place): FirstDispatch;
  nationalSounds(place: Place): boolean;
  worksMaximumSeconds(place: Place): number;
  worksReminder(place: Place): TimeLimit;
  readonly testMaximumSeconds?: number;
}

/** The organisations an incident belongs to. */
export interface Responsible {
  /** The station, or the province where no station is assigned. */
  readonly organisation: OrganisationCode;
  readonly province: OrganisationCode;
  readonly station: OrganisationCode | null;
}
