import { commands } from './commands/index.ts';

const [name, ...args] = process.argv.slice(2);
const command = commands.find((one) => one.name === name);
if (command) {
  process.exitCode = await command.run(args);
} else {
  process.stdout.write('npm run simulate -- COMMAND [options]   (COMMAND --help tells more)\n\n');
  for (const one of commands) process.stdout.write(`  ${one.name.padEnd(18)} ${one.summary}\n`);
  process.exitCode = name === undefined || name === '--help' || name === 'help' ? 0 : 2;
}
