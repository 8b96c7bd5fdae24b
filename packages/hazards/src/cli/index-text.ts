import { indexMethods } from '../indices/index.ts';
import {
  type HazardMethod,
  type MethodOutcome,
  type MethodQuantity,
  type MethodRefusal,
  physicsMethods,
} from '../physics/index.ts';
import { type Answer, UsageError } from './words.ts';

export const allMethods: readonly HazardMethod[] = [...indexMethods, ...physicsMethods];

/** Bounds as a person reads them. */
export function boundsText({
  minimum,
  maximum,
  openMinimum,
}: Pick<MethodQuantity, 'minimum' | 'maximum' | 'openMinimum'>): string {
  const from = minimum === undefined ? undefined : `${openMinimum ? 'over' : 'from'} ${minimum}`;
  const to = maximum === undefined ? undefined : `to ${maximum}`;
  return [from, to].filter((part) => part !== undefined).join(' ') || 'any';
}

function unitText(unit: string): string {
  return unit === '1' ? '' : ` ${unit}`;
}

/** A refusal in one line. */
export function refusalText(refusal: MethodRefusal): string {
  const place = refusal.at === undefined ? '' : ` (${refusal.at})`;
  const head = `${refusal.method}${place}:`;
  if (refusal.kind === 'missing-input')
    return `${head} CANNOT BE GIVEN, needs ${refusal.quantity}: ${refusal.why}`;
  if (refusal.kind === 'invalid-input')
    return `${head} ${refusal.quantity} [${refusal.code}]: ${refusal.why}`;
  const bounds = boundsText({
    ...(refusal.minimum !== null && { minimum: refusal.minimum }),
    ...(refusal.maximum !== null && { maximum: refusal.maximum }),
  });
  return `${head} OUTSIDE RANGE: ${refusal.quantity} = ${refusal.value}${unitText(refusal.unit)}, valid: ${bounds}. ${refusal.why}`;
}

/** An outcome as an answer of the command line; warnings follow the value. */
export function answerOf<Value>(outcome: MethodOutcome<Value>, text: (value: Value) => string): Answer {
  if (outcome.kind !== 'result') return { json: outcome, text: refusalText(outcome), given: false };
  const warnings = outcome.warnings.map(({ text: said }) => `\n! ${said}`).join('');
  return { json: outcome, text: `${text(outcome.value)}\n[${outcome.method}]${warnings}`, given: true };
}

/** Four significant digits. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A number that somebody typed. */
export function typedNumber(text: string | undefined, name: string): number {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    throw new UsageError(
      text === undefined ? `${name}= is missing` : `${name}: ${JSON.stringify(text)} is no number`,
    );
  return value;
}

/** One of some words that somebody typed. */
export function typedChoice<const Choice extends string>(
  text: string | undefined,
  name: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((one) => one === text);
  if (found === undefined) throw new UsageError(`${name} must be one of ${choices.join(', ')}`);
  return found;
}

/** Every index and model, a line each. */
export function methodsText(): string {
  const width = Math.max(...allMethods.map(({ id }) => id.length));
  return allMethods.map(({ id, title }) => `${id.padEnd(width)}  ${title}`).join('\n');
}

/** One method with its source, check and ranges. */
export function methodText({ id, title, source, check, range, quantities }: HazardMethod): string {
  return [
    `${id}: ${title}`,
    `source: ${source}`,
    `check: ${check}`,
    ...(range === undefined ? [] : [`range: ${range}`]),
    'inputs',
    ...Object.entries(quantities).map(
      ([name, rule]) => `  ${name}: ${rule.what} (${boundsText(rule)}${unitText(rule.unit)})`,
    ),
  ].join('\n');
}
