import os from 'node:os';
import type { Logger, Pool, ProcessRole } from '../platform/index.ts';

/**
 * Steps below the receivers (nice 5 has a third of the weight of nice 0 on Linux): when a storm takes the whole machine, what
 * devices send is stored, acknowledged and numbered first, and rules, screens and telephone follow with what is left.
 */
const BELOW_RECEIVERS = 5;
const LEAST = 19;
/** Steps by which receivers go before everything, PostgreSQL too, where the machine lets us: three times the weight of nice 0. */
const RECEIVERS_FIRST = 5;
const FIRST = -20;

/** Puts a process into its place: receivers first, whoever numbers what they store next, everything else behind. */
export function placeProcess(pid: number, roles: readonly ProcessRole[], log: Logger): void {
  if (roles.join() === 'sequencer') return;
  if (roles.includes('receiver')) {
    goFirst(pid);
    return;
  }
  try {
    os.setPriority(pid, Math.min(os.getPriority(pid) + BELOW_RECEIVERS, LEAST));
  } catch (error) {
    // Some containers forbid it: then all are equal, which is slower in a storm and nothing else.
    log.warn({ err: error, roles }, 'this process could not be put behind the receivers');
  }
}

function goFirst(pid: number): void {
  try {
    os.setPriority(pid, Math.max(os.getPriority(pid) - RECEIVERS_FIRST, FIRST));
  } catch {
    // Only an administrator may go before others. Behind receivers goes who can be put there, and that anybody may.
  }
}

/**
 * What PostgreSQL does for a process is as urgent as that process, not more and not less: else the rules, behind the receivers
 * themselves, would push them aside through the database. For a database on this machine whose processes are ours to place.
 */
export function placeInDatabase(pool: Pool, log: Logger): void {
  let told = false;
  pool.on('connect', (client) => {
    // Of the greeting of PostgreSQL; the types of `pg` leave it out.
    const { processID } = client as typeof client & { readonly processID: number | null };
    const own = os.getPriority();
    try {
      if (processID !== null && os.getPriority(processID) !== own) os.setPriority(processID, own);
    } catch (error) {
      if (!told) log.warn({ err: error }, 'what the database does for this process has no place in the line');
      told = true;
    }
  });
}
