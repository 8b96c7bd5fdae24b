import type { Observation } from '../observation.ts';
import { converted, UnitProblem } from '../units.ts';
import { assess, highestOfStations } from './assess.ts';
import { settled } from './evaluate.ts';
import { defaultLimits, type Limits, ObservationBook, type Reception } from './observations.ts';
import type { Area, Station } from './place.ts';
import type { Attributes, Choice, Chosen, CountryRules, InputRule, RuleTable } from './rules.ts';
import { selectAll } from './select.ts';
import type { AreaVerdict, Driver, Verdict } from './verdict.ts';

const drivers: readonly Driver[] = ['forecast', 'observation'];
/** A table whose cache grows past this is emptied: it is filled again by the next assessment. */
const cacheEntries = 20_000;

/** Why an observation was not taken. */
export type Refusal =
  | 'unknown-quantity'
  | 'wrong-unit'
  | 'not-a-number'
  | 'unknown-word'
  | 'absurd'
  | 'unknown-place'
  | 'bad-time';

export type Observed =
  | {
      readonly kind: 'refused';
      readonly why: Refusal;
      /** What is wrong, in English, for a log. */
      readonly text: string;
    }
  | {
      readonly kind: 'heard';
      readonly reception: Reception;
      /** How many areas were looked at again. */
      readonly areas: number;
      /** The verdicts that are no longer what they were. */
      readonly changed: readonly AreaVerdict[];
    };

export interface AssessorOptions {
  readonly rules: CountryRules;
  readonly areas: readonly Area[];
  readonly stations?: readonly Station[];
  readonly choices?: Chosen;
  /** The areas a point lies in. Without it, observations of points are refused. */
  readonly locate?: (longitude: number, latitude: number) => readonly string[];
  readonly limits?: Limits;
}

interface Site {
  readonly id: string;
  readonly attributes: Attributes;
  readonly open: Readonly<Record<string, string>>;
  /** The nearest first. */
  readonly places: readonly string[];
  readonly isStation: boolean;
  /** One a table: sites with the same attributes have the same one. */
  readonly signatures: readonly number[];
}

interface Timed {
  readonly verdict: Verdict;
  readonly holdsUntilMs: number;
}

interface Placed {
  readonly id: string;
  readonly site: Site;
  readonly stations: readonly Site[];
}

/**
 * Keeps the values in force and the verdicts of all areas, and after each new value looks again only at the tables
 * that use its quantity, in the areas it speaks of. Time comes in as an argument.
 */
export class Assessor {
  readonly rules: CountryRules;
  readonly chosen: Chosen;
  readonly #choices: ReadonlyMap<string, Choice>;
  readonly #book: ObservationBook;
  readonly #areas: readonly Placed[];
  readonly #locate: AssessorOptions['locate'];
  /** Place -> positions in `#areas`. */
  readonly #touched = new Map<string, number[]>();
  readonly #stationIds = new Set<string>();
  /** Quantity -> the tables that use it, by position, with their input. */
  readonly #users = new Map<string, { readonly table: number; readonly input: InputRule }[]>();
  /** By area, then by table and driver. */
  readonly #verdicts: Verdict[][];
  /** By area, table and driver: until when time alone changes nothing; NaN where nothing was assessed. */
  readonly #holdsUntilMs: Float64Array;
  #assessedAtMs = Number.NEGATIVE_INFINITY;
  readonly #cache: Map<string, Verdict>[];
  readonly #signatures: Map<string, number>[];

