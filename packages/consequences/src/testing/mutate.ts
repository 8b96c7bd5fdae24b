import process from 'node:process';
import { constants, mutate } from './mutation.ts';
import { referencePresent } from './reference.ts';

/** `npm run mutate -w @keng/consequences`: every constant changed by 1 per cent, up and down. */
if (!referencePresent)
  process.stderr.write('shared/data/consequences is not there: only the examples check.\n');
const started = Date.now();
const report = mutate(constants(), 0.01);
process.stdout.write(
  `${report.caught} of ${report.constants} constants caught (${((100 * report.caught) / report.constants).toFixed(1)} %) in ${((Date.now() - started) / 1000).toFixed(0)} s\n`,
);
for (const path of report.missed) process.stdout.write(`missed: ${path}\n`);
process.exitCode = report.caught >= 0.95 * report.constants ? 0 : 1;
