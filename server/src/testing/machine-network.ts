import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { isRunning, startMark, waitUntilGone } from '../platform/process-table.ts';

export type Net = 'outside' | 'inside';

const NETS: Readonly<Record<Net, string>> = { outside: '10.11.0', inside: '10.12.0' };
const PROGRAM = ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip'].find((file) => fs.existsSync(file));
const OURS = /^keng-(\d+)-(\d+)-/;

/** Why machines cannot be network namespaces here; null: they can. */
export function whyNoNetworks(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (PROGRAM === undefined) return 'there is no program ip (apt-get install iproute2)';
  const probe = `${ownPrefix()}probe`;
  try {
    ip('netns', 'add', probe);
    try {
      ip('-n', probe, 'link', 'add', 'probe', 'type', 'bridge');
      ip('netns', 'exec', probe, 'true');
    } finally {
      ip('netns', 'del', probe);
    }
    return null;
  } catch (error) {
    return `network namespaces are not allowed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * Machines as network namespaces, each with a line to one or two switches: `outside`, where devices, owners and browsers are, and `inside`,
 * where the database is. A line is cut at the switch, as when somebody pulls the cable: nothing tells the programs at its ends, and what was on
 * its way is gone. Everything, the switches too, lies in namespaces of its own: the network of this machine is never touched.
 */
export class MachineNetwork {
  readonly #switch = `${ownPrefix()}switch`;
  readonly #machines = new Map<string, number>();
  readonly #onExit = (): void => removeAll((name) => name.startsWith(ownPrefix()));

  constructor() {
    removeAll(isStale);
    process.once('exit', this.#onExit);
    ip('netns', 'add', this.#switch);
    for (const net of Object.keys(NETS)) {
      ip('-n', this.#switch, 'link', 'add', net, 'type', 'bridge');
      ip('-n', this.#switch, 'link', 'set', net, 'up');
    }
  }

  /** A machine with a line to each of these switches. */
  add(machine: string, ...nets: readonly Net[]): void {
    const number = this.#machines.size + 1;
    this.#machines.set(machine, number);
    const name = ownPrefix() + machine;
    ip('netns', 'add', name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
    for (const net of nets) {
      const port = portOf(number, net);
      ip('link', 'add', 'name', net, 'netns', name, 'type', 'veth', 'peer', port, 'netns', this.#switch);
      ip('-n', this.#switch, 'link', 'set', port, 'master', net, 'up');
      ip('-n', name, 'addr', 'add', `${this.address(machine, net)}/24`, 'dev', net);
      ip('-n', name, 'link', 'set', net, 'up');
    }
  }

  address(machine: string, net: Net): string {
    return `${NETS[net]}.${this.#number(machine)}`;
  }

  /** How a program is started on a machine. */
  command(machine: string, argv: readonly string[]): readonly [string, ...string[]] {
    return [PROGRAM ?? 'ip', 'netns', 'exec', ownPrefix() + machine, ...argv];
  }

  cut(machine: string, net: Net): void {
    ip('-n', this.#switch, 'link', 'set', portOf(this.#number(machine), net), 'down');
  }

  join(machine: string, net: Net): void {
    ip('-n', this.#switch, 'link', 'set', portOf(this.#number(machine), net), 'up');
  }

  /** Power off: whatever runs on the machine is gone at once, and says goodbye to nobody. */
  async powerOff(machine: string): Promise<void> {
    const pids = pidsIn(ownPrefix() + machine);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    for (const pid of pids) await waitUntilGone(pid, 10_000);
  }

  /** Ends what still runs on the machines, and takes them away. */
  remove(): void {
    process.off('exit', this.#onExit);
    this.#onExit();
  }

  #number(machine: string): number {
    const number = this.#machines.get(machine);
    if (number === undefined) throw new Error(`there is no machine ${machine}`);
    return number;
  }
}

/** Names an interface of the switch; fifteen characters are all that Linux gives. */
const portOf = (machine: number, net: Net): string => `${net}-${machine}`;

/** Namespaces outlive the process that made them: their names say whose they are. */
function ownPrefix(): string {
  return `keng-${process.pid}-${startMark(process.pid)}-`;
}

function isStale(name: string): boolean {
  const [, pid, started] = OURS.exec(name) ?? [];
  return started !== undefined && !(isRunning(Number(pid)) && startMark(Number(pid)) === started);
}

function removeAll(which: (name: string) => boolean): void {
  const names = ip('netns', 'list')
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');
  for (const name of names.filter((one) => OURS.test(one) && which(one))) {
    for (const pid of pidsIn(name)) process.kill(pid, 'SIGKILL');
    ip('netns', 'del', name);
  }
}

function pidsIn(name: string): number[] {
  return ip('netns', 'pids', name).split('\n').map(Number).filter(Boolean).filter(isRunning);
}

function ip(...args: readonly string[]): string {
  const result = spawnSync(PROGRAM ?? 'ip', args, { encoding: 'utf8' });
  if (result.status === 0) return result.stdout;
  throw new Error(`ip ${args.join(' ')}: ${result.error?.message ?? result.stderr.trim()}`);
}
