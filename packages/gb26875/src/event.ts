/** What an event is about; the words that all protocols of a centre share. */
export type Gb26875Family =
  | 'fire'
  | 'manual'
  | 'smoke'
  | 'heat'
  | 'flame'
  | 'combustion'
  | 'sprinkler'
  | 'gas'
  | 'water'
  | 'system'
  | 'other';

/** What happened to it. */
export type Gb26875Class =
  | 'alarm'
  | 'unverified'
  | 'near-alarm'
  | 'restore'
  | 'cancel'
  | 'silenced'
  | 'trouble'
  | 'trouble-restore'
  | 'supervisory'
  | 'supervisory-restore'
  | 'disable'
  | 'enable'
  | 'test'
  | 'service'
  | 'other';

/** One event of a frame. A frame may hold several: one confirmation, one commit, all or none. */
export interface Gb26875Event {
  readonly family: Gb26875Family;
  readonly class: Gb26875Class;
  /** Type and bit, `2.1` is fire of a component; the type alone where no bit says it. */
  readonly code: string;
  /** System address, area and position of the component, `1-10-2`; null: the system or the device as a whole. */
  readonly zone: string | null;
  /** Address of the system (the panel) at the premises; null: the transmission device itself. */
  readonly area: string | null;
  readonly text: string | null;
  /** When it happened by the device's clock, local time; null when that is no date. */
  readonly time: string | null;
}
