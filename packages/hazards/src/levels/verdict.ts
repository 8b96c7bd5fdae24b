import type { Flag } from '../observation.ts';
import type { Attributes, Reference } from './rules.ts';

export type Driver = 'forecast' | 'observation';

/** A value as the rules read it, and as it was given. */
export interface UsedInput {
  readonly input: string;
  readonly quantity: string;
  /** In the unit of the rules. */
  readonly value: number | string;
  readonly unit: string;
  readonly given: { readonly value: number | string; readonly unit: string };
  readonly source: string;
  readonly observation: string;
  readonly revision: number;
  readonly kind: 'observation' | 'forecast';
  readonly time: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly datum?: string;
  readonly flags: readonly Flag[];
}

/** A choice that this verdict rests on: another alternative would give another answer. */
export interface ChoiceUse {
  readonly choice: string;
  readonly chosen: string;
  /** What each alternative would give: a level, or why there is none. */
  readonly alternatives: Readonly<Record<string, number | string>>;
}

export interface Need {
  readonly kind: 'input' | 'attribute';
  readonly name: string;
  /** `missing`, or what makes the value at hand useless. */
  readonly why: 'missing' | 'stale' | 'wrong-datum';
  readonly quantity?: string;
  readonly unit?: string;
  readonly words?: readonly string[];
  /** What is known about it all the same, such as the candidates. */
  readonly note?: string;
  /** The station, where the table is assessed at stations. */
  readonly station?: string;
}

interface VerdictBase {
  readonly hazard: string;
  /** Never mixed: forecasts give one verdict, measured values another. */
  readonly driver: Driver;
  readonly inputs: readonly UsedInput[];
  /** What is known about the place, as far as the table asks for it. */
  readonly attributes: Attributes;
  readonly choices: readonly ChoiceUse[];
  /** The station that gave it. */
  readonly station?: string;
}

export interface RuleReference extends Reference {
  readonly rule: string;
}

export interface LevelVerdict extends VerdictBase, Reference {
  readonly kind: 'level';
  readonly level: number;
  /** The rule; `zero` where the article has no level and configuration calls it 0. */
  readonly rule: string;
  /** Other rules that hold too. */
  readonly alsoHold: readonly (RuleReference & { readonly level: number })[];
  /** Why the highest (or lowest) of several counts: a clause, or a choice. */
  readonly resolvedBy?: Reference | { readonly choice: string };
  /** Inputs that an "or" of the law did not need: the level is at least this. */
  readonly without: readonly string[];
  /** Stations of the area that could not be assessed: the level is at least this. */
  readonly notAssessed: readonly { readonly station: string; readonly needs: readonly Need[] }[];
}

/**
 * - `below`: under the lowest level of the article
 * - `place`: the article does not speak of such a place
 * - `gap`: a combination that the law leaves open, known as a choice
 * - `not-written`: a combination that no rule covers
 * - `elsewhere`: the law leaves it to somebody to set
 * - `contradiction`: several rules hold and the choice is that a person decides
 * - `driver`: the article does not speak of such a verdict, and the choice is not to give it
 */
export type NoLevelReason =
  | 'below'
  | 'place'
  | 'gap'
  | 'not-written'
  | 'elsewhere'
  | 'contradiction'
  | 'driver';

export interface NoLevelVerdict extends VerdictBase, Reference {
  readonly kind: 'no-level';
  readonly because: NoLevelReason;
  /** The rule or the named gap. */
  readonly rule?: string;
  /** The other half of an "or" that was not known. */
  readonly without: readonly string[];
}

export interface CannotBeAssessed extends VerdictBase {
  readonly kind: 'cannot-be-assessed';
  readonly article: string;
  readonly needs: readonly Need[];
}

export type Verdict = LevelVerdict | NoLevelVerdict | CannotBeAssessed;

export interface AreaVerdict {
  readonly area: string;
  readonly verdict: Verdict;
}
