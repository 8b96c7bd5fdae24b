import { parseArgs } from 'node:util';
import { interrupted, print, type SimulatorCommand } from './command.ts';
import { FLEET_HELP, FLEET_OPTIONS, openFleet } from './fleet-options.ts';

const REPORT_MS = 10_000;

export const panels: SimulatorCommand = {
  name: 'panels',
  summary: 'panels of synthetic facilities: heartbeats, daily tests, faults, alarms by hour of day',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: FLEET_OPTIONS, strict: true });
    if (values.help) {
      print(`npm run simulate -- panels [options]\n\n${FLEET_HELP}`);
      return 0;
    }
    const { fleet, ledger } = openFleet(values);
    fleet.start();
    const report = setInterval(() => {
      const { panels: count, sent, acknowledged, alarms, dutyChecks, dutyAnswers } = fleet.counts;
      const duty = dutyChecks === 0 ? '' : `, ${dutyAnswers} of ${dutyChecks} duty checks answered`;
      print(`${count} panels: ${sent} sent, ${acknowledged} acknowledged, ${alarms} alarms${duty}`);
    }, REPORT_MS);
    await interrupted();
    clearInterval(report);
    fleet.stop();
    await ledger?.close();
    return 0;
  },
};
