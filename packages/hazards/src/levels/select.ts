import { converted } from '../units.ts';
import type { Kept, ObservationBook } from './observations.ts';
import type { Attributes, AttributeValue, InputRule, RuleTable } from './rules.ts';
import type { Driver, Need, UsedInput } from './verdict.ts';

const hourMs = 3_600_000;
const none: readonly Kept[] = [];

/** The value an input takes, or why the values at hand are of no use. */
interface Selected {
  readonly kept?: Kept;
  readonly why?: Need['why'];
  /** When it ends, for a value that is used. */
  readonly endsMs: number;
}

/** The values in force for each input of a table. */
export interface Selection {
  readonly kept: Readonly<Record<string, Kept>>;
  readonly useless: Readonly<Record<string, Need['why']>>;
  /** Equal for equal selections. */
  readonly key: string;
  /** Until then the passing of time alone changes nothing. */
  readonly holdsUntilMs: number;
}

const nothing: Selected = { endsMs: Number.POSITIVE_INFINITY };

/** A value in the unit of the rules. */
export function ruleValue(kept: Kept, rule: InputRule): number | string {
  const { value, unit } = kept.observation;
  return typeof value === 'number' ? converted(value, unit, rule.unit) : value;
}

/**
 * Chooses among the values of the places (the area, what it lies in, its station). The nearest place that has a value in
 * force counts: what a gauge in the commune says goes before what is said of the province.
 */
function select(
  values: ReadonlyMap<string, readonly Kept[]>,
  rule: InputRule,
  driver: Driver,
  places: readonly string[],
  attributes: Attributes,
  nowMs: number,
): Selected {
  const wanted = rule.always ?? driver;
  let why: Need['why'] | undefined;
  for (const place of places) {
    let best: Kept | undefined;
    let bestEndsMs = 0;
    for (const kept of values.get(place) ?? none) {
      const { observation, timeMs, validToMs } = kept;
      if (observation.kind !== wanted) continue;
      const ends = observation.kind === 'forecast' ? validToMs : timeMs + rule.freshForHours * hourMs;
      if (nowMs > ends) {
        why ??= 'stale';
        continue;
      }
      if (!sameDatum(observation.datum, rule.datum === undefined ? undefined : attributes[rule.datum])) {
        why = 'wrong-datum';
        continue;
      }
      if (best !== undefined && !goesBefore(kept, best, rule)) continue;
      best = kept;
      bestEndsMs = ends;
    }
    if (best) return { kept: best, endsMs: bestEndsMs };
  }
  return why === undefined ? nothing : { ...nothing, why };
}

/** Heights counted from different zeros are never compared. Where one side states none they are taken to be the same. */
function sameDatum(given: string | undefined, wanted: AttributeValue | undefined): boolean {
  return given === undefined || wanted === undefined || given === wanted;
}

function goesBefore(one: Kept, other: Kept, rule: InputRule): boolean {
  if (rule.take === 'latest') return one.timeMs >= other.timeMs;
  const [a, b] = [ruleValue(one, rule), ruleValue(other, rule)];
  if (typeof a !== 'number' || typeof b !== 'number') return one.timeMs >= other.timeMs;
  return rule.take === 'highest' ? a > b : a < b;
}

/** The selection for a table at some places. */
export function selectAll(
  book: ObservationBook,
  table: RuleTable,
  driver: Driver,
  places: readonly string[],
  attributes: Attributes,
  nowMs: number,
): Selection {
  const kept: Record<string, Kept> = {};
  const useless: Record<string, Need['why']> = {};
  let key = '';
  let holdsUntilMs = Number.POSITIVE_INFINITY;
  for (const name in table.inputs) {
    const rule = table.inputs[name];
    const values = rule && book.of(rule.quantity);
    key += '|';
    if (!values) continue;
    const found = select(values, rule, driver, places, attributes, nowMs);
    if (found.kept) {
      kept[name] = found.kept;
      key += found.kept.serial;
      if (found.endsMs < holdsUntilMs) holdsUntilMs = found.endsMs;
    } else if (found.why) {
      useless[name] = found.why;
      key += found.why;
    }
  }
  return { kept, useless, key, holdsUntilMs };
}

/** What the verdict says of an input. */
export function used(name: string, rule: InputRule, kept: Kept): UsedInput {
  const { observation } = kept;
  const { value, unit, source, id, revision, kind, time, validFrom, validTo, datum, flags } = observation;
  return {
    input: name,
    quantity: rule.quantity,
    value: ruleValue(kept, rule),
    unit: rule.unit,
    given: { value, unit },
    source,
    observation: id,
    revision,
    kind,
    time,
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
    ...(datum !== undefined && { datum }),
    flags,
  };
}
