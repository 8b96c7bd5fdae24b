import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** What the operating system knows of other processes. Linux answers from /proc; elsewhere `ps` is asked. */

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return readState(pid) !== 'Z';
}

/** The whole command line, arguments separated by blanks; '' when there is no such process. */
export function commandLine(pid: number): string {
  if (process.platform === 'linux') {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      // No such process: that is the answer, not a failure.
      return '';
    }
  }
  return (spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? '').trim();
}

export function childrenOf(parent: number): number[] {
  if (process.platform === 'linux') {
    return fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => readStat(pid)?.parent === parent);
  }
  const table = spawnSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).stdout ?? '';
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid ?? 0);
}

/** Identifies one life of a process number: numbers are reused, the start time (in clock ticks since boot) differs. */
export function startMark(pid: number): string {
  return readStat(pid)?.started ?? '';
}

/** Resolves true when the process has gone, false when `timeoutMs` passed first. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  return await waitUntil(() => !isRunning(pid), timeoutMs);
}

/** Asks again each 10 ms until the condition holds or the time is over; answers whether it holds. */
export async function waitUntil(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

interface Stat {
  readonly state: string;
  readonly parent: number;
  readonly started: string;
}

function readStat(pid: number): Stat | undefined {
  let text: string;
  try {
    text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // Gone between listing and reading, or no /proc on this system.
    return undefined;
  }
  // The second field is the program's name in parentheses and may contain blanks and parentheses (man 5 proc).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', parent: Number(fields[1]), started: fields[19] ?? '' };
}

function readState(pid: number): string {
  return readStat(pid)?.state ?? '';
}
