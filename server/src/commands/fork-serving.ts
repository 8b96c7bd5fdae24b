import { type ChildProcess, spawn } from 'node:child_process';
import cluster from 'node:cluster';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PlatformError, type Settings } from '../platform/index.ts';

const own = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Where new processes come from: the folder that KENG_PROGRAM names, e.g. a link that an upgrade points to the next version; else this
 * very program. Asked at each start, so a process that is replaced is of the version that is there then.
 */
function programFolder(): string {
  return process.env.KENG_PROGRAM ?? own;
}

function loader(folder: string): string {
  // The loader is named by its own address: a name would be looked up from the folder the user stands in.
  return pathToFileURL(createRequire(path.join(folder, 'package.json')).resolve('tsx')).href;
}

/**
 * Room for what lives for one batch only, in megabytes. With what Node gives (1 growing to 16), entries and states of a batch outlive
 * a collection and are copied twice before they are let go: a fifth of the consumers' time in a storm.
 */
const YOUNG_SPACE = ['--min-semi-space-size=16', '--max-semi-space-size=64'];

/**
 * A child of `keng serve`. As a worker of `cluster` it asks the parent for its listening sockets, so that a second one that is to take
 * its place can hear the same ones beside it: Node 20 has no SO_REUSEPORT. Each accepts by itself; nothing passes through the parent.
 */
export function forkServing(): ChildProcess {
  const folder = programFolder();
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({
    exec: path.join(folder, 'server/src/commands/serve-child.ts'),
    args: [],
    execArgv: [...YOUNG_SPACE, '--import', loader(folder)],
  });
  return cluster.fork().process;
}

/** Brings the database up to the program that is on disk now, which may be newer than this one. */
export async function migrateAsOnDisk(
  settings: Pick<Settings, 'dataFolder' | 'databaseUrl'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const folder = programFolder();
  const program = path.join(folder, 'server/src/main.ts');
  const args = ['--import', loader(folder), program, 'migrate', '--data', settings.dataFolder];
  const child = spawn(process.execPath, args, {
    env: { ...env, ...(settings.databaseUrl === null ? {} : { DATABASE_URL: settings.databaseUrl }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said = `${said}${text}`.slice(-2_000);
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code === 0) return;
  throw new PlatformError(
    'reload-failed',
    `the database could not be brought up to the new program: ${said.trim()}`,
    'every process goes on as it was; correct what it says, or put the old program back',
  );
}
