import { parseArgs } from 'node:util';
import { print, type SimulatorCommand, wholeNumber } from './command.ts';
import { FLEET_HELP, FLEET_OPTIONS, openFleet } from './fleet-options.ts';

export const storm: SimulatorCommand = {
  name: 'storm',
  summary:
    'one province in a bad night: thousands of alarms in a minute, then an account of what was acknowledged',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...FLEET_OPTIONS,
        panels: { type: 'string', default: '1000' },
        province: { type: 'string', default: '01' },
        alarms: { type: 'string', default: '3000' },
        seconds: { type: 'string', default: '60' },
      },
      strict: true,
    });
    if (values.help) {
      print(
        `npm run simulate -- storm [options]\n\n  --province CODE        where (01)\n  --alarms N             how many (3000)\n  --seconds N            in how long (60)\n${FLEET_HELP}`,
      );
      return 0;
    }
    const alarms = wholeNumber('alarms', values.alarms, 1, 10_000_000);
    const seconds = wholeNumber('seconds', values.seconds, 1, 86_400);
    const { fleet, ledger } = openFleet(values, values.province);
    const started = Date.now();
    await fleet.storm(alarms, alarms / seconds, (sent) => print(`${sent} of ${alarms} sent`));
    const { sent, acknowledged } = fleet.counts;
    fleet.stop();
    await ledger?.close();
    print(`${sent} sent, ${acknowledged} acknowledged in ${((Date.now() - started) / 1_000).toFixed(1)} s`);
    return sent === acknowledged ? 0 : 1;
  },
};
