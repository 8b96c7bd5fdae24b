import { loadSettings, serveHelp, serveOptions, setLogLevel } from '../platform/index.ts';
import { serveCentre } from './centre-processes.ts';
import type { Command } from './command.ts';
import { runUntilStopped } from './run-until-stopped.ts';

export const command: Command = {
  name: 'demonstration',
  summary: 'serve, with synthetic data (npm start)',
  options: serveOptions,
  help: serveHelp,
  async run(context) {
    const settings = loadSettings({ flags: context.values, env: context.env });
    setLogLevel(settings.logLevel);
    const centre = await serveCentre({ settings, env: context.env, progress: context.print });
    for (const [name, address] of Object.entries(centre.listening)) context.print(`  ${name}  ${address}`);
    context.print('Ctrl-C stops it');
    return await runUntilStopped(centre, context.print);
  },
};
