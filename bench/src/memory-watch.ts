import fs from 'node:fs';
import { quantile } from './screen/dom-probe.ts';

const LOOK_MS = 1_000;

/** Looks each second at what the processes of a centre keep in memory, in megabytes. */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #samples: ReadonlyMap<string, number[]>;

  /** @param pids by name; PostgreSQL's pages are shared between its processes and counted by none */
  constructor(pids: Readonly<Record<string, number | undefined>>) {
    const watched = Object.entries(pids).filter(([name]) => name !== 'postgres');
    this.#samples = new Map(watched.map(([name]) => [name, []]));
    this.#timer = setInterval(() => {
      for (const [name, pid] of watched) this.#samples.get(name)?.push(residentMb(pid));
    }, LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The most that each had. */
  most(): { readonly name: string; readonly most: number }[] {
    return [...this.#samples].map(([name, all]) => ({
      name,
      most: all.reduce((most, one) => Math.max(most, one), 0),
    }));
  }

  /** Medians of the third and of the last quarter: whatever grows with the load goes on growing. */
  quarters(): { readonly name: string; readonly third: number; readonly last: number }[] {
    return [...this.#samples].map(([name, all]) => {
      const at = (part: number): number => Math.floor(all.length * part);
      return {
        name,
        third: quantile(all.slice(at(0.5), at(0.75)), 0.5),
        last: quantile(all.slice(at(0.75)), 0.5),
      };
    });
  }
}

function residentMb(pid: number | undefined): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
}
