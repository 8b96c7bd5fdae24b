import type { Observation } from '../observation.ts';
import type { ReaderName, Reading, ReadRecord } from './reading.ts';

/**
 * What a record is against all that came before.
 * - `new`: nobody knew of it
 * - `duplicate`: the same version with the same content
 * - `revised`: a later version, or other content without one
 * - `late`: an earlier version than the one known; or new, and its time is long past
 * - `cancelled`: withdrawn by its source
 * - `absurd`: a value that cannot be, or a time that has not come; what was known stays
 */
export type Outcome = 'new' | 'duplicate' | 'revised' | 'late' | 'cancelled' | 'absurd';

export interface Judged {
  readonly record: ReadRecord;
  readonly outcome: Outcome;
  /** Why, where the outcome has more than one reason. */
  readonly reason:
    | 'later-version'
    | 'other-content'
    | 'reinstated'
    | 'earlier-version'
    | 'old-time'
    | 'known-as-other'
    | null;
  /** What counted before; null: nothing. */
  readonly before: ReadRecord | null;
  /** It is what counts from now on. */
  readonly applied: boolean;
}

export interface RegisterOptions {
  /** Events and values kept; of more the ones not heard of for longest are forgotten. */
  readonly most?: number;
  /** A new observation older than this, against the newest of its source, is late. Unofficial: six hours. */
  readonly lateAfterMs?: number;
  /** Other names kept of one event. */
  readonly mostAliases?: number;
}

interface Known {
  readonly key: string;
  record: ReadRecord;
  content: string;
  cancelled: boolean;
  names: readonly string[];
}

const SIX_HOURS_MS = 6 * 3_600_000;

/**
 * Takes successive readings and says of each record what it is. Each reader is a world of its own: what two sources say of
 * one event is not merged here. Memory is bounded by the number of records kept.
 */
export class Register {
  readonly #most: number;
  readonly #lateAfterMs: number;
  readonly #mostAliases: number;
  /** In the order in which they were last heard of. */
  readonly #known = new Map<string, Known>();
  readonly #names = new Map<string, string>();
  /** The newest time of each source and kind of record. */
  readonly #newest = new Map<string, number>();
  #forgotten = 0;

  constructor({ most = 200_000, lateAfterMs = SIX_HOURS_MS, mostAliases = 20 }: RegisterOptions = {}) {
    this.#most = most;
    this.#lateAfterMs = lateAfterMs;
    this.#mostAliases = mostAliases;
  }

  /** How many events and values are known. */
  get size(): number {
    return this.#known.size;
  }

  /** How many were given up to stay within the bound: such a one comes as `new` when it comes again. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Judges the records of a reading in their order. */
  take(reading: Reading): readonly Judged[] {
    // Late is told against what was known before this reading: a feed may run from the newest to the oldest.
    const before = new Map<string, number | undefined>();
    return reading.records.map((record) => this.#judge(reading.reader, record, before));
  }

  /** What counts now of an event or value, by any of its names. */
  current(reader: ReaderName, identity: string): ReadRecord | null {
    const known = this.#find(reader, [identity]);
    return known === undefined || known.cancelled ? null : known.record;
  }

  #find(reader: ReaderName, names: readonly string[]): Known | undefined {
    for (const name of names) {
      const key = this.#names.get(`${reader} ${name}`);
      const known = key === undefined ? undefined : this.#known.get(key);
      if (known !== undefined) return known;
    }
    return undefined;
  }

  #judge(reader: ReaderName, record: ReadRecord, before: Map<string, number | undefined>): Judged {
    const content = contentOf(record);
    const known = this.#find(reader, [record.identity, ...record.aliases]);
    const stream = `${reader} ${streamOf(record)}`;
    if (!before.has(stream)) before.set(stream, this.#newest.get(stream));
    const judged =
      known === undefined ? this.#first(record, before.get(stream)) : compare(known, record, content);
    if (judged.applied) this.#keep(reader, known, record, content);
    else if (known !== undefined) this.#touch(known);
    this.#notice(stream, record);
    return judged;
  }

  #first(record: ReadRecord, newest: number | undefined): Judged {
    const judged = (outcome: Outcome, reason: Judged['reason'], applied: boolean): Judged => ({
      record,
      outcome,
      reason,
      before: null,
      applied,
    });
    if (record.cancelled) return judged('cancelled', null, true);
    // One quantity that cannot be does not silence the others: it carries its flag.
    if (absurdOf(record) === 'all') return judged('absurd', null, false);
    const time = timeOf(record);
    if (time !== null && newest !== undefined && time < newest - this.#lateAfterMs)
      return judged('late', 'old-time', true);
    return judged('new', null, true);
  }

