import type { Flag, Observation, Place } from '../observation.ts';
import { converted, UnitProblem } from '../units.ts';
import { READ_RULES, type ReadFinding, type ReadPlace, type ReadRule } from './finding.ts';
import { OTHER_UNITS, QUANTITIES, type QuantityName, type WordName } from './quantities.ts';
import {
  type Details,
  optionsOf,
  type ReaderName,
  type Reading,
  type ReadOptions,
  type ReadRecord,
} from './reading.ts';
import { numberOf, quoted } from './text/number.ts';

/** A clock that is this much behind is no reason to call an observation one of the future (unofficial). */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** A name in a source may be as long as the source. */
const MOST_CHARACTERS = 400;
const HEIGHTS: ReadonlySet<QuantityName> = new Set(['water.level']);

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

export interface Statement {
  readonly quantity: WordName;
  readonly value: string;
}

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

/** Counts the rows and keeps records and findings of one reading. */
export class Collector {
  readonly #reader: ReaderName;
  readonly #options: ReadOptions;
  readonly #mostOfARule: number;
  readonly #records: ReadRecord[] = [];
  readonly #findings: ReadFinding[] = [];
  readonly #counts: Record<string, number> = Object.create(null);
  readonly #seen = new Set<string>();
  #read = 0;
  #accepted = 0;
  #rejected = 0;
  #generated: number | null = null;
  #complete = true;

  constructor(reader: ReaderName, options: ReadOptions) {
    this.#reader = reader;
    this.#options = options;
    this.#mostOfARule = optionsOf(options).limits.findingsOfARule;
  }

  /** Names a deviation. Beyond the limit of its rule it is counted and not kept. */
  say(rule: ReadRule, at: ReadPlace, text: string): void {
    const count = (this.#counts[rule] ?? 0) + 1;
    this.#counts[rule] = count;
    if (count > this.#mostOfARule) return;
    this.#findings.push({
      rule,
      severity: READ_RULES[rule][0],
      path: at.path.slice(0, MOST_CHARACTERS),
      line: at.line,
      text: text.slice(0, MOST_CHARACTERS),
    });
  }

  /** A row of the source is being read: it must be accepted, joined to one that is, or rejected. */
  row(): void {
    this.#read += 1;
  }

  reject(rule: ReadRule, at: ReadPlace, text: string): void {
    this.#rejected += 1;
    this.say(rule, at, text);
  }

  /** How many rows were left out so far. */
  get rejected(): number {
    return this.#rejected;
  }

  generatedAt(time: number): void {
    this.#generated = time;
  }

  /** The source broke off. */
  broken(at: ReadPlace, text: string): void {
    this.#complete = false;
    this.say('xml.broken', at, text);
  }

  /** A number, or null: silently where there is nothing, with a finding where there is something else. */
  number(value: unknown, path: string, line = 0): number | null {
    if (value === null || value === undefined || value === '') return null;
    const number = numberOf(value);
    if (number === null) this.say('value.not-a-number', { path, line }, `${quoted(value)} is no number`);
    return number;
  }

