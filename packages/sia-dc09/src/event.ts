/** What an event is about. `other` is everything outside the fire families: stored and shown all the same. */
export type Dc09Family =
  | 'fire'
  | 'manual'
  | 'smoke'
  | 'heat'
  | 'flame'
  | 'duct'
  | 'combustion'
  | 'sprinkler'
  | 'gas'
  | 'water'
  | 'system'
  | 'other';

/** What happened to it. */
export type Dc09Class =
  | 'alarm'
  | 'restore'
  | 'trouble'
  | 'trouble-restore'
  | 'supervisory'
  | 'supervisory-restore'
  | 'disable'
  | 'enable'
  | 'test'
  | 'cancel'
  | 'unverified'
  | 'silenced'
  | 'near-alarm'
  | 'tamper'
  | 'tamper-restore'
  | 'service'
  | 'other';

/** Text codes: `N` new, `O` old. Contact ID: 1 new or opening, 3 restore or closing, 6 still present. */
export type Dc09Qualifier = 'N' | 'O' | 1 | 3 | 6;

/** One event of a message. A message may hold several: one answer, one commit, all or none. */
export interface Dc09Event {
  readonly qualifier: Dc09Qualifier;
  /** Two letters (text codes) or three digits (Contact ID). */
  readonly code: string;
  /**
   * Digits as sent, leading zeros kept; null when there are none. What they count (zone, area, user,
   * door) depends on the code: `textCodes` says it.
   */
  readonly number: string | null;
  /** Modifier `ri`. */
  readonly area?: string;
  /** Modifier `id`. */
  readonly user?: string;
  /** Modifier `pi`. */
  readonly peripheral?: string;
  /** Contact ID group or partition. */
  readonly group?: string;
  readonly text?: string;
  readonly family: Dc09Family;
  readonly class: Dc09Class;
  /** Contact ID qualifier 6: reported before and still present. Not a new alarm. */
  readonly repeat?: boolean;
}

/** An event while it is put together. */
export type EventDraft = { -readonly [Field in keyof Dc09Event]: Dc09Event[Field] };

/** Result of reading the data block of one payload form. */
export interface Payload {
  readonly events: readonly Dc09Event[];
  readonly modifiers: Readonly<Record<string, string>>;
  /** Pieces that were not understood, kept as sent. */
  readonly unparsed: readonly string[];
}

export const emptyPayload: Payload = Object.freeze({
  events: Object.freeze([]),
  modifiers: Object.freeze({}),
  unparsed: Object.freeze([]),
});
