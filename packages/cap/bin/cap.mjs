#!/usr/bin/env node
// The sources are TypeScript and run as they are; tsx stands in the workspace.
import process from 'node:process';
import { register } from 'tsx/esm/api';

register();
const { runCli } = await import('../src/cli.ts');
const { out, error, code } = runCli(process.argv.slice(2));
process.stdout.write(out);
process.stderr.write(error);
process.exitCode = code;
