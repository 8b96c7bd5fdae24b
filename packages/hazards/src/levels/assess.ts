import { choicesThatDecide, evaluate, type Facts } from './evaluate.ts';
import type { Attributes, AttributeValue, Choice, Chosen, Rule, RuleTable } from './rules.ts';
import { ruleValue, type Selection, used } from './select.ts';
import type { Driver, Need, RuleReference, Verdict } from './verdict.ts';

function referenceOf(rule: Rule): RuleReference {
  const { id, article, clause, point } = rule;
  return {
    rule: id,
    article,
    ...(clause !== undefined && { clause }),
    ...(point !== undefined && { point }),
  };
}

function attributesOf(table: RuleTable, attributes: Attributes): Attributes {
  const known: Record<string, AttributeValue> = {};
  for (const name in table.attributes) {
    const value = attributes[name];
    if (value !== undefined) known[name] = value;
  }
  return known;
}

function needOf(
  table: RuleTable,
  name: string,
  selection: Selection,
  open: Readonly<Record<string, string>>,
  station: string | undefined,
): Need {
  const input = table.inputs[name];
  const at = station === undefined ? {} : { station };
  if (input)
    return {
      kind: 'input',
      name,
      why: selection.useless[name] ?? 'missing',
      quantity: input.quantity,
      unit: input.unit,
      ...(input.words && { words: input.words }),
      ...at,
    };
  const attribute = table.attributes[name];
  const note = open[name];
  return {
    kind: 'attribute',
    name,
    why: 'missing',
    ...(attribute?.unit !== undefined && { unit: attribute.unit }),
    ...(attribute?.words && { words: attribute.words }),
    ...(note !== undefined && { note }),
    ...at,
  };
}

/** Everything that the verdict of one place depends on. */
export interface Question {
  readonly table: RuleTable;
  readonly driver: Driver;
  readonly attributes: Attributes;
  readonly open: Readonly<Record<string, string>>;
  readonly selection: Selection;
  readonly station?: string;
}

/** The verdict of one table for one place, with what it rests on. Pure. `chosen` must be settled. */
export function assess(question: Question, chosen: Chosen, choices: ReadonlyMap<string, Choice>): Verdict {
  const { table, driver, selection, station } = question;
  const attributes = attributesOf(table, question.attributes);
  const facts: Record<string, AttributeValue> = { ...attributes };
  const inputs = Object.entries(selection.kept).map(([name, kept]) => {
    const rule = table.inputs[name];
    if (!rule) throw new Error(`${table.hazard} has no input ${name}`);
    facts[name] = ruleValue(kept, rule);
    return used(name, rule, kept);
  });
  const found = evaluate(table, facts as Facts, driver, chosen);
  const base = {
    hazard: table.hazard,
    driver,
    inputs,
    attributes,
    choices: choicesThatDecide(table, facts, driver, chosen, choices, found),
    ...(station !== undefined && { station }),
  };
  if (found.kind === 'cannot-be-assessed')
    return {
      ...base,
      kind: 'cannot-be-assessed',
      article: table.article,
      needs: found.needs.map((name) => needOf(table, name, selection, question.open, station)),
    };
  if (found.kind === 'no-level')
    return {
      ...base,
      kind: 'no-level',
      because: found.because,
      ...found.reference,
      ...(found.rule !== undefined && { rule: found.rule }),
      without: found.without ?? [],
    };
  return {
    ...base,
    kind: 'level',
    level: found.level,
    rule: found.rule,
    ...found.reference,
    alsoHold: found.alsoHold.map(({ rule, level }) => ({ ...referenceOf(rule), level })),
    ...(found.resolvedBy && { resolvedBy: found.resolvedBy }),
    without: found.without,
    notAssessed: [],
  };
}

/** The verdict of an area from those of its stations: the highest level, by the clause that says so. */
export function highestOfStations(
  table: RuleTable,
  driver: Driver,
  verdicts: readonly { readonly station: string; readonly verdict: Verdict }[],
): Verdict {
  const needs: Need[] = [];
  const notAssessed: { station: string; needs: readonly Need[] }[] = [];
  let best: Verdict | undefined;
  let levels = 0;
  for (const { station, verdict } of verdicts) {
    if (verdict.kind === 'cannot-be-assessed') {
      needs.push(...verdict.needs);
      notAssessed.push({ station, needs: verdict.needs });
      continue;
    }
    if (verdict.kind === 'level') levels += 1;
    if (best === undefined || rank(verdict) > rank(best)) best = verdict;
  }
  if (best?.kind === 'level')
    return {
      ...best,
      ...(levels > 1 && table.atStations && { resolvedBy: table.atStations }),
      notAssessed,
    };
  // "No level" at one station says nothing about the area while another has not been looked at.
  if (best && notAssessed.length === 0) return best;
  return {
    kind: 'cannot-be-assessed',
    hazard: table.hazard,
    driver,
    article: table.article,
    inputs: [],
    attributes: {},
    choices: [],
    needs: verdicts.length > 0 ? needs : [{ kind: 'attribute', name: 'station', why: 'missing' }],
  };
}

/** A gap is more than "below": somebody has to look at it. */
function rank(verdict: Verdict): number {
  if (verdict.kind === 'level') return 1 + verdict.level;
  return verdict.kind === 'no-level' && verdict.because !== 'below' && verdict.because !== 'place' ? 0.5 : 0;
}
