import { demonstrationPassword, LOG_INS, loadDemonstration } from '../demonstration/index.ts';
import { loadSettings, serveHelp, serveOptions, setLogLevel, systemClock } from '../platform/index.ts';
import { serveCentre } from './centre-processes.ts';
import type { Command } from './command.ts';
import { runUntilStopped } from './run-until-stopped.ts';

/** The same seed gives the simulator the accounts and keys that were registered. */
export const DEMONSTRATION = { seed: 114, facilities: 3_000, provinces: ['01', '79'] } as const;

export const command: Command = {
  name: 'demonstration',
  summary: 'serve, with synthetic data (npm start adds simulated panels)',
  options: {
    ...serveOptions,
    facilities: { type: 'string' },
    seed: { type: 'string' },
  },
  help: serveHelp,
  async run(context) {
    const settings = loadSettings({ flags: context.values, env: context.env });
    setLogLevel(settings.logLevel);
    const number = (name: 'facilities' | 'seed'): number => {
      const given = context.values[name];
      return typeof given === 'string' && /^\d{1,7}$/.test(given) ? Number(given) : DEMONSTRATION[name];
    };
    const password = demonstrationPassword(settings.dataFolder);
    const centre = await serveCentre({
      settings,
      env: context.env,
      progress: context.print,
      prepare: ({ address }, secrets) =>
        loadDemonstration({
          address,
          secrets,
          clock: systemClock,
          password,
          seed: number('seed'),
          facilities: number('facilities'),
          provinces: DEMONSTRATION.provinces,
          progress: context.print,
        }),
    });
    const url = settings.publicUrl ?? `http://${centre.listening.http}`;
    context.print('');
    context.print(
      `Keng runs at ${url}  (synthetic data; DC-09 at ${centre.listening.dc09Tcp ?? 'off'} TCP, ${centre.listening.dc09Udp ?? 'off'} UDP, Device API at ${centre.listening.deviceApi ?? 'off'}, MQTT at ${centre.listening.mqttTcp ?? 'off'}; GB/T 26875.3 at ${centre.listening.gb26875Tcp ?? 'off'})`,
    );
    context.print(`log in with the password ${password} as`);
    for (const { login, page, what } of LOG_INS)
      context.print(`  ${login.padEnd(12)} ${page.padEnd(15)} ${what}`);
    // The simulator that started this process waits for it.
    process.send?.({ type: 'ready', listening: centre.listening });
    return await runUntilStopped(centre, context.print);
  },
};
