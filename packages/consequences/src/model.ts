import {
  type InvalidInput,
  type Numbers,
  type Outcome,
  Outside,
  type Values,
  type Warning,
} from './outcome.ts';
import { type PackId, packs } from './packs.ts';

export interface NumberInput {
  readonly kind: 'number';
  readonly unit: string;
  readonly what: string;
  /** Bounds of validity, themselves included unless `open` says so. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** The minimum itself is excluded. */
  readonly openMinimum?: boolean;
  /** Only whole numbers. */
  readonly whole?: boolean;
  readonly default?: number;
}

export interface ChoiceInput<Choice extends string = string> {
  readonly kind: 'choice';
  readonly what: string;
  readonly choices: readonly Choice[];
  readonly default?: Choice;
}

export type InputRules = Readonly<Record<string, NumberInput | ChoiceInput>>;

type ValueOf<Rule> = Rule extends ChoiceInput<infer Choice> ? Choice : number;
type Defaulted<Rules> = {
  [Name in keyof Rules]: Rules[Name] extends { default: unknown } ? Name : never;
}[keyof Rules];

/** The inputs of a calculation: all of them. */
export type Complete<Rules extends InputRules> = { readonly [Name in keyof Rules]: ValueOf<Rules[Name]> };

/** The inputs a caller gives: those with a default may be left out. */
export type Given<Rules extends InputRules> = {
  readonly [Name in Exclude<keyof Rules, Defaulted<Rules>>]: ValueOf<Rules[Name]>;
} & { readonly [Name in Defaulted<Rules>]?: ValueOf<Rules[Name]> };

export interface OutputRule {
  readonly unit: string;
  readonly what: string;
}

/** A number that a source prints, or that was worked out by a second route. */
export interface Example {
  readonly inputs: Values;
  readonly output: string;
  readonly expected: number;
  /** Relative. */
  readonly tolerance: number;
  readonly source: string;
}

export interface Model<Rules extends InputRules = InputRules, Output extends string = string> {
  readonly id: string;
  readonly pack: PackId;
  readonly title: string;
  readonly source: string;
  /** What the formula was checked with. */
  readonly check: string;
  /** Validity that is no bound of one input, in words. */
  readonly range?: string;
  readonly inputs: Rules;
  readonly outputs: Readonly<Record<Output, OutputRule>>;
  readonly examples: readonly Example[];
  /** Numbers, or why there are none. Called with inputs inside their ranges only. */
  calculate(inputs: Complete<Rules>): Readonly<Record<Output, number>> | Outside;
  /** The same as a function of `distanceM` alone, for models whose flame or cloud costs more than its effect. */
  alongDistance?(inputs: Complete<Rules>): (distanceM: number) => Readonly<Record<Output, number>> | Outside;
  warnings?(inputs: Complete<Rules>, outputs: Readonly<Record<Output, number>>): readonly Warning[];
}

/** A model whose types have been forgotten: what lists, command line and comparisons work with. */
export interface AnyModel {
  readonly id: string;
  readonly pack: PackId;
  readonly title: string;
  readonly source: string;
  readonly check: string;
  readonly range?: string;
  readonly inputs: InputRules;
  readonly outputs: Readonly<Record<string, OutputRule>>;
  readonly examples: readonly Example[];
  run(inputs: Values): Outcome;
  /** One output as a function of one input, without the checks of the others: for contours. NaN is never given. */
  effect(inputs: Values, over: string, output: string): ((value: number) => number | Outside) | InvalidInput;
}

export interface RunnableModel<Rules extends InputRules, Output extends string> extends AnyModel {
  readonly inputs: Rules;
  /** Never throws. */
  run(inputs: Given<Rules>): Outcome<Readonly<Record<Output, number>>>;
  run(inputs: Values): Outcome;
}

