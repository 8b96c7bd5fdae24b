import fs from 'node:fs';

const LOOK_MS = 1_000;

/** Looks each second at what processes keep in memory, and keeps the most of each. */
export class MostMemory {
  readonly #timer: NodeJS.Timeout;
  readonly #most = new Map<string, number>();

  /** @param pids by name; PostgreSQL's pages are shared between its processes and counted by none */
  constructor(pids: Readonly<Record<string, number | undefined>>) {
    const watched = Object.entries(pids).filter(([name]) => name !== 'postgres');
    const look = (): void => {
      for (const [name, pid] of watched)
        this.#most.set(name, Math.max(this.#most.get(name) ?? 0, residentMb(pid)));
    };
    look();
    this.#timer = setInterval(look, LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Megabytes by name. */
  most(): ReadonlyMap<string, number> {
    return this.#most;
  }
}

function residentMb(pid: number | undefined): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
}