  #keep(reader: ReaderName, known: Known | undefined, record: ReadRecord, content: string): void {
    const key = known?.key ?? `${reader} ${record.identity}`;
    const named = [record.identity, ...record.aliases].map((name) => `${reader} ${name}`);
    const kept = [...new Set([...named, ...(known?.names ?? [])])].slice(0, this.#mostAliases);
    for (const name of known?.names ?? []) this.#names.delete(name);
    this.#known.delete(key);
    this.#known.set(key, { key, record, content, cancelled: record.cancelled, names: kept });
    for (const name of kept) this.#names.set(name, key);
    this.#forget();
  }

  #touch(known: Known): void {
    this.#known.delete(known.key);
    this.#known.set(known.key, known);
  }

  #forget(): void {
    while (this.#known.size > this.#most) {
      const oldest = this.#known.values().next().value;
      if (oldest === undefined) return;
      this.#known.delete(oldest.key);
      for (const name of oldest.names) if (this.#names.get(name) === oldest.key) this.#names.delete(name);
      this.#forgotten += 1;
    }
  }

  #notice(stream: string, record: ReadRecord): void {
    const time = timeOf(record);
    if (time === null || absurdOf(record) !== 'none') return;
    const newest = Math.max(time, this.#newest.get(stream) ?? Number.NEGATIVE_INFINITY);
    this.#newest.delete(stream);
    this.#newest.set(stream, newest);
    if (this.#newest.size <= this.#most) return;
    const oldest = this.#newest.keys().next().value;
    if (oldest !== undefined) this.#newest.delete(oldest);
  }
}

function compare(known: Known, record: ReadRecord, content: string): Judged {
  const judged = (outcome: Outcome, reason: Judged['reason'], applied: boolean): Judged => ({
    record,
    outcome,
    reason,
    before: known.cancelled ? null : known.record,
    applied,
  });
  const [now, then] = [record.revision, known.record.revision];
  const order = now === null || then === null ? 0 : Math.sign(now - then);
  if (order < 0) return judged('late', 'earlier-version', false);
  if (record.cancelled)
    return known.cancelled ? judged('duplicate', null, order > 0) : judged('cancelled', null, true);
  // What was known is better than a version with something in it that cannot be.
  if (absurdOf(record) !== 'none') return judged('absurd', null, false);
  if (known.cancelled) {
    // Only a later version takes back a withdrawal: the same one again is the feed that has not heard of it.
    return order > 0 ? judged('revised', 'reinstated', true) : judged('late', 'earlier-version', false);
  }
  if (content === known.content) {
    if (record.identity !== known.record.identity) return judged('duplicate', 'known-as-other', order > 0);
    // A version that changed nothing is kept, so that an older one does not pass for news.
    return judged('duplicate', null, order > 0);
  }
  return judged('revised', order > 0 ? 'later-version' : 'other-content', true);
}

/** What a reader would act on: values, times, places, and the details. Not the version, and not where it stood. */
function contentOf(record: ReadRecord): string {
  const observations = record.observations.map(
    ({ quantity, value, unit, time, validFrom, validTo, place, datum, kind }) => [
      quantity,
      value,
      unit,
      time,
      validFrom ?? null,
      validTo ?? null,
      place,
      datum ?? null,
      kind,
    ],
  );
  const { details } = record;
  // The summary of an event has no products and its details have: that alone is no revision.
  return JSON.stringify([
    observations,
    details.what === 'earthquake' ? { ...details, products: null } : details,
  ]);
}

function absurdOf({ observations }: ReadRecord): 'none' | 'some' | 'all' {
  const numbers = observations.filter(({ value }) => typeof value === 'number');
  const absurd = numbers.filter(({ flags }: Observation) => flags.includes('absurd'));
  if (absurd.length === 0) return 'none';
  return absurd.length === numbers.length ? 'all' : 'some';
}

function timeOf(record: ReadRecord): number | null {
  const [first] = record.observations;
  return first === undefined ? null : Date.parse(first.time);
}

/** What is compared in time: a station with itself, and everything else with its source. */
function streamOf(record: ReadRecord): string {
  const { details } = record;
  const source = record.observations[0]?.source ?? '';
  if (details.what === 'station') return ['station', source, details.station, details.parameter].join(' ');
  if (details.what === 'cyclone-fix') return ['cyclone-fix', source, details.storm].join(' ');
  return [details.what, source].join(' ');
}
