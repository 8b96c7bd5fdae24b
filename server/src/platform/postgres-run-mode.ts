import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PlatformError } from './platform-error.ts';
import { findAccount, type PostgresBinaries, postgresEnvironment } from './postgres-binaries.ts';

/** PostgreSQL refuses to run as root. A run mode is one way to start its programs as somebody else. */
export interface RunMode {
  readonly name: string;
  /** Who must own the data folder; undefined: the present user. */
  readonly owner: Owner | undefined;
  readonly command: (program: string, args: readonly string[]) => ModeCommand;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface ModeCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly identity: { uid?: number; gid?: number };
}

export interface ProgramResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function runInMode(
  mode: RunMode,
  binaries: PostgresBinaries,
  program: string,
  args: readonly string[],
): ProgramResult {
  const command = mode.command(program, args);
  const result = spawnSync(command.program, [...command.args], {
    ...command.identity,
    cwd: '/',
    encoding: 'utf8',
    env: postgresEnvironment(binaries),
  });
  return {
    status: result.status,
    stdout: result.stdout ?? '',
    stderr: result.error ? result.error.message : (result.stderr ?? ''),
  };
}

/** The ways open to this process, best first. */
export function availableModes(): RunMode[] {
  if (process.getuid?.() !== 0) {
    return [
      { name: 'self', owner: undefined, command: (program, args) => ({ program, args, identity: {} }) },
    ];
  }
  const modes: RunMode[] = [];
  for (const account of ['postgres', 'nobody']) {
    const owner = findAccount(account);
    if (!owner) continue;
    modes.push({
      name: `setuid:${account}`,
      owner,
      command: (program, args) => ({ program, args, identity: owner }),
    });
  }
  // Inside the namespace root is seen as number 65534, which satisfies PostgreSQL, while the kernel still grants root's own
  // files: this is the way that works when program or data lie below a home with mode 0700.
  modes.push({
    name: 'user-namespace',
    owner: { uid: 0, gid: 0 },
    command: (program, args) => ({
      program: 'unshare',
      args: ['--user', '--map-user=65534', '--map-group=65534', '--', program, ...args],
      identity: {},
    }),
  });
  return modes;
}

/**
 * The first mode in which the program starts and the folders can be written. Existing data keeps its owner if that works;
 * else it is handed to the new one (a folder restored from a backup carries the numbers of another machine).
 */
export function chooseMode(
  binaries: PostgresBinaries,
  dataFolder: string,
  socketFolder: string,
  modes: readonly RunMode[] = availableModes(),
): RunMode {
  const refusals: string[] = [];
  for (const mode of ownerFirst(modes, dataFolder)) {
    const refusal = tryMode(mode, binaries, dataFolder, socketFolder);
    if (refusal === undefined) {
      handOver(mode, dataFolder);
      return mode;
    }
    refusals.push(`${mode.name}: ${refusal}`);
  }
  throw new PlatformError(
    'postgres-cannot-run',
    `no way to run PostgreSQL with the data folder ${dataFolder} as a user that is not root: ${refusals.join(' | ')}`,
    'start Keng as a normal user, or choose a data folder (--data) and a program folder that user "postgres" or "nobody" can reach, or give DATABASE_URL',
  );
}

function ownerFirst(modes: readonly RunMode[], dataFolder: string): RunMode[] {
  const version = path.join(dataFolder, 'PG_VERSION');
  if (!fs.existsSync(version)) return [...modes];
  const uid = fs.statSync(version).uid;
  return [...modes].sort((a, b) => Number(b.owner?.uid === uid) - Number(a.owner?.uid === uid));
}

function tryMode(
  mode: RunMode,
  binaries: PostgresBinaries,
  dataFolder: string,
  socketFolder: string,
): string | undefined {
  if (mode.owner) {
    fs.chownSync(dataFolder, mode.owner.uid, mode.owner.gid);
    fs.chownSync(socketFolder, mode.owner.uid, mode.owner.gid);
  }
  const version = runInMode(mode, binaries, binaries.postgres, ['--version']);
  if (version.status !== 0) return version.stderr.trim() || `postgres --version ended with ${version.status}`;
  for (const folder of [dataFolder, socketFolder]) {
    const probe = runInMode(mode, binaries, '/bin/sh', ['-c', 'test -w "$0" && test -x "$0"', folder]);
    if (probe.status !== 0) return `${folder} cannot be written`;
  }
  return undefined;
}

function handOver(mode: RunMode, dataFolder: string): void {
  const { owner } = mode;
  const version = path.join(dataFolder, 'PG_VERSION');
  if (!owner || !fs.existsSync(version) || fs.statSync(version).uid === owner.uid) return;
  for (const entry of fs.readdirSync(dataFolder, { recursive: true, encoding: 'utf8' })) {
    fs.lchownSync(path.join(dataFolder, entry), owner.uid, owner.gid);
  }
}
