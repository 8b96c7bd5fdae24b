/** What somebody typed is not a command that can be run. */
export class UsageError extends Error {}

export interface Words {
  /** Words without `=` and without `--`. */
  readonly plain: readonly string[];
  /** `name=value`, each in the order given. */
  readonly inputs: Readonly<Record<string, string>>;
  /** `--name value`, each in the order given. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly json: boolean;
}

/** Where the text goes, and where files come from: the command line itself reads and writes nothing else. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /**
   * The bytes of a file; `-` is standard input.
   * @throws Error of the system, with a code such as ENOENT
   */
  read?(file: string): Uint8Array;
  /** Milliseconds since 1970 UTC. */
  now?(): number;
}

/** A command gives its answer as data and as text, and whether it is an answer. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  /** false: errors found, cannot be assessed, outside range, invalid input. */
  readonly given: boolean;
}

export type Command = (words: Words, terminal: Terminal) => Answer;

/** `wind=64.8km/h` is an input; a path with `=` in it, such as `./run=1/a.csv`, has a slash before. */
const INPUT = /^[^=/]+=/;

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
    } else if (INPUT.test(word)) {
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

/** Refuses options that the command does not have: a mistyped one would be silently without effect. */
export function onlyOptions(words: Words, names: readonly string[]): void {
  for (const name of Object.keys(words.options))
    if (!names.includes(name)) throw new UsageError(`there is no option --${name}`);
}

export function numberOption(words: Words, name: string): number | undefined {
  const text = option(words, name);
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new UsageError(`--${name}: ${JSON.stringify(text)} is no number`);
  return value;
}

/** The bytes of a file, or a sentence that says why there are none. */
export function fileOf(terminal: Terminal, file: string): Uint8Array {
  if (terminal.read === undefined) throw new UsageError('no files can be read here');
  try {
    return terminal.read(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
