import type { WorksState } from '../state/works.ts';

/** Planned works in a list, with what a reader calls their place. */
export interface WorksItem extends WorksState {
  readonly facilityName: string;
  readonly facilityAddress: string;
  /** What the register calls the zones, by their numbers; one without a name is not among them. */
  readonly zoneLabels: Readonly<Record<string, string>>;
}
