// Plain JavaScript without dependencies: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 19];

/** Ends the program with a plain sentence where Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  console.error(
    `Keng needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node} (${process.execPath}).`,
  );
  console.error("Install a newer Node (nodejs.org, or your system's package manager) and start again.");
  process.exit(1);
}

/** Runs `npm ci` unless what is installed is what the lock file says. */
export function ensureInstall() {
  checkNode();
  const why = installNeeded();
  if (why === undefined) return;
  console.log(`Installing packages (${why}); this takes a minute or two ...`);
  runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], 'the packages could not be installed');
}

/** Compares contents and not times: a checkout touches the lock file without changing it. */
export function installNeeded(folder = root) {
  const installed = readJson(path.join(folder, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return 'nothing is installed yet';
  const wanted = readJson(path.join(folder, 'package-lock.json'));
  if (wanted === undefined) return undefined;
  for (const [name, entry] of Object.entries(wanted.packages)) {
    // Optional ones are for other machines; a folder of the workspace is not installed but linked.
    if (!name.includes('node_modules/') || entry.optional || entry.devOptional || entry.peer) continue;
    const found = installed.packages[name];
    const short = name.replace(/^node_modules\//, '');
    if (found === undefined || !fs.existsSync(path.join(folder, name))) return `${short} is missing`;
    if (!entry.link && found.version !== entry.version) return `${short} is not at ${entry.version}`;
  }
  return undefined;
}

/** Builds the console when a source is newer than what was built. */
export function ensureConsole() {
  const index = path.join(root, 'console', 'index.html');
  if (!fs.existsSync(index)) return;
  const built = path.join(root, 'console', 'dist', 'index.html');
  const sources = [
    'console/src',
    'console/public',
    'console/index.html',
    'console/vite.config.ts',
    'packages/model/src',
    'countries',
  ];
  if (
    fs.existsSync(built) &&
    newest(sources.map((name) => path.join(root, name))) < fs.statSync(built).mtimeMs
  )
    return;
  console.log('Building the console ...');
  runNpm(['run', 'build', '--silent'], 'the console could not be built');
}

function newest(paths) {
  let latest = 0;
  for (const at of paths) {
    if (!fs.existsSync(at)) continue;
    const stat = fs.statSync(at);
    if (!stat.isDirectory()) latest = Math.max(latest, stat.mtimeMs);
    else if (!['node_modules', 'dist'].includes(path.basename(at))) {
      latest = Math.max(latest, newest(fs.readdirSync(at).map((name) => path.join(at, name))));
    }
  }
  return latest;
}

function runNpm(args, failure) {
  const { program, first } = npmCommand();
  const cache = ownCache();
  const env = cache === undefined ? process.env : { ...process.env, npm_config_cache: cache };
  const result = spawnSync(program, [...first, ...args], { cwd: root, stdio: 'inherit', env });
  if (cache !== undefined) fs.rmSync(cache, { recursive: true, force: true });
  if (result.status === 0) return;
  const why = result.error ? `: ${result.error.message}` : '';
  console.error(`Keng: ${failure}${why} (npm ${args.join(' ')}).`);
  console.error('What to do: read the lines above; check the network and that this folder can be written.');
  process.exit(1);
}

/** The npm that started this script, else the one beside this Node, else whatever the path has. */
function npmCommand() {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return { program: process.execPath, first: [cli] };
  return { program: process.platform === 'win32' ? 'npm.cmd' : 'npm', first: [] };
}

/** npm wants to write below the home folder; where that is read-only, a folder for this run serves. */
function ownCache() {
  const cache = process.env.npm_config_cache ?? path.join(os.homedir(), '.npm');
  try {
    fs.mkdirSync(cache, { recursive: true });
    fs.accessSync(cache, fs.constants.W_OK);
    return undefined;
  } catch {
    return fs.mkdtempSync(path.join(os.tmpdir(), 'keng-npm-'));
  }
}

function readJson(file) {
  if (!fs.existsSync(file)) return undefined;
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

/** Runs a TypeScript file in this process, with the arguments as its own: signals need no passing on. */
export async function runTypeScript(file, args) {
  const { register } = await import('tsx/esm/api');
  register();
  const target = path.resolve(root, file);
  process.argv = [process.argv[0], target, ...args];
  await import(new URL(`file://${target}`).href);
}
