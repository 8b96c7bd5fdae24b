#!/usr/bin/env node
// The sources are TypeScript and run as they are; tsx stands in the workspace.
import fs from 'node:fs';
import process from 'node:process';
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/cli.ts');
const countries = {};
try {
  // The package knows no country: those that are installed beside it are handed in.
  const vietNam = await import('@keng/country-vn/hazards');
  countries.vn = {
    rules: vietNam.vietNamHazards,
    bulletins: vietNam.vietNamBulletins,
    fireClasses: vietNam.vietNamFireClasses,
    rainLimits: vietNam.vietNamRainLimits,
    windScale: vietNam.vietNamWindScale,
  };
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes('@keng/country-vn')) throw error;
}
process.exitCode = main(
  process.argv.slice(2),
  {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    read: (file) => fs.readFileSync(file === '-' ? 0 : file),
    now: () => Date.now(),
  },
  countries,
);
