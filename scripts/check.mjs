// npm run check: types, lint, dependency rules, unused exports, translations. All steps run; one failure fails the whole.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstall, root } from './ensure-install.mjs';

ensureInstall();

const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const steps = [
  { name: 'types', program: bin('tsc'), args: ['--noEmit', '-p', 'tsconfig.json'] },
  {
    name: 'types of the console',
    program: bin('tsc'),
    args: ['--noEmit', '-p', 'console/tsconfig.json'],
    needs: 'console/index.html',
  },
  { name: 'lint and format', program: bin('biome'), args: ['check', '--error-on-warnings', '.'] },
  {
    name: 'dependency rules',
    program: process.execPath,
    args: ['--import', 'tsx', 'scripts/check-dependencies.ts'],
  },
  {
    name: 'exports that nobody imports',
    program: process.execPath,
    args: ['--import', 'tsx', 'scripts/check-exports.ts'],
  },
  {
    name: 'translations',
    program: process.execPath,
    args: ['--import', 'tsx', 'scripts/check-translations.ts'],
  },
];

let failed = 0;
for (const step of steps) {
  if (step.needs !== undefined && !fs.existsSync(path.join(root, step.needs))) {
    console.log(`- ${step.name}: skipped, there is no ${step.needs}`);
    continue;
  }
  const started = performance.now();
  const result = spawnSync(step.program, step.args, { cwd: root, stdio: 'inherit' });
  const good = result.status === 0;
  if (!good) failed += 1;
  const why = result.error ? ` (${result.error.message})` : '';
  console.log(
    `${good ? '✓' : '✗'} ${step.name}, ${((performance.now() - started) / 1000).toFixed(1)} s${why}`,
  );
}
console.log(failed === 0 ? 'all checks passed' : `${failed} of ${steps.length} checks failed`);
process.exitCode = failed === 0 ? 0 : 1;
