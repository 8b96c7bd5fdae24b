import type { Interval } from './interval.ts';

/** A text in several languages, by language code. */
export type Words = Readonly<Record<string, string>>;

/** What is known about a place: a number, a word, or several words that are true together. */
export type AttributeValue = number | string | readonly string[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** The words that fit; a place that has several fits when one of them does. */
export interface OneOf {
  readonly oneOf: readonly string[];
}

export type Matcher = Interval | OneOf;

/** One case of a rule: every condition must hold. */
export interface Case {
  /** By the name of an input or of an attribute. */
  readonly when: Readonly<Record<string, Matcher>>;
  /** Counts only where each of these choices has one of these alternatives. */
  readonly under?: Readonly<Record<string, readonly string[]>>;
}

/** Where a rule stands in the law. */
export interface Reference {
  readonly article: string;
  readonly clause?: string;
  readonly point?: string;
}

/**
 * What a rule gives.
 * - a number: the level
 * - by choice: the law leaves it open; the alternative that is chosen gives a level, or none
 * - `elsewhere`: the law leaves the decision to somebody, so there is no level here
 */
export type Given =
  | number
  | { readonly choice: string; readonly levels: Readonly<Record<string, number>> }
  | 'elsewhere';

export interface Rule extends Reference {
  /** Unique in the pack, `44.2.a`. A gap of the law has a name of its own. */
  readonly id: string;
  readonly level: Given;
  readonly cases: readonly Case[];
}

/** A quantity that a table asks for. */
export interface InputRule {
  /** The quantity of the observations it is taken from. */
  readonly quantity: string;
  /** The unit the rules are written in. */
  readonly unit: string;
  readonly what: Words;
  /** The words a statement may be (unit `word`). */
  readonly words?: readonly string[];
  /** Values outside are refused as absurd. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly whole?: true;
  /** Which of several values of one place counts. */
  readonly take: 'latest' | 'highest' | 'lowest';
  /** Taken from measured values whatever drives the verdict: the law speaks of what has happened. */
  readonly always?: 'observation';
  /** A measured value older than this is no longer used. */
  readonly freshForHours: number;
  /** The attribute that names what heights are counted from. */
  readonly datum?: string;
}

export interface AttributeRule {
  readonly what: Words;
  /** The words it may be; without them it is a number in `unit`. */
  readonly words?: readonly string[];
  readonly unit?: string;
}

/** Where the text of the law does not decide, somebody must: a choice, never a silent line of code. */
export interface Choice {
  readonly id: string;
  readonly article: string;
  /** The number of the known defect it answers. */
  readonly defect?: number;
  readonly label: Words;
  readonly alternatives: readonly { readonly id: string; readonly what: Words }[];
  readonly default: string;
  /** Why the default is the default. */
  readonly reason: Words;
  /** For the owner of the law. */
  readonly question: Words;
}

/** How several levels that hold at once become one: by a clause of the law, or by a choice (highest, lowest, none). */
export type Overlap = { readonly clause: Reference } | { readonly choice: string };

/** Whether the article speaks of such a verdict, or who chose that it may be given all the same. */
export type Admission = 'written' | { readonly choice: string; readonly allow: string };

/** One hazard: what it asks for and the rules that give its level. */
export interface RuleTable {
  readonly hazard: string;
  readonly article: string;
  readonly names: Words;
  readonly inputs: Readonly<Record<string, InputRule>>;
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  /** Inputs of which one is enough: "100 mm in 24 hours or 50 mm in 12". */
  readonly anyOf?: readonly (readonly string[])[];
  /** Assessed at each station; the area takes the highest of its stations by this clause. */
  readonly atStations?: Reference;
  readonly forecast: Admission;
  readonly observation: Admission;
  /** The places the article speaks of. Elsewhere it gives no level. */
  readonly where?: readonly Case[];
  readonly rules: readonly Rule[];
  /** Known to lie below the lowest level, as opposed to a combination that the law forgot. */
  readonly below: readonly Case[];
  /** What "below" is called: a choice between level 0 (`level-0`) and no level. */
  readonly zero?: string;
  readonly overlap: Overlap;
  /** Choices that can change a verdict of this table. */
  readonly choices: readonly string[];
}

/** The rules of a country. */
export interface CountryRules {
  readonly country: string;
  /** Name and date of the law, and the day from which it holds. */
  readonly edition: string;
  readonly validFrom: string;
  readonly source: string;
  readonly languages: readonly string[];
  readonly tables: readonly RuleTable[];
  readonly choices: readonly Choice[];
  readonly levels: readonly LevelWords[];
  readonly coincidence: Coincidence;
}

export interface LevelWords {
  readonly level: number;
  readonly names: Words;
  /** The colour that the law names, in words. */
  readonly colour: Words;
  /** For a screen. The law gives no value: configuration. */
  readonly screen: { readonly value: string; readonly unofficial: true };
}

/** What the law says of hazards at once or one after the other. A person decides; the engine proposes. */
export interface Coincidence extends Reference {
  /** Each step, and whether serious loss must be expected for it. */
  readonly raises: readonly { readonly by: number; readonly seriousLoss: boolean }[];
  readonly maximum: number;
  /** The choice whether the highest level is raised, or each. */
  readonly choice: string;
}

/** The choices in force: what is not named has its default. */
export type Chosen = Readonly<Record<string, string>>;

export function isOneOf(matcher: Matcher): matcher is OneOf {
  return 'oneOf' in matcher;
}
