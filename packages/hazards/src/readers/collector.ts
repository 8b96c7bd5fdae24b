import type { Flag, Observation, Place } from '../observation.ts';
import { READ_RULES, type ReadFinding, type ReadPlace, type ReadRule } from './finding.ts';
import { inUnit, QUANTITIES, type QuantityName } from './quantities.ts';
import { optionsOf, type ReaderName, type Reading, type ReadOptions, type ReadRecord } from './reading.ts';
import { type Measure, observationOf, type Row } from './row.ts';
import { numberOf, quoted } from './text/number.ts';
import { instantOf } from './text/time.ts';

/** A clock that is this much behind is no reason to call an observation one of the future (unofficial). */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

const NO_ALIASES: readonly string[] = [];
const NO_FLAGS: readonly Flag[] = [];
/** A name in a source may be as long as the source. */
const MOST_CHARACTERS = 400;
const HEIGHTS: ReadonlySet<QuantityName> = new Set(['water.level']);

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

  generatedAt(time: number): void {
    this.#generated = time;
  }

  /** The source broke off. */
  broken(at: ReadPlace, text: string): void {
    this.#complete = false;
    this.say('xml.broken', at, text);
  }

  /**
   * A number, or null: silently where there is nothing, with a finding where there is something else.
   * @param inside what follows the place of the row, such as `, column frp`
   */
  number(value: unknown, at: ReadPlace, inside = ''): number | null {
    if (value === null || value === undefined || value === '') return null;
    const number = numberOf(value);
    if (number === null)
      this.say(
        'value.not-a-number',
        { path: at.path + inside, line: at.line },
        `${quoted(value)} is no number`,
      );
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
    const known = this.#seen.size;
    if (this.#seen.add(row.identity).size === known)
      this.say('row.twice', row.at, `${row.identity} stands a second time`);
    this.#accepted += row.rows;
    this.#records.push({
      at: row.at,
      rows: row.rows,
      identity: row.identity,
      aliases: row.aliases ?? NO_ALIASES,
      revision: row.revision,
      cancelled: row.cancelled ?? false,
      observations,
      details: row.details,
    });
  }

  #observations(row: Row, time: number, place: Place): readonly Observation[] {
    const flags = this.#flagsOf(row, time);
    const instant = instantOf(time);
    const found: Observation[] = [];
    for (const measure of row.measures) {
      const { quantity, part } = measure;
      const value = this.#inUnit(measure, row.at);
      if (value === null) continue;
      const absurd = this.#isAbsurd(quantity, value, row.at) && !flags.includes('absurd');
      const own = absurd ? [...(measure.flags ?? []), 'absurd' as const] : measure.flags;
      const observation = observationOf(
        row,
        quantity,
        value,
        instant,
        place,
        own ? [...flags, ...own] : flags,
      );
      observation.unit = QUANTITIES[quantity].unit;
      if (part !== undefined) observation.id += `/${part}`;
      if (measure.source !== undefined) observation.source = measure.source;
      // A discharge in the same row has none.
      if (row.datum && HEIGHTS.has(quantity)) observation.datum = row.datum;
      found.push(observation);
    }
    if (row.statements !== undefined)
      for (const { quantity, value } of row.statements)
        found.push(observationOf(row, quantity, value, instant, place, flags));
    return found;
  }

  #flagsOf(row: Row, time: number): readonly Flag[] {
    const flags = row.cancelled ? [...(row.flags ?? []), 'cancelled' as const] : (row.flags ?? NO_FLAGS);
    const { now } = this.#options;
    if (now === undefined || row.kind === 'forecast' || time <= now + CLOCK_TOLERANCE_MS) return flags;
    this.say('time.future', row.at, `${instantOf(time)} has not come yet`);
    return [...flags, 'absurd'];
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
