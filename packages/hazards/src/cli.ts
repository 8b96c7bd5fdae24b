import { bulletinsCommand } from './cli/bulletins-command.ts';
import type { Countries } from './cli/countries.ts';
import { indexCommand, indexHelp } from './cli/index-command.ts';
import { levelCommand } from './cli/level-command.ts';
import { readCommand } from './cli/read-command.ts';
import { rulesCommand } from './cli/rules-command.ts';
import { type Answer, type Command, readWords, type Terminal, UsageError, type Words } from './cli/words.ts';
import { ReadError } from './readers/index.ts';

export type { Countries, Country } from './cli/countries.ts';
export type { Answer, Command, Terminal } from './cli/words.ts';

const commands: Readonly<Record<string, Command>> = {
  read: readCommand,
};

/** Commands that ask the rules and tables of a country. */
const ofCountries: Readonly<
  Record<string, (words: Words, countries: Countries, terminal: Terminal) => Answer>
> = {
  index: indexCommand,
  level: levelCommand,
  rules: rulesCommand,
  bulletins: bulletinsCommand,
};

export const help = `hazards COMMAND [words ...] [--option value ...] [--json]

  level --hazard HAZARD name=value ... [--driver forecast] [--choice CHOICE=ALTERNATIVE]
                            the level with article, inputs and the choices it rests on, or what is needed;
                            a value may bring its unit: wind=12, maximum=104degF
  rules [--hazard HAZARD]   the hazards of the country; the rules, inputs and choices of one
  bulletins --time INSTANT name=value ... [--issued BULLETIN@INSTANT]
                            the bulletins that the law expects in a situation, when next, to whom
  bulletins --level LEVEL   who commands
        --country CODE      where more than one is installed
        --language CODE     of the names, en without it

  read auto FILE...         what a file of a feed says, and every deviation by rule and place; several
                            files are successive readings, and what is new, revised, late, cancelled
                            or absurd between them is said
  read READER FILE...       the same with a reader by name: usgs, shakemap, quakeml, gdacs, firms,
                            ibtracs, jma, jtwc, noaa, usgs-water-json, usgs-water-rdb, station
        --datum NAME        of heights whose source does not say it
        --units UNITS       metric or english, where the source does not say it
        --offset-minutes N  east of Greenwich, for times without a zone
        --clock TIME        what is later than this has not come yet
        --show NUMBER       records to print
  read template             the station form, to be filled in

  index                     every index and model, with its source
  index ID                  one of them: ranges, units, check
${indexHelp}

FILE "-" is standard input.
Exit: 0 an answer, 1 errors or rows left out, cannot be assessed or outside range, 2 wrong usage or
it cannot be read at all.
`;

/** Runs one command. Returns the exit code. Never throws for anything in `args` or in a file. */
export function main(args: readonly string[], terminal: Terminal, countries: Countries = {}): number {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    terminal.out(help);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const ofCountry = Object.hasOwn(ofCountries, name) ? ofCountries[name] : undefined;
  if (!command && !ofCountry) {
    terminal.error(`unknown command ${name}\n\n${help}`);
    return 2;
  }
  try {
    const words = readWords(rest);
    const answer = command?.(words, terminal) ?? ofCountry?.(words, countries, terminal);
    if (!answer) return 2;
    terminal.out(words.json ? `${JSON.stringify(answer.json, null, 2)}\n` : `${answer.text}\n`);
    return answer.given ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ReadError)) throw error;
    terminal.error(`hazards: ${error.message}${error instanceof ReadError ? ` [${error.code}]` : ''}\n`);
    return 2;
  }
}
