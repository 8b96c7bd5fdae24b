import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Logger, Settings } from '../platform/index.ts';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));
/** Behind everything that serves: it may take as long as it wants. */
const priority = 15;

export interface ApartOptions {
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
}

/** Runs a command of this program in a process of its own, on the database of this centre; resolves to null, or to what went wrong. */
export async function runApart(
  { settings, env, log }: ApartOptions,
  args: readonly string[],
  started: (child: ChildProcess) => void,
): Promise<string | null> {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, ...args], {
    // By environment: a URL may hold a password, and arguments are visible to everybody on the machine.
    env: { ...env, ...(settings.databaseUrl === null ? {} : { DATABASE_URL: settings.databaseUrl }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  started(child);
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said = `${said}${text}`.slice(-500);
  });
  try {
    if (child.pid !== undefined) os.setPriority(child.pid, priority);
  } catch (error) {
    log.warn({ err: error }, `${args[0]} could not be put behind the rest`);
  }
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(code === 0 ? null : said.trim() || `ended with ${signal ?? `code ${code}`}`),
    );
  });
}
