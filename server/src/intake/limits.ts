import fs from 'node:fs';

/** Bounds of one receiver process. Each is counted in the metrics, so that a limit reached is seen before it hurts. */
export interface IntakeLimits {
  /** TCP connections at once. */
  readonly connections: number;
  /** Of one address, connections on which no registered device has been heard yet. Behind one address of a mobile network there may
   * be thousands of panels: those that were heard do not count. */
  readonly strangersPerAddress: number;
  /** Frames of one connection that wait for their commit; then it is not read on. */
  readonly outstanding: number;
  /** Bytes of answers that the other side does not take; then it is not read on, and at four times this it is closed. */
  readonly unreadAnswerBytes: number;
  /** A frame unfinished for so long is dropped; the connection stays (handbook 2.3). */
  readonly unfinishedMs: number;
  /** A connection without a frame of a registered device is closed after this silence. */
  readonly strangerIdleMs: number;
  /** The same for a registered device without supervision; with it, four reporting times where that is longer. */
  readonly idleMs: number;
}

export function defaultLimits(): IntakeLimits {
  return {
    connections: Math.max(100, Math.floor(openFiles() * 0.8)),
    strangersPerAddress: 2_000,
    outstanding: 64,
    unreadAnswerBytes: 64 * 1_024,
    unfinishedMs: 10_000,
    strangerIdleMs: 3_600_000,
    idleMs: 86_400_000,
  };
}

/** How many files this process may have open; sockets are files. */
function openFiles(): number {
  try {
    const match = /^Max open files\s+(\d+)/m.exec(fs.readFileSync('/proc/self/limits', 'utf8'));
    return match ? Number(match[1]) : 1_024;
  } catch {
    // No /proc on this system: the smallest default there is.
    return 1_024;
  }
}
