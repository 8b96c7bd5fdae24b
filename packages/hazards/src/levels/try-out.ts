import type { Flag } from '../observation.ts';
import { converted } from '../units.ts';
import { assess } from './assess.ts';
import { settled } from './evaluate.ts';
import type { Kept } from './observations.ts';
import type { Attributes, Chosen, CountryRules } from './rules.ts';
import type { Driver, Verdict } from './verdict.ts';

/** A value somebody gives by hand, with its unit. */
export interface GivenValue {
  readonly value: number | string;
  readonly unit: string;
}

/** One question to one table, without areas and without state. */
export interface TryOut {
  readonly hazard: string;
  readonly driver: Driver;
  readonly inputs: Readonly<Record<string, GivenValue>>;
  readonly attributes?: Attributes;
  readonly choices?: Chosen;
  /** Stands in the verdict as source and time of the inputs. */
  readonly source: string;
  readonly time: string;
}

/**
 * The verdict for values given by hand.
 * @throws {RangeError} for a hazard, an input, a word or a choice that does not exist
 * @throws {UnitProblem} for a unit that the quantity cannot have
 */
export function tryOut(rules: CountryRules, question: TryOut): Verdict {
  const { hazard, driver, inputs, source, time } = question;
  const table = rules.tables.find((one) => one.hazard === hazard);
  if (!table) throw new RangeError(`there is no hazard ${hazard}`);
  const kept: Record<string, Kept> = {};
  for (const [name, { value, unit }] of Object.entries(inputs)) {
    const rule = Object.hasOwn(table.inputs, name) ? table.inputs[name] : undefined;
    if (!rule) throw new RangeError(`${hazard} has no input ${name}`);
    if (rule.unit === 'word' ? !rule.words?.includes(String(value)) : typeof value !== 'number')
      throw new RangeError(`${name} must be ${rule.words?.join(' or ') ?? `a number in ${rule.unit}`}`);
    if (typeof value === 'number') {
      const inUnit = converted(value, unit, rule.unit);
      if (rule.whole && !Number.isInteger(inUnit)) throw new RangeError(`${name} must be a whole number`);
      if (inUnit < (rule.minimum ?? -Infinity) || inUnit > (rule.maximum ?? Infinity))
        throw new RangeError(`${name} is outside ${rule.minimum} to ${rule.maximum} ${rule.unit}`);
    }
    const flags: readonly Flag[] = [];
    const observation = {
      id: name,
      revision: 0,
      source,
      kind: rule.always ?? driver,
      quantity: rule.quantity,
      value,
      unit,
      time,
      place: { kind: 'area' as const, area: '' },
      flags,
    };
    kept[name] = { observation, serial: 0, timeMs: 0, validToMs: 0 };
  }
  for (const [name, value] of Object.entries(question.attributes ?? {})) {
    const rule = Object.hasOwn(table.attributes, name) ? table.attributes[name] : undefined;
    if (!rule) throw new RangeError(`${hazard} has no attribute ${name}`);
    const given = typeof value === 'object' ? value : [value];
    const wrong = given.find((one) => rule.words && !rule.words.includes(String(one)));
    if (wrong !== undefined) throw new RangeError(`${name} must be one of ${rule.words?.join(', ')}`);
  }
  return assess(
    {
      table,
      driver,
      attributes: question.attributes ?? {},
      open: {},
      selection: { kept, useless: {}, key: '', holdsUntilMs: Number.POSITIVE_INFINITY },
    },
    settled(rules.choices, question.choices),
    new Map(rules.choices.map((one) => [one.id, one])),
  );
}
