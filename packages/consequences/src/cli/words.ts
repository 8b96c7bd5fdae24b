import type { AnyModel } from '../model.ts';
import { modelOf, models } from '../models/index.ts';
import type { Values } from '../outcome.ts';

/** What somebody typed is not a command that can be run. */
export class UsageError extends Error {}

export interface Words {
  /** Words without `=` and without `--`. */
  readonly plain: readonly string[];
  /** `name=value`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** `--name value`, each in the order given. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly json: boolean;
}

/** Takes a command line apart. */
export function readWords(args: readonly string[]): Words {
  const plain: string[] = [];
  const inputs: Record<string, string> = Object.create(null);
  const options: Record<string, string[]> = Object.create(null);
  let json = false;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--json') json = true;
    else if (word.startsWith('--')) {
      at += 1;
      const value = args[at];
      if (value === undefined) throw new UsageError(`${word} wants a value`);
      options[word.slice(2)] = [...(options[word.slice(2)] ?? []), value];
    } else if (word.includes('=')) {
      const cut = word.indexOf('=');
      inputs[word.slice(0, cut)] = word.slice(cut + 1);
    } else plain.push(word);
  }
  return { plain, inputs, options, json };
}

/** The one value of an option. */
export function option(words: Words, name: string): string | undefined {
  const values = words.options[name];
  if (values && values.length > 1) throw new UsageError(`--${name} is given twice`);
  return values?.[0];
}

export function needed(words: Words, name: string): string {
  const value = option(words, name);
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

export function numberOf(text: string, what: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new UsageError(`${what}: ${JSON.stringify(text)} is no number`);
  return value;
}

/** The model that the first plain word names. */
export function modelNamed(id: string | undefined): AnyModel {
  if (id === undefined) throw new UsageError('which model? `consequences models` lists them');
  const model = modelOf(id);
  if (model) return model;
  const near = models.filter((one) => one.id.includes(id)).map((one) => one.id);
  throw new UsageError(`unknown model ${id}${near.length > 0 ? `; did you mean ${near.join(', ')}?` : ''}`);
}

/** The typed inputs of a model: numbers where it wants numbers. Unknown names stay, so that the model names them. */
export function inputsOf(model: AnyModel, given: Readonly<Record<string, string>>): Values {
  const values: Record<string, number | string> = {};
  for (const [name, text] of Object.entries(given))
    values[name] =
      Object.hasOwn(model.inputs, name) && model.inputs[name]?.kind === 'number'
        ? numberOf(text, name)
        : text;
  return values;
}

/** Four significant digits, and no more zeros than needed. */
export function shown(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-3 ? value.toExponential(3) : String(Number(value.toPrecision(4)));
}

/** A number with its unit; a share has none. */
export function withUnit(value: number, unit: string): string {
  return unit === '1' || unit === '' ? shown(value) : `${shown(value)} ${unit}`;
}
