import { compareCommand } from './cli/compare-command.ts';
import { contourCommand, distanceCommand } from './cli/contour-command.ts';
import {
  modelCommand,
  modelsCommand,
  runCommand,
  substancesCommand,
  thresholdsCommand,
} from './cli/model-commands.ts';
import { readWords, UsageError, type Words } from './cli/words.ts';

/** Where the text goes: the command line itself reads and writes nothing else. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
}

/** A command gives its answer as data and as text, and whether it is an answer. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  /** false: outside range, not reached, invalid input. */
  readonly given: boolean;
}

const commands: Readonly<Record<string, (words: Words) => Answer>> = {
  models: modelsCommand,
  model: modelCommand,
  run: runCommand,
  distance: distanceCommand,
  contour: contourCommand,
  compare: compareCommand,
  substances: substancesCommand,
  thresholds: thresholdsCommand,
};

export const help = `consequences COMMAND [name=value ...] [--option value ...] [--json]

  models [--pack PACK]                 every model with its pack and edition
  model ID                             inputs, units, ranges, source, check, examples
  run ID name=value ...                one result
  distance ID name=value ... --output NAME --level NUMBER
                                       how far an effect reaches
  contour ID name=value ... --output NAME --level NUMBER[,NUMBER] --at LON,LAT
          [--wind-from DEGREES] [--directions 360]
                                       zones; with --json a GeoJSON FeatureCollection
  compare --level NUMBER --method 'ID output=NAME name=value ...' --method '...'
                                       methods side by side, with their spread
  substances [ID or UN number]         properties and their source
  thresholds                           levels of harm and their source

Exit: 0 an answer, 1 outside the range of the method or not reached, 2 wrong usage.
`;

/** Runs one command. Returns the exit code. Never throws for anything in `args`. */
export function main(args: readonly string[], terminal: Terminal): number {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    terminal.out(help);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    terminal.error(`unknown command ${name}\n\n${help}`);
    return 2;
  }
  try {
    const words = readWords(rest);
    const answer = command(words);
    terminal.out(words.json ? `${JSON.stringify(answer.json, null, 2)}\n` : `${answer.text}\n`);
    return answer.given ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.error(`${error.message}\n`);
    return 2;
  }
}
