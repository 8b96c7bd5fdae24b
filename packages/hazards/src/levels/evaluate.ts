import { contains } from './interval.ts';
import {
  type Attributes,
  type AttributeValue,
  type Case,
  type Choice,
  type Chosen,
  isOneOf,
  type Reference,
  type Rule,
  type RuleTable,
} from './rules.ts';
import type { ChoiceUse, Driver, NoLevelReason } from './verdict.ts';

/** Inputs and attributes by name; what is not there is not known. */
export type Facts = Attributes;

export type Evaluation =
  | {
      readonly kind: 'level';
      readonly level: number;
      readonly rule: string;
      readonly reference: Reference;
      readonly alsoHold: readonly { readonly rule: Rule; readonly level: number }[];
      readonly resolvedBy?: Reference | { readonly choice: string };
      readonly without: readonly string[];
    }
  | {
      readonly kind: 'no-level';
      readonly because: NoLevelReason;
      readonly reference: Reference;
      readonly rule?: string;
      readonly without?: readonly string[];
    }
  | { readonly kind: 'cannot-be-assessed'; readonly needs: readonly string[] };

/** The alternative of each choice: the chosen one, or the default. */
export function settled(choices: readonly Choice[], chosen: Chosen = {}): Chosen {
  const all: Record<string, string> = {};
  for (const { id, default: initial, alternatives } of choices) {
    const wanted = Object.hasOwn(chosen, id) ? chosen[id] : undefined;
    if (wanted !== undefined && !alternatives.some((one) => one.id === wanted))
      throw new RangeError(`the choice ${id} has no alternative ${wanted}`);
    all[id] = wanted ?? initial;
  }
  for (const id of Object.keys(chosen))
    if (!Object.hasOwn(all, id)) throw new RangeError(`there is no choice ${id}`);
  return all;
}

function holdsUnder(one: Case, chosen: Chosen): boolean {
  for (const id in one.under) {
    const alternative = chosen[id];
    if (alternative === undefined || !one.under[id]?.includes(alternative)) return false;
  }
  return true;
}

function fits(words: AttributeValue, wanted: readonly string[]): boolean {
  return Array.isArray(words)
    ? words.some((word) => wanted.includes(word))
    : wanted.includes(words as string);
}

/** true, false, or the names of the facts that would decide. */
function holds(one: Case, facts: Facts): boolean | readonly string[] {
  let missing: string[] | undefined;
  const numberOf = (name: string): number | undefined => {
    const value = facts[name];
    return typeof value === 'number' ? value : undefined;
  };
  for (const name in one.when) {
    const matcher = one.when[name];
    const value = facts[name];
    if (matcher === undefined) continue;
    if (value === undefined) {
      missing ??= [];
      missing.push(name);
    } else if (isOneOf(matcher)) {
      if (!fits(value, matcher.oneOf)) return false;
    } else {
      const inside = typeof value === 'number' && contains(matcher, value, numberOf);
      if (inside === false) return false;
      if (inside !== true) {
        missing ??= [];
        missing.push(...inside);
      }
    }
  }
  return missing ?? true;
}

/**
 * One of several cases: true as soon as one holds, else what the undecided ones need. A case that waits for the other
 * half of an "or" (`optional`) holds up nothing.
 */
function anyHolds(
  cases: readonly Case[],
  facts: Facts,
  chosen: Chosen,
  optional: readonly string[] = [],
): boolean | readonly string[] {
  let needs: string[] | undefined;
  for (const one of cases) {
    if (!holdsUnder(one, chosen)) continue;
    const held = holds(one, facts);
    if (held === true) return true;
    if (held !== false && !held.some((name) => optional.includes(name))) {
      needs ??= [];
      needs.push(...held);
    }
  }
  return needs ?? false;
}

/** Whether one of the cases holds; else the facts that would decide. Cases under choices do not count. */
export function caseNeeds(cases: readonly Case[], facts: Facts): boolean | readonly string[] {
  const held = anyHolds(cases, facts, {});
  return typeof held === 'boolean' ? held : unique(held);
}

/** Members of an "or" group that are missing while another is there: they decide nothing as long as something holds. */
function otherHalves(table: RuleTable, facts: Facts): readonly string[] {
  return (table.anyOf ?? []).flatMap((group) =>
    group.some((name) => facts[name] !== undefined) ? group.filter((name) => facts[name] === undefined) : [],
  );
}

function reference({ article, clause, point }: Reference): Reference {
  return { article, ...(clause !== undefined && { clause }), ...(point !== undefined && { point }) };
}

function levelOf(rule: Rule, chosen: Chosen): number | undefined {
  if (typeof rule.level === 'number') return rule.level;
  return rule.level === 'elsewhere' ? undefined : rule.level.levels[chosen[rule.level.choice] ?? ''];
}