  /** Takes a row, unless nothing in it says anything. */
  accept(row: Row): void {
    const observations =
      row.time === null || row.place === null ? [] : this.#observations(row, row.time, row.place);
    if (observations.length === 0 && !row.cancelled) {
      for (let lost = 0; lost < row.rows; lost += 1)
        this.reject('row.value-missing', row.at, `${row.identity} has no value`);
      return;
    }
    // Only for a text to show: a register compares what comes in successive readings.
    if (this.#seen.has(row.identity)) this.say('row.twice', row.at, `${row.identity} stands a second time`);
    this.#seen.add(row.identity);
    this.#accepted += row.rows;
    this.#records.push({
      at: row.at,
      rows: row.rows,
      identity: row.identity,
      aliases: row.aliases ?? [],
      revision: row.revision,
      cancelled: row.cancelled ?? false,
      observations,
      details: row.details,
    });
  }

  #observations(row: Row, time: number, place: Place): readonly Observation[] {
    const kind = row.kind ?? 'observation';
    const flags = new Set<Flag>(row.flags);
    if (row.cancelled) flags.add('cancelled');
    const now = this.#options.now;
    if (now !== undefined && kind === 'observation' && time > now + CLOCK_TOLERANCE_MS) {
      this.say('time.future', row.at, `${new Date(time).toISOString()} has not come yet`);
      flags.add('absurd');
    }
    const shared = {
      revision: row.revision ?? 0,
      kind,
      time: new Date(time).toISOString(),
      ...(row.validFrom !== undefined && { validFrom: new Date(row.validFrom).toISOString() }),
      ...(row.validTo !== undefined && { validTo: new Date(row.validTo).toISOString() }),
      place,
    };
    const found: Observation[] = [];
    for (const measure of row.measures) {
      const value = this.#inUnit(measure, row.at);
      if (value === null) continue;
      const absurd = this.#isAbsurd(measure.quantity, value, row.at);
      found.push({
        id: [row.identity, measure.quantity, ...(measure.part === undefined ? [] : [measure.part])].join('/'),
        source: measure.source ?? row.source,
        quantity: measure.quantity,
        value,
        unit: QUANTITIES[measure.quantity].unit,
        ...shared,
        // A discharge in the same row has none.
        ...(row.datum && HEIGHTS.has(measure.quantity) && { datum: row.datum }),
        flags: [
          ...flags,
          ...(measure.flags ?? []),
          ...(absurd && !flags.has('absurd') ? (['absurd'] as const) : []),
        ],
      });
    }
    for (const { quantity, value } of row.statements ?? [])
      found.push({
        id: `${row.identity}/${quantity}`,
        source: row.source,
        quantity,
        value,
        unit: 'word',
        ...shared,
        flags: [...flags],
      });
    return found;
  }

  #inUnit({ quantity, value, unit }: Measure, at: ReadPlace): number | null {
    if (value === null || unit === undefined) return value;
    const turned = inUnit(value, unit, QUANTITIES[quantity].unit);
    if (turned === null) this.say('value.unit-unknown', at, `${quantity} cannot be in ${quoted(unit)}`);
    return turned;
  }

  #isAbsurd(quantity: QuantityName, value: number, at: ReadPlace): boolean {
    const { minimum, maximum, unit } = QUANTITIES[quantity];
    if (value >= minimum && value <= maximum) return false;
    this.say('value.absurd', at, `${quantity} is ${value} ${unit}, possible are ${minimum} to ${maximum}`);
    return true;
  }

  reading(): Reading {
    if (this.#read === 0) this.say('feed.empty', { path: '', line: 0 }, 'there is no row');
    return {
      reader: this.#reader,
      records: this.#records,
      rows: { read: this.#read, accepted: this.#accepted, rejected: this.#rejected },
      findings: this.#findings,
      counts: { ...this.#counts },
      generated: this.#generated,
      complete: this.#complete,
    };
  }
}

/** A value in another unit; null where there is no way from the one to the other. */
export function inUnit(value: number, unit: string, wanted: string): number | null {
  if (unit === wanted) return value;
  const other = Object.hasOwn(OTHER_UNITS, unit) ? OTHER_UNITS[unit] : undefined;
  if (other?.unit === wanted) return value * other.factor;
  try {
    return converted(value, unit, wanted);
  } catch (error) {
    if (!(error instanceof UnitProblem)) throw error;
    return null;
  }
}

/** A point, longitude turned into -180..180; null where it is none on Earth. */
export function pointOf(latitude: number | null, longitude: number | null): Place | null {
  if (latitude === null || longitude === null) return null;
  if (Math.abs(latitude) > 90 || longitude < -180 || longitude > 360) return null;
  return { kind: 'point', longitude: longitude > 180 ? rounded(longitude - 360) : longitude, latitude };
}

const rounded = (degrees: number): number => Number(degrees.toFixed(7));
