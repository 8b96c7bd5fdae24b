// npm test: installs what is missing (the browser too), builds the console, runs every test, and closes with one line that counts.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureConsole, ensureInstall, root } from './ensure-install.mjs';

ensureInstall();
ensureConsole();
ensureBrowser();
process.exitCode = await runTests(process.argv.slice(2));

function ensureBrowser() {
  const result = spawnSync(process.execPath, ['--import', 'tsx', 'e2e/browser.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (result.status === 0) {
    console.log(`Browser: ${result.stdout.trim()}`);
    return;
  }
  // The browser tests will fail and say so; the others are worth running.
  console.error(`No browser for the tests: ${result.stderr.trim()}`);
}

async function runTests(args) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-report-'));
  const report = path.join(folder, 'report.json');
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  // The terminal tells vitest too; it ends and so do we.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const code = await new Promise((resolve) =>
    child.once('exit', (status, signal) => resolve(signal ? 1 : status)),
  );
  const counts = count(report, code);
  fs.rmSync(folder, { recursive: true, force: true });
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  return counts.failed > 0 ? 1 : code;
}

/** A file that could not be loaded, an error outside any test, or a crash of the runner counts as one failure. */
function count(report, code) {
  const found = { passed: 0, failed: 0, skipped: 0 };
  if (fs.existsSync(report)) {
    const result = JSON.parse(fs.readFileSync(report, 'utf8'));
    found.passed = result.numPassedTests;
    found.failed = result.numFailedTests;
    found.skipped = result.numPendingTests + result.numTodoTests;
    for (const file of result.testResults) {
      const failedInside = file.assertionResults.some((test) => test.status === 'failed');
      if (file.status === 'failed' && !failedInside) found.failed += 1;
    }
  }
  if (code !== 0 && found.failed === 0) found.failed = 1;
  return found;
}