/**
 * What the table gives for these facts under these choices. Never a level while a missing fact could change it.
 * `chosen` must be settled.
 */
export function evaluate(table: RuleTable, facts: Facts, driver: Driver, chosen: Chosen): Evaluation {
  const article: Reference = { article: table.article };
  if (table.where) {
    const here = anyHolds(table.where, facts, chosen);
    if (here === false) return { kind: 'no-level', because: 'place', reference: article };
    if (here !== true) return { kind: 'cannot-be-assessed', needs: unique(here) };
  }
  const admission = table[driver];
  if (admission !== 'written' && chosen[admission.choice] !== admission.allow)
    return { kind: 'no-level', because: 'driver', reference: article };
  const without = otherHalves(table, facts);
  const held: { readonly rule: Rule; readonly level: number }[] = [];
  const gaps: Rule[] = [];
  const needs: string[] = [];
  for (const rule of table.rules) {
    const found = anyHolds(rule.cases, facts, chosen, without);
    if (found === false) continue;
    if (found !== true) {
      needs.push(...found);
      continue;
    }
    if (rule.level === 'elsewhere')
      return { kind: 'no-level', because: 'elsewhere', reference: reference(rule), rule: rule.id };
    const level = levelOf(rule, chosen);
    if (level === undefined) gaps.push(rule);
    else held.push({ rule, level });
  }
  if (needs.length > 0) return { kind: 'cannot-be-assessed', needs: unique(needs) };
  if (held.length > 0) return resolved(table, held, chosen, without);
  const [gap] = gaps;
  if (gap) return { kind: 'no-level', because: 'gap', reference: reference(gap), rule: gap.id, without };
  if (without.length > 0) return { kind: 'cannot-be-assessed', needs: without };
  const isBelow = anyHolds(table.below, facts, chosen);
  const callsItZero = table.zero !== undefined && chosen[table.zero] === 'level-0';
  // Level 0 is a level: what could make it one is asked for.
  if (callsItZero && typeof isBelow === 'object')
    return { kind: 'cannot-be-assessed', needs: unique(isBelow) };
  if (isBelow !== true) return { kind: 'no-level', because: 'not-written', reference: article };
  if (callsItZero)
    return { kind: 'level', level: 0, rule: 'zero', reference: article, alsoHold: [], without: [] };
  return { kind: 'no-level', because: 'below', reference: article };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function resolved(
  table: RuleTable,
  held: readonly { readonly rule: Rule; readonly level: number }[],
  chosen: Chosen,
  without: readonly string[],
): Evaluation {
  const levels = new Set(held.map(({ level }) => level));
  const several = levels.size > 1;
  const policy = 'choice' in table.overlap ? chosen[table.overlap.choice] : 'highest';
  const wanted = policy === 'lowest' ? Math.min(...levels) : Math.max(...levels);
  const winner = held.find(({ level }) => level === wanted) ?? held[0];
  if (!winner || (several && policy === 'a-person-decides'))
    return {
      kind: 'no-level',
      because: 'contradiction',
      reference: { article: table.article },
    };
  return {
    kind: 'level',
    level: winner.level,
    rule: winner.rule.id,
    reference: reference(winner.rule),
    alsoHold: held.filter((one) => one !== winner),
    ...(several && {
      resolvedBy: 'clause' in table.overlap ? table.overlap.clause : { choice: table.overlap.choice },
    }),
    without,
  };
}

/** A level, or why there is none, in one word: what two evaluations are compared by. */
export function outcomeOf(found: Evaluation): number | string {
  if (found.kind === 'level') return found.level;
  if (found.kind === 'no-level') return found.because;
  return `needs ${found.needs.join(', ')}`;
}

/** The choices that decide here: those of which another alternative would give another answer. */
export function choicesThatDecide(
  table: RuleTable,
  facts: Facts,
  driver: Driver,
  chosen: Chosen,
  choices: ReadonlyMap<string, Choice>,
  found: Evaluation,
): readonly ChoiceUse[] {
  const uses: ChoiceUse[] = [];
  const now = outcomeOf(found);
  for (const id of table.choices) {
    const alternatives: Record<string, number | string> = {};
    let differs = false;
    for (const { id: alternative } of choices.get(id)?.alternatives ?? []) {
      const outcome =
        alternative === chosen[id]
          ? now
          : outcomeOf(evaluate(table, facts, driver, { ...chosen, [id]: alternative }));
      alternatives[alternative] = outcome;
      if (outcome !== now) differs = true;
    }
    if (differs) uses.push({ choice: id, chosen: chosen[id] ?? '', alternatives });
  }
  return uses;
}
