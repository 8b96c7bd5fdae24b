import type { Flag, Observation, Place } from '../observation.ts';
import type { ReadPlace } from './finding.ts';
import type { QuantityName, WordName } from './quantities.ts';
import type { Details } from './reading.ts';
import { instantOf } from './text/time.ts';

/** One quantity as the source gives it; null: it does not. */
export interface Measure {
  readonly quantity: QuantityName;
  readonly value: number | null;
  /** Unit of the source, turned into that of the quantity; without it the value is in the unit of the quantity. */
  readonly unit?: string;
  /** Another source than that of the row, such as one of the agencies of IBTrACS. */
  readonly source?: string;
  /** Told apart from the same quantity in the same row. */
  readonly part?: string;
  readonly flags?: readonly Flag[];
}

/** A word that the source says, such as a grade. */
export interface Statement {
  readonly quantity: WordName;
  readonly value: string;
}

/** What a reader has made of one row of its source; the collector takes it from there. */
export interface Row {
  readonly at: ReadPlace;
  readonly rows: number;
  readonly source: string;
  readonly identity: string;
  readonly aliases?: readonly string[];
  readonly revision: number | null;
  readonly cancelled?: boolean;
  /** Milliseconds since 1970 UTC; null only for what is withdrawn. */
  readonly time: number | null;
  readonly kind?: 'observation' | 'forecast';
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly place: Place | null;
  readonly datum?: string | null;
  readonly flags?: readonly Flag[];
  readonly measures: readonly Measure[];
  readonly statements?: readonly Statement[];
  readonly details: Details;
}

type Draft = { -readonly [Name in keyof Observation]: Observation[Name] };

/** Written in one shape and without spreading: this is done for every value of every feed. */
export function observationOf(
  row: Row,
  quantity: string,
  value: number | string,
  instant: string,
  place: Place,
  flags: readonly Flag[],
): Draft {
  const observation: Draft = {
    id: `${row.identity}/${quantity}`,
    revision: row.revision ?? 0,
    source: row.source,
    kind: row.kind ?? 'observation',
    quantity,
    value,
    unit: 'word',
    time: instant,
    place,
    flags,
  };
  if (row.validFrom !== undefined) observation.validFrom = instantOf(row.validFrom);
  if (row.validTo !== undefined) observation.validTo = instantOf(row.validTo);
  return observation;
}