/** Wraps a calculation so that nothing gets in or out that is not declared. */
export function defineModel<const Rules extends InputRules, Output extends string>(
  model: Model<Rules, Output>,
): RunnableModel<Rules, Output> {
  const edition = packs[model.pack].edition;
  const units = Object.fromEntries(
    Object.entries<OutputRule>(model.outputs).map(([name, { unit }]) => [name, unit]),
  );
  const run = (given: Values): Outcome<Readonly<Record<Output, number>>> => {
    const inputs = complete(model.id, model.inputs, given);
    if ('kind' in inputs) return inputs;
    const named = { model: model.id, pack: model.pack, edition, inputs: inputs.values };
    const broken = outsideOf(model.inputs, inputs.values);
    // The rules were checked one by one, so the values have the shape that the calculation declares.
    const typed = inputs.values as Complete<Rules>;
    const found = broken ?? finite(model.calculate(typed));
    if (found instanceof Outside) return { kind: 'outside-range', ...named, ...found };
    return {
      kind: 'result',
      ...named,
      outputs: found,
      units,
      warnings: model.warnings?.(typed, found) ?? [],
    };
  };
  const effect: AnyModel['effect'] = (given, over, output) => {
    const rule = model.inputs[over];
    if (rule?.kind !== 'number') return invalid(model.id, over, 'is no number of this model');
    if (!Object.hasOwn(model.outputs, output)) return invalid(model.id, output, 'is no output of this model');
    const inputs = complete(model.id, model.inputs, { ...given, [over]: rule.minimum ?? 0 });
    if ('kind' in inputs) return inputs;
    // The other inputs do not change: they are checked once, so that a contour asks for one number only.
    const { [over]: _, ...others } = inputs.values;
    const broken = outsideOf(model.inputs, others);
    if (broken) return () => broken;
    const values: Record<string, number | string> = { ...inputs.values };
    const along = over === 'distanceM' ? model.alongDistance?.(values as Complete<Rules>) : undefined;
    return (value) => {
      if (outsideRange(rule, value)) return outsideOf({ [over]: rule }, { [over]: value }) ?? value;
      values[over] = value;
      const found = along ? along(value) : model.calculate(values as Complete<Rules>);
      if (found instanceof Outside) return found;
      const number = (found as Numbers)[output];
      return number !== undefined && Number.isFinite(number)
        ? number
        : (finite({ [output]: Number(number) }) as Outside);
    };
  };
  return { ...model, run: run as RunnableModel<Rules, Output>['run'], effect };
}

function invalid(model: string, input: string, why: string): InvalidInput {
  return { kind: 'invalid-input', model, input, why };
}

function complete(
  model: string,
  rules: InputRules,
  given: Values,
): InvalidInput | { readonly values: Values } {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(rules, name)) return invalid(model, name, 'is not an input of this model');
  const values: Record<string, number | string> = {};
  for (const name in rules) {
    const rule = rules[name];
    if (!rule) continue;
    const value = Object.hasOwn(given, name) && given[name] !== undefined ? given[name] : rule.default;
    if (value === undefined) return invalid(model, name, 'is missing');
    if (rule.kind === 'choice') {
      if (typeof value !== 'string' || !rule.choices.includes(value))
        return invalid(model, name, `must be one of ${rule.choices.join(', ')}`);
    } else if (typeof value !== 'number' || !Number.isFinite(value))
      return invalid(model, name, 'must be a number');
    else if (rule.whole && !Number.isInteger(value)) return invalid(model, name, 'must be a whole number');
    values[name] = value;
  }
  return { values };
}

function outsideRange({ minimum, maximum, openMinimum }: NumberInput, value: number): boolean {
  if (minimum !== undefined && (openMinimum ? value <= minimum : value < minimum)) return true;
  return maximum !== undefined && value > maximum;
}

function outsideOf(rules: InputRules, values: Values): Outside | undefined {
  for (const name in rules) {
    const rule = rules[name];
    const value = values[name];
    if (rule?.kind !== 'number' || typeof value !== 'number') continue;
    if (outsideRange(rule, value))
      return new Outside(name, value, rule.unit, rule, `${rule.what} is outside the range of this method`);
  }
  return undefined;
}

/** Arithmetic that ran out of numbers (0/0, overflow) is no result either. */
function finite<Found extends Numbers>(found: Found | Outside): Found | Outside {
  if (found instanceof Outside) return found;
  for (const name in found) {
    const value = found[name];
    if (!Number.isFinite(value))
      return new Outside(name, Number(value), '', {}, 'the formula has no finite value for these inputs');
  }
  return found;
}

/** An input that is a number. */
export function number<const Rule extends Omit<NumberInput, 'kind'>>(
  rule: Rule,
): Rule & { readonly kind: 'number' } {
  return { kind: 'number', ...rule };
}

/** An input that is one of some words. */
export function choice<const Choice extends string>(
  what: string,
  choices: readonly Choice[],
): ChoiceInput<Choice> {
  return { kind: 'choice', what, choices };
}

/** An output. */
export function output(unit: string, what: string): OutputRule {
  return { unit, what };
}
