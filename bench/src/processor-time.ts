import fs from 'node:fs';

/** Clock ticks a second of /proc, the same on every Linux that Node runs on. */
const TICKS = 100;

/** Processor time of some processes and what they forked, from /proc: it tells the cost of a message whatever else the machine does. */
export class ProcessorTime {
  readonly #pids: Readonly<Record<string, number | undefined>>;
  #from: Readonly<Record<string, number>>;

  constructor(pids: Readonly<Record<string, number | undefined>>) {
    this.#pids = pids;
    this.#from = this.#read();
  }

  /** Microseconds a message since the last call, by name; '' where there is no /proc. */
  perMessage(messages: number): string {
    const now = this.#read();
    const parts = Object.entries(now).map(([name, ticks]) => {
      const micros = ((ticks - (this.#from[name] ?? 0)) / TICKS) * 1e6;
      return `${name} ${(micros / Math.max(1, messages)).toFixed(0)}`;
    });
    this.#from = now;
    return parts.join(', ');
  }

  restart(): void {
    this.#from = this.#read();
  }

  #read(): Record<string, number> {
    if (!fs.existsSync('/proc/self/stat')) return {};
    const stats = fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readStat(Number(name)));
    return Object.fromEntries(
      Object.entries(this.#pids).map(([name, pid]) => [
        name,
        stats.filter((one) => one.pid === pid || one.parent === pid).reduce((sum, one) => sum + one.ticks, 0),
      ]),
    );
  }
}

function readStat(pid: number): { pid: number; parent: number; ticks: number }[] {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return [{ pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch {
    // It ended between the listing and the reading.
    return [];
  }
}
