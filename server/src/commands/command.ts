import type { ParseArgsConfig } from 'node:util';

/** One word after `keng`. A new command is a file that exports `command`, and a line of the same name in index.ts. */
export interface Command {
  readonly name: string;
  /** One line for `keng help`. */
  readonly summary: string;
  /** What follows the name besides options, e.g. `<what> <file>`. */
  readonly positionals?: string;
  /** The options of node:util parseArgs; `--help` is added to every command. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Text of `keng <name> --help` below the usage line. */
  readonly help?: () => string;
  /** Resolves to the exit code. Errors are thrown; the frame prints them. */
  readonly run: (context: CommandContext) => Promise<number>;
}

export interface CommandContext {
  readonly values: Readonly<Record<string, CommandValue>>;
  readonly positionals: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A line for the user, on standard output. */
  readonly print: (line: string) => void;
}

export type CommandValue = string | boolean | (string | boolean)[] | undefined;
