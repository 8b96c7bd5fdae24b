import process from 'node:process';
import { constants, mutate } from './mutation.ts';

/** `npx tsx packages/hazards/src/indices/testing/mutate.ts`: every constant changed by 1 per cent, up and down. */
const report = mutate(constants(), 0.01);
process.stdout.write(`${report.caught} of ${report.constants} constants caught\n`);
for (const path of report.missed) process.stdout.write(`missed: ${path}\n`);
process.exitCode = report.caught >= 0.95 * report.constants ? 0 : 1;
