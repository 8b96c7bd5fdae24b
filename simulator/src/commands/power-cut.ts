import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { print, type SimulatorCommand, wholeNumber } from './command.ts';
import { FLEET_HELP, FLEET_OPTIONS, openFleet } from './fleet-options.ts';

export const powerCut: SimulatorCommand = {
  name: 'power-cut',
  summary: 'the power of a province is cut: all its panels fall silent at once, and come back at once',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...FLEET_OPTIONS,
        panels: { type: 'string', default: '1000' },
        province: { type: 'string', default: '01' },
        before: { type: 'string', default: '120' },
        seconds: { type: 'string', default: '900' },
        after: { type: 'string', default: '120' },
      },
      strict: true,
    });
    if (values.help) {
      print(
        `npm run simulate -- power-cut [options]\n\n  --province CODE        where (01)\n  --before N             seconds of quiet first (120)\n  --seconds N            how long it is dark (900: all reporting times of the demonstration run out)\n  --after N              seconds to go on (120)\n${FLEET_HELP}`,
      );
      return 0;
    }
    const before = wholeNumber('before', values.before, 0, 86_400);
    const seconds = wholeNumber('seconds', values.seconds, 1, 86_400);
    const after = wholeNumber('after', values.after, 0, 86_400);
    const { fleet, ledger } = openFleet(values, values.province);
    fleet.start();
    await pause(before * 1_000);
    fleet.cutPower();
    print(`${fleet.counts.panels} panels are dark`);
    await pause(seconds * 1_000);
    await fleet.restorePower();
    print(`${fleet.counts.panels} panels are back`);
    await pause(after * 1_000);
    fleet.stop();
    await ledger?.close();
    return 0;
  },
};
