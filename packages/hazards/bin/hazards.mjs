#!/usr/bin/env node
// The sources are TypeScript and run as they are; tsx stands in the workspace.
import fs from 'node:fs';
import process from 'node:process';
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/cli.ts');
process.exitCode = main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  read: (file) => fs.readFileSync(file === '-' ? 0 : file),
  now: () => Date.now(),
});
