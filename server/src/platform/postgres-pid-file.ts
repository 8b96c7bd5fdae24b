import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from './platform-error.ts';
import { commandLine, isRunning } from './process-table.ts';

/** What `postmaster.pid` says (PostgreSQL source, src/include/utils/pidfile.h). */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly ready: boolean;
}

export function readPidFile(dataFolder: string): PidFile | undefined {
  let text: string;
  try {
    text = fs.readFileSync(path.join(dataFolder, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] || 0), socketFolder: lines[4] ?? '', ready: lines[7] === 'ready' };
}

/**
 * The server that runs on this data folder, or undefined. A pid file can outlive its server, and its number can by then belong
 * to another program: so the command line must be a postgres with this very folder.
 */
export function findRunningServer(dataFolder: string): PidFile | undefined {
  const file = readPidFile(dataFolder);
  if (!file || !isRunning(file.pid)) return undefined;
  const command = commandLine(file.pid);
  return command.includes('postgres') && command.includes(dataFolder) ? file : undefined;
}
