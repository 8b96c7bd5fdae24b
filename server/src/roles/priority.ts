import os from 'node:os';
import type { Logger, ProcessRole } from '../platform/index.ts';

/**
 * Steps below the receivers (nice 5 has a third of the weight of nice 0 on Linux): when a storm takes the whole machine, what
 * devices send is stored, acknowledged and numbered first, and rules, screens and telephone follow with what is left.
 */
const BELOW_RECEIVERS = 5;
const LEAST = 19;

/** Puts a process behind the receivers, unless it is one or numbers what they store. */
export function giveWayToReceivers(pid: number, roles: readonly ProcessRole[], log: Logger): void {
  if (roles.includes('receiver') || roles.join() === 'sequencer') return;
  try {
    os.setPriority(pid, Math.min(os.getPriority(pid) + BELOW_RECEIVERS, LEAST));
  } catch (error) {
    // Some containers forbid it: then all are equal, which is slower in a storm and nothing else.
    log.warn({ err: error, roles }, 'this process could not be put behind the receivers');
  }
}
