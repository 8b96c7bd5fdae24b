import process from 'node:process';
import type { Bench, BenchContext, BenchRow } from './bench.ts';
import { fleetBench } from './fleet/fleet-bench.ts';
import { growthBench } from './growth/growth-bench.ts';
import { registerBench } from './growth/register-bench.ts';
import { dc09Bench } from './intake/dc09-bench.ts';
import { deviceApiBench } from './intake/device-api-bench.ts';
import { gb26875Bench } from './intake/gb26875-bench.ts';
import { mqttBench } from './intake/mqtt-bench.ts';
import { killBench } from './kill-bench.ts';
import { capBench } from './packages/cap-bench.ts';
import { consequencesBench } from './packages/consequences-bench.ts';
import { hazardReadersBench } from './packages/hazard-readers-bench.ts';
import { hazardsBench } from './packages/hazards-bench.ts';
import { deskBench } from './screen/desk-bench.ts';
import { screenBench } from './screen/screen-bench.ts';
import { stormBench } from './storm/storm-bench.ts';
import { heartbeatsBench } from './supervision/heartbeats-bench.ts';

/** Every bench there is. A new one is a file and a line here. */
const BENCHES: readonly Bench[] = [
  dc09Bench,
  gb26875Bench,
  deviceApiBench,
  mqttBench,
  heartbeatsBench,
  fleetBench,
  killBench,
  screenBench,
  stormBench,
  deskBench,
  growthBench,
  registerBench,
  capBench,
  consequencesBench,
  hazardsBench,
  hazardReadersBench,
];

const HELP = [
  'usage: npm run bench -- NAME [--json] [--seconds 3] [--rounds 3] [--OPTION VALUE]',
  ...BENCHES.flatMap((one) => [
    `  ${one.name.padEnd(12)} ${one.title}`,
    ...Object.entries(one.options ?? {}).map(
      ([name, what]) => `${' '.repeat(15)}--${name.padEnd(10)} ${what}`,
    ),
  ]),
].join('\n');

const WIDTHS = [46, 12, 10, 12, 8, 16, 6] as const;

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[index] ?? 8)))
    .join(' ');
}

function number(value: number | null): string {
  if (value === null) return '';
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(2);
}

function tableLine(row: BenchRow): string {
  const holds = row.holds === null ? '' : row.holds ? 'yes' : 'NO';
  return line([
    row.row,
    number(row.value),
    row.unit,
    number(row.beside),
    number(row.ratio),
    row.must ?? '',
    holds,
  ]);
}

async function main(args: readonly string[]): Promise<number> {
  const options: Record<string, string> = {};
  const names: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('--')) names.push(arg);
    else if (arg === '--help') {
      process.stdout.write(`${HELP}\n`);
      return 0;
    } else if (arg === '--json') options.json = 'yes';
    else {
      at += 1;
      options[arg.slice(2)] = args[at] ?? '';
    }
  }
  const bench = BENCHES.find((one) => one.name === names[0]);
  if (!bench || names.length !== 1) {
    process.stderr.write(`${HELP}\n`);
    return 2;
  }
  const rows: BenchRow[] = [];
  const json = options.json === 'yes';
  if (!json)
    process.stdout.write(
      `${bench.title}\n${line(['row', 'value', 'unit', 'beside', 'ratio', 'must', 'holds'])}\n`,
    );
  const context: BenchContext = {
    seconds: Number(options.seconds ?? 3),
    rounds: Number(options.rounds ?? 3),
    options,
    say: (text) => process.stderr.write(`  ${text}\n`),
    row: (row) => {
      const whole = { bench: bench.name, ...row };
      rows.push(whole);
      process.stdout.write(`${json ? JSON.stringify(whole) : tableLine(whole)}\n`);
    },
  };
  await bench.run(context);
  return rows.some((row) => row.holds === false) ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