  constructor(options: AssessorOptions) {
    this.rules = options.rules;
    this.chosen = settled(options.rules.choices, options.choices);
    this.#choices = new Map(options.rules.choices.map((choice) => [choice.id, choice]));
    this.#book = new ObservationBook(options.limits ?? defaultLimits);
    this.#locate = options.locate;
    this.#cache = options.rules.tables.map(() => new Map());
    this.#signatures = options.rules.tables.map(() => new Map());
    options.rules.tables.forEach((table, at) => {
      for (const input of Object.values(table.inputs)) {
        const users = this.#users.get(input.quantity) ?? [];
        users.push({ table: at, input });
        this.#users.set(input.quantity, users);
      }
    });
    const stationsOf = new Map<string, Station[]>();
    for (const station of options.stations ?? []) {
      this.#stationIds.add(station.id);
      for (const area of station.areas) stationsOf.set(area, [...(stationsOf.get(area) ?? []), station]);
    }
    this.#areas = options.areas.map((area, at) => {
      const stations = stationsOf.get(area.id) ?? [];
      for (const place of [area.id, ...area.within, ...stations.map(({ id }) => id)]) {
        const touched = this.#touched.get(place) ?? [];
        touched.push(at);
        this.#touched.set(place, touched);
      }
      return {
        id: area.id,
        site: this.#site(area, [area.id, ...area.within], false),
        stations: stations.map((one) => this.#site(one, [one.id, area.id, ...area.within], true)),
      };
    });
    this.#verdicts = this.#areas.map(() => []);
    this.#holdsUntilMs = new Float64Array(
      this.#areas.length * options.rules.tables.length * drivers.length,
    ).fill(Number.NaN);
  }

  #site(
    { id, attributes, open = {} }: Pick<Station, 'id' | 'attributes' | 'open'>,
    places: readonly string[],
    isStation: boolean,
  ): Site {
    return {
      id,
      attributes,
      open,
      places,
      isStation,
      signatures: this.rules.tables.map((table, at) => {
        const asked = Object.keys(table.attributes).map((name) => [
          attributes[name] ?? null,
          open[name] ?? null,
        ]);
        const text = JSON.stringify(isStation ? [id, asked] : asked);
        const known = this.#signatures[at] ?? new Map<string, number>();
        const signature = known.get(text) ?? known.size;
        known.set(text, signature);
        return signature;
      }),
    };
  }

  /** Takes one value, and assesses again what it touches. `now` is the instant of the assessment, ISO. */
  observe(observation: Observation, now: string): Observed {
    const nowMs = Date.parse(now);
    const refused = this.#refusal(observation);
    if (refused) return { kind: 'refused', ...refused };
    const places = this.#placesOf(observation);
    if (places.length === 0)
      return { kind: 'refused', why: 'unknown-place', text: JSON.stringify(observation.place) };
    const timeMs = Date.parse(observation.time);
    // A forecast that does not say how long it holds speaks of its instant, and is fresh as long as a measured value.
    const fresh = Math.max(
      ...(this.#users.get(observation.quantity) ?? []).map(({ input }) => input.freshForHours),
    );
    const validToMs =
      observation.validTo === undefined ? timeMs + fresh * 3_600_000 : Date.parse(observation.validTo);
    const { reception, before } = this.#book.put(observation, places, timeMs, validToMs);
    if (reception.kind !== 'taken' && reception.kind !== 'withdrawn')
      return { kind: 'heard', reception, areas: 0, changed: [] };
    const areas = new Set([...places, ...before].flatMap((place) => this.#touched.get(place) ?? []));
    // A forecast leaves the verdict by observation what it is, once there is one.
    const touched = new Map<number, boolean>();
    for (const { table, input } of this.#users.get(observation.quantity) ?? [])
      for (const [index, driver] of drivers.entries()) {
        const position = table * drivers.length + index;
        const speaks = (input.always ?? driver) === observation.kind;
        touched.set(position, speaks || touched.get(position) === true);
      }
    const changed: AreaVerdict[] = [];
    for (const area of areas)
      for (const [position, speaks] of touched)
        if (speaks || this.#verdicts[area]?.[position] === undefined)
          this.#assessAgain(area, position, nowMs, changed);
    return { kind: 'heard', reception, areas: areas.size, changed };
  }

  /**
   * Brings all hazards of all areas to an instant, as values become stale and forecasts end. Gives what has changed. Looks
   * again only where a value that was used has ended, or at everything when time is set back.
   */
  assessAll(now: string): readonly AreaVerdict[] {
    const nowMs = Date.parse(now);
    const changed: AreaVerdict[] = [];
    const positions = this.rules.tables.length * drivers.length;
    const setBack = nowMs < this.#assessedAtMs;
    for (let area = 0; area < this.#areas.length; area += 1)
      for (let position = 0; position < positions; position += 1) {
        const until = this.#holdsUntilMs[area * positions + position] ?? Number.NaN;
        if (setBack || !(nowMs <= until)) this.#assessAgain(area, position, nowMs, changed);
      }
    this.#assessedAtMs = nowMs;
    return changed;
  }

  /** The verdicts of an area, as last assessed: two a hazard. */
  verdictsOf(area: string): readonly Verdict[] {
    const at = this.#areas.findIndex(({ id }) => id === area);
    return (this.#verdicts[at] ?? []).filter((verdict) => verdict !== undefined);
  }

  /** Every verdict, as last assessed. */
  *verdicts(): Generator<AreaVerdict> {
    for (let at = 0; at < this.#areas.length; at += 1)
      for (const verdict of this.#verdicts[at] ?? [])
        if (verdict) yield { area: this.#areas[at]?.id ?? '', verdict };
  }

  #refusal(observation: Observation): { readonly why: Refusal; readonly text: string } | undefined {
    const users = this.#users.get(observation.quantity);
    if (!users) return { why: 'unknown-quantity', text: observation.quantity };
    if (observation.flags.includes('absurd'))
      return { why: 'absurd', text: 'the reader has marked it as absurd' };
    for (const time of [observation.time, observation.validFrom, observation.validTo])
      if (time !== undefined && !Number.isFinite(Date.parse(time))) return { why: 'bad-time', text: time };
    for (const { input } of users) {
      const problem = wrongFor(input, observation);
      if (problem) return problem;
    }
    return undefined;
  }

  #placesOf({ place }: Observation): readonly string[] {
    if (place.kind === 'area') return this.#touched.has(place.area) ? [place.area] : [];
    if (place.kind === 'station' && this.#stationIds.has(place.station)) return [place.station];
    const { longitude, latitude } = place;
    if (longitude === undefined || latitude === undefined || !this.#locate) return [];
    return this.#locate(longitude, latitude).filter((area) => this.#touched.has(area));
  }

  #assessAgain(area: number, position: number, nowMs: number, changed: AreaVerdict[]): void {
    const placed = this.#areas[area];
    const at = Math.floor(position / drivers.length);
    const table = this.rules.tables[at];
    const driver = drivers[position % drivers.length];
    const verdicts = this.#verdicts[area];
    if (!placed || !table || !driver || !verdicts) return;
    const { verdict, holdsUntilMs } = table.atStations
      ? this.#ofStations(placed, table, at, driver, nowMs)
      : this.#ofSite(placed.site, table, at, driver, nowMs);
    this.#holdsUntilMs[area * this.rules.tables.length * drivers.length + position] = holdsUntilMs;
    if (verdicts[position] === verdict) return;
    verdicts[position] = verdict;
    changed.push({ area: placed.id, verdict });
  }

  #ofSite(site: Site, table: RuleTable, at: number, driver: Driver, nowMs: number): Timed {
    const selection = selectAll(this.#book, table, driver, site.places, site.attributes, nowMs);
    const { holdsUntilMs } = selection;
    const cache = this.#cache[at];
    const key = `${driver}${site.signatures[at]}${selection.key}`;
    const known = cache?.get(key);
    if (known) return { verdict: known, holdsUntilMs };
    const verdict = assess(
      {
        table,
        driver,
        attributes: site.attributes,
        open: site.open,
        selection,
        ...(site.isStation && { station: site.id }),
      },
      this.chosen,
      this.#choices,
    );
    if (cache && cache.size >= cacheEntries) cache.clear();
    cache?.set(key, verdict);
    return { verdict, holdsUntilMs };
  }

  #ofStations(placed: Placed, table: RuleTable, at: number, driver: Driver, nowMs: number): Timed {
    const each = placed.stations.map((site) => ({
      station: site.id,
      ...this.#ofSite(site, table, at, driver, nowMs),
    }));
    const [only] = each;
    if (only && each.length === 1) return only;
    const holdsUntilMs = Math.min(Number.POSITIVE_INFINITY, ...each.map((one) => one.holdsUntilMs));
    const cache = this.#cache[at];
    const key = `stations ${driver} ${each
      .map(({ station, verdict }) => `${station} ${this.#number(verdict)}`)
      .join()}`;
    const known = cache?.get(key);
    if (known) return { verdict: known, holdsUntilMs };
    const verdict = highestOfStations(table, driver, each);
    cache?.set(key, verdict);
    return { verdict, holdsUntilMs };
  }

  readonly #numbers = new WeakMap<Verdict, number>();
  #nextNumber = 0;

  #number(verdict: Verdict): number {
    const known = this.#numbers.get(verdict);
    if (known !== undefined) return known;
    this.#nextNumber += 1;
    this.#numbers.set(verdict, this.#nextNumber);
    return this.#nextNumber;
  }
}

function wrongFor(
  input: InputRule,
  { value, unit }: Observation,
): { readonly why: Refusal; readonly text: string } | undefined {
  if (input.unit === 'word') {
    if (typeof value === 'string' && input.words?.includes(value)) return undefined;
    return { why: 'unknown-word', text: `${JSON.stringify(value)} is none of ${input.words?.join(', ')}` };
  }
  if (typeof value !== 'number' || !Number.isFinite(value))
    return { why: 'not-a-number', text: JSON.stringify(value) };
  try {
    const inUnit = converted(value, unit, input.unit);
    if (input.whole && !Number.isInteger(inUnit))
      return { why: 'absurd', text: `${inUnit} ${input.unit} is no whole grade` };
    if (inUnit < (input.minimum ?? -Infinity) || inUnit > (input.maximum ?? Infinity))
      return {
        why: 'absurd',
        text: `${inUnit} ${input.unit} is outside ${input.minimum} to ${input.maximum}`,
      };
    return undefined;
  } catch (problem) {
    if (problem instanceof UnitProblem) return { why: 'wrong-unit', text: problem.message };
    throw problem;
  }
}
