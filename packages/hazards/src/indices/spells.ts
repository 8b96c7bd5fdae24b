import { dateOf, dayNumber } from '../physics/calendar.ts';
import { defineMethod, type MethodOutcome } from '../physics/method.ts';

/** One day's value (highest or mean temperature, rain ...); null where it is not known. */
export interface DailyValue {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly value: number | null;
}

export interface SpellRule {
  /** `above` 35: more than 35; `at-most` 13: 13 or less. The rule names which, because laws differ by just this. */
  readonly comparison: 'above' | 'at-least' | 'below' | 'at-most';
  readonly threshold: number;
  /** Days that make a spell. */
  readonly minimumDays: number;
  /**
   * What a day without a value does. `breaks`: it ends the spell (the shortest reading). `bridges`: it is counted if
   * known days lie on both sides (the longest reading). Either way the spell tells how many of its days are not known.
   */
  readonly missingDay: 'breaks' | 'bridges';
}

export interface Spell {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** Days within the spell whose value is not known (only with `bridges`). */
  readonly unknownDays: number;
  /** The spell begins on the first day of the list, or after a day that is not known: it may be longer. */
  readonly mayHaveBegunBefore: boolean;
  /** It ends on the last day of the list, or before a day that is not known. */
  readonly mayGoOn: boolean;
  /** Highest value of the known days for `above` and `at-least`, lowest for the others. */
  readonly extreme: number;
}

export const spellMethod = defineMethod({
  id: 'spells',
  title: 'Spells of consecutive days above or below a threshold (heat, cold, drought)',
  source: 'counting, as Decision 18/2021 Art. 47, 53 and 54 count days',
  check: 'by hand, and properties',
  range: 'a list of days in their order; days that are left out are days without a value',
  quantities: {
    value: { unit: "of the rule's threshold", what: "the day's value" },
    threshold: { unit: 'as the values', what: 'threshold' },
    minimumDays: { unit: 'd', what: 'days that make a spell', minimum: 1, maximum: 366, whole: true },
  },
});

function holds({ comparison, threshold }: SpellRule, value: number): boolean {
  switch (comparison) {
    case 'above':
      return value > threshold;
    case 'at-least':
      return value >= threshold;
    case 'below':
      return value < threshold;
    case 'at-most':
      return value <= threshold;
  }
}

type Day = number | null;

/** All spells of a list of days, oldest first. Two values of one day are refused. */
export function spells(days: readonly DailyValue[], rule: SpellRule): MethodOutcome<readonly Spell[]> {
  const { threshold, minimumDays } = rule;
  const refused = spellMethod.refusal({ threshold, minimumDays });
  if (refused) return refused;
  const filled = everyDay(days);
  if ('kind' in filled) return filled;
  const { first, values } = filled;
  const upward = rule.comparison === 'above' || rule.comparison === 'at-least';
  const found: Spell[] = [];
  const state = (index: number): 'yes' | 'no' | 'unknown' => {
    const value = values[index];
    if (value === undefined || value === null) return 'unknown';
    return holds(rule, value) ? 'yes' : 'no';
  };
  for (let start = 0; start < values.length; start += 1) {
    if (state(start) !== 'yes') continue;
    let last = start;
    for (let next = start + 1; next < values.length; next += 1) {
      const now = state(next);
      if (now === 'yes') last = next;
      else if (now === 'no' || rule.missingDay === 'breaks') break;
    }
    const known = values.slice(start, last + 1).filter((value) => value !== null);
    const length = last - start + 1;
    if (length >= minimumDays)
      found.push({
        from: dateOf(first + start),
        to: dateOf(first + last),
        days: length,
        unknownDays: length - known.length,
        mayHaveBegunBefore: state(start - 1) === 'unknown',
        mayGoOn: state(last + 1) === 'unknown',
        extreme: upward ? Math.max(...known) : Math.min(...known),
      });
    start = last;
  }
  return spellMethod.result(found);
}

/** One entry a day from the first to the last date, null where nothing is known. */
function everyDay(days: readonly DailyValue[]) {
  const values: Day[] = [];
  let first: number | undefined;
  for (const { date, value } of days) {
    const day = dayNumber(date);
    if (day === undefined)
      return spellMethod.invalid('date', 'not-a-date', `${String(date)} is no date YYYY-MM-DD`, String(date));
    first ??= day;
    if (day < first + values.length)
      return spellMethod.invalid('date', 'order', `${date} does not come after the day before it`, date);
    if (day - first > 40_000)
      return spellMethod.invalid('date', 'too-large', 'the days span more than 40,000 days', date);
    if (value !== null) {
      const wrong = spellMethod.refusal({ value }, date);
      if (wrong) return wrong;
    }
    while (first + values.length < day) values.push(null);
    values.push(value);
  }
  return { first: first ?? 0, values };
}
