import type { Observation } from '../observation.ts';
import { assess, highestOfStations } from './assess.ts';
import { settled } from './evaluate.ts';
import { defaultLimits, type Limits, ObservationBook, type Reception } from './observations.ts';
import type { Area, Station } from './place.ts';
import { type Refused, refusalOf } from './refusal.ts';
import type { Choice, Chosen, CountryRules, InputRule, RuleTable } from './rules.ts';
import { selectAll } from './select.ts';
import { type Locate, type Placed, type Site, Sites } from './sites.ts';
import type { AreaVerdict, Driver, Verdict } from './verdict.ts';

const drivers: readonly Driver[] = ['forecast', 'observation'];
/** A table whose cache grows past this is emptied: it is filled again by the next assessment. */
const cacheEntries = 20_000;

export type Observed =
  | ({ readonly kind: 'refused' } & Refused)
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
  readonly locate?: Locate;
  readonly limits?: Limits;
}

interface Timed {
  readonly verdict: Verdict;
  readonly holdsUntilMs: number;
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
  readonly #sites: Sites;
  readonly #areas: readonly Placed[];
  readonly #locate: Locate | undefined;
  /** Quantity -> the tables that use it, by position, with their input. */
  readonly #users = new Map<string, { readonly table: number; readonly input: InputRule }[]>();
  /** By area, then by table and driver. */
  readonly #verdicts: Verdict[][];
  /** By area, table and driver: until when time alone changes nothing; NaN where nothing was assessed. */
  readonly #holdsUntilMs: Float64Array;
  #assessedAtMs = Number.NEGATIVE_INFINITY;
  readonly #cache: Map<string, Verdict>[];

  constructor(options: AssessorOptions) {
    this.rules = options.rules;
    this.chosen = settled(options.rules.choices, options.choices);
    this.#choices = new Map(options.rules.choices.map((choice) => [choice.id, choice]));
    this.#book = new ObservationBook(options.limits ?? defaultLimits);
    this.#locate = options.locate;
    this.#cache = options.rules.tables.map(() => new Map());
    options.rules.tables.forEach((table, at) => {
      for (const input of Object.values(table.inputs)) {
        const users = this.#users.get(input.quantity) ?? [];
        users.push({ table: at, input });
        this.#users.set(input.quantity, users);
      }
    });
    this.#sites = new Sites(options.rules.tables, options.areas, options.stations ?? []);
    this.#areas = this.#sites.areas;
    this.#verdicts = this.#areas.map(() => []);
    this.#holdsUntilMs = new Float64Array(
      this.#areas.length * options.rules.tables.length * drivers.length,
    ).fill(Number.NaN);
  }

  /** Takes one value, and assesses again what it touches. `now` is the instant of the assessment, ISO. */
  observe(observation: Observation, now: string): Observed {
    const nowMs = Date.parse(now);
    const users = this.#users.get(observation.quantity) ?? [];
    const refused = refusalOf(
      observation,
      users.map(({ input }) => input),
    );
    if (refused) return { kind: 'refused', ...refused };
    const places = this.#sites.placesOf(observation.place, this.#locate);
    if (places.length === 0)
      return { kind: 'refused', why: 'unknown-place', text: JSON.stringify(observation.place) };
    const timeMs = Date.parse(observation.time);
    // A forecast that does not say how long it holds speaks of its instant, and is fresh as long as a measured value.
    const fresh = Math.max(...users.map(({ input }) => input.freshForHours));
    const validToMs =
      observation.validTo === undefined ? timeMs + fresh * 3_600_000 : Date.parse(observation.validTo);
    const { reception, before } = this.#book.put(observation, places, timeMs, validToMs);
    if (reception.kind !== 'taken' && reception.kind !== 'withdrawn')
      return { kind: 'heard', reception, areas: 0, changed: [] };
    const areas = this.#sites.touchedBy([...places, ...before]);
    // A forecast leaves the verdict by observation what it is, once there is one.
    const touched = new Map<number, boolean>();
    for (const { table, input } of users)
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
