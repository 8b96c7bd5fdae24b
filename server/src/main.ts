import { parseArgs } from 'node:util';
import type { Command } from './commands/command.ts';
import { allCommands, findCommand } from './commands/index.ts';
import { describeError, errorCode, errorMessage } from './platform/index.ts';

/** The command line: `keng <command> [options]`. Exit codes: 0 done, 1 failed, 2 not understood. */
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help') {
    const wanted = rest[0] === undefined ? undefined : await findCommand(rest[0]);
    print(wanted ? commandHelp(wanted) : await overview());
    return 0;
  }
  const command = await findCommand(name);
  if (!command) {
    complain(`there is no command "${name}"\n\n${await overview()}`);
    return 2;
  }
  try {
    return await runCommand(command, rest);
  } catch (error) {
    if (errorCode(error)?.startsWith('ERR_PARSE_ARGS')) {
      complain(`${errorMessage(error)}\nTry "keng ${command.name} --help".`);
      return 2;
    }
    complain(describeError(error));
    return 1;
  }
}

async function runCommand(command: Command, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { ...command.options, help: { type: 'boolean', short: 'h' } },
    allowPositionals: command.positionals !== undefined,
    allowNegative: true,
  });
  if (values.help === true) {
    print(commandHelp(command));
    return 0;
  }
  return await command.run({ values, positionals, env: process.env, print });
}

async function overview(): Promise<string> {
  const commands = await allCommands();
  const width = Math.max(...commands.map((command) => command.name.length));
  const rows = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return ['Usage: keng <command> [options]', '', ...rows, '', '"keng <command> --help" tells more.'].join(
    '\n',
  );
}

function commandHelp(command: Command): string {
  const usage = ['Usage: keng', command.name, '[options]', command.positionals ?? ''].join(' ').trim();
  return [usage, '', command.summary, '', command.help?.() ?? optionList(command)].join('\n').trimEnd();
}

function optionList(command: Command): string {
  return Object.entries(command.options)
    .map(([name, option]) => `  --${name}${option.type === 'string' ? ' VALUE' : ''}`)
    .join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(text: string): void {
  process.stderr.write(`keng: ${text}\n`);
}
