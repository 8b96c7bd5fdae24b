import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProcessRole } from '../platform/index.ts';
import { openClient } from '../platform/index.ts';
import { superuser } from '../platform/postgres-server.ts';
import { waitUntilGone } from '../platform/process-table.ts';
import { MachineNetwork, whyNoNetworks } from './machine-network.ts';
import type { Asked, HandAnswer, HandTask } from './network-hand.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const HOLDER = fileURLToPath(new URL('./postgres-holder.ts', import.meta.url));
const HAND = fileURLToPath(new URL('./network-hand.ts', import.meta.url));
const SOCKET_PORT = 5432;

interface Serving {
  readonly child: ChildProcess;
  text: string;
}

/**
 * A centre whose machines are a `keng serve` each, with a data folder of its own: nothing but the database and the secrets is shared. Each is a
 * machine of a network where namespaces are allowed, and else a process on loopback.
 */
export class SeparateMachines {
  /** Why there is no network; null: there is one. */
  readonly whyNot = whyNoNetworks();
  readonly network = this.whyNot === null ? new MachineNetwork() : null;
  readonly #base: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #children = new Set<ChildProcess>();
  readonly #serving = new Map<string, Serving>();
  #port = SOCKET_PORT;
  #postgres = 0;

  constructor(base: string, environment: Readonly<Record<string, string>>) {
    this.#base = base;
    this.#environment = environment;
    // The desk and its panels are outside and cannot reach the database; whoever watches the machines can reach them all.
    this.network?.add('database', 'inside');
    for (const one of ['receiver-a', 'receiver-b', 'web', 'sender', 'watch'])
      this.network?.add(one, 'inside', 'outside');
    for (const one of ['rules', 'spare']) this.network?.add(one, 'inside');
    this.network?.add('panels', 'outside');
  }

  get databaseUrl(): string {
    const host = this.network?.address('database', 'inside') ?? '127.0.0.1';
    return `postgresql://${superuser}@${host}:${this.#port}/keng`;
  }

  /** PostgreSQL on its machine, heard by the machines inside; resolves to the folder of its socket, which this process can reach, too. */
  async startDatabase(): Promise<string> {
    const socketFolder = path.join(this.#base, 'socket');
    if (!this.network) this.#port = await freePort();
    const settings = {
      listen_addresses: this.network?.address('database', 'inside') ?? '127.0.0.1',
      port: String(this.#port),
      shared_buffers: '64MB',
    };
    const dataFolder = path.join(this.#base, 'postgres');
    const child = this.#spawn(
      'database',
      [HOLDER, dataFolder, JSON.stringify(settings), socketFolder],
      'pipe',
    );
    this.#postgres = await new Promise((resolve, reject) => {
      child.stdout?.once('data', (pid: Buffer) => resolve(Number(pid)));
      child.once('exit', () => reject(new Error('PostgreSQL did not start')));
    });
    if (this.network) {
      const inside = `${this.network.address('database', 'inside')}/24`;
      fs.appendFileSync(path.join(dataFolder, 'pg_hba.conf'), `host all all ${inside} trust\n`);
      const at = {
        kind: 'embedded',
        host: socketFolder,
        port: this.#port,
        administrator: superuser,
      } as const;
      const client = await openClient({ ...at, database: 'postgres' }, 'administrator', 'test');
      await client.query('select pg_reload_conf()');
      await client.end();
    }
    return socketFolder;
  }

  /** Starts a machine that does nothing but this, and waits until it says so. */
  async serve(machine: string, roles: readonly ProcessRole[]): Promise<void> {
    const at = (net: 'inside' | 'outside', port: number): string =>
      this.network ? `${this.network.address(machine, net)}:${port}` : '127.0.0.1:0';
    const env = {
      ...this.#environment,
      DATABASE_URL: this.databaseUrl,
      KENG_DATA: path.join(this.#base, machine),
      KENG_ROLES: roles.join(),
      KENG_METRICS: at('inside', 9114),
      ...(roles.includes('web') ? { KENG_HTTP: at('outside', 8114) } : {}),
      ...(roles.includes('receiver') ? { KENG_DC09_TCP: at('outside', 10_009) } : {}),
    };
    const child = this.#spawn(machine, [MAIN, 'serve', '--one-process', '--log-level', 'error'], 'pipe', env);
    const one: Serving = { child, text: '' };
    this.#serving.set(machine, one);
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (data: Buffer) => {
          one.text += data;
          if (one.text.includes('Ctrl-C stops it')) resolve();
        });
      child.once('exit', () => reject(new Error(`${machine} ended: ${one.text}`)));
    });
  }

  /** Where a part of a machine listens, as it says itself. */
  listening(machine: string, name: string): string {
    const text = this.#serving.get(machine)?.text ?? '';
    const found = new RegExp(`^ {2}${name} {2}(\\S+)$`, 'm').exec(text)?.[1];
    if (found === undefined) throw new Error(`${machine} does not say where ${name} is: ${text}`);
    return found;
  }

  /** Power off. */
  async kill(machine: string): Promise<void> {
    const child = this.#serving.get(machine)?.child;
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    if (this.network) await this.network.powerOff(machine);
    else child?.kill('SIGKILL');
    await gone;
  }

  /** A hand of the test on a machine. */
  async hand(machine: string): Promise<Hand> {
    const child = this.#spawn(machine, [HAND], 'ipc');
    await new Promise((resolve) => child.once('message', resolve));
    return new Hand(child);
  }

  async remove(): Promise<void> {
    const left = [...this.#children].filter((child) => child.exitCode === null && child.signalCode === null);
    const gone = left.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of left) child.kill('SIGKILL');
    await Promise.all(gone);
    // The database outlives whoever started it.
    if (this.#postgres !== 0) process.kill(this.#postgres, 'SIGINT');
    await waitUntilGone(this.#postgres, 30_000);
    this.network?.remove();
  }

  #spawn(
    machine: string,
    argv: readonly string[],
    output: 'pipe' | 'ipc',
    env: Readonly<Record<string, string>> = {},
  ): ChildProcess {
    const command = [process.execPath, '--import', import.meta.resolve('tsx'), ...argv] as const;
    const [program, ...args] = this.network?.command(machine, command) ?? command;
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, ...env },
      stdio: output === 'ipc' ? ['ignore', 'ignore', 'inherit', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    return child;
  }
}

/** Does on another machine what the test asks for. */
export class Hand {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: HandAnswer) => void>();
  #number = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message) => {
      // Only network-hand.ts sends here.
      const answer = message as HandAnswer;
      this.#waiting.get(answer.number)?.(answer);
      this.#waiting.delete(answer.number);
    });
  }

  /** @param Result what network-hand.ts is known to answer to this task */
  do<Result>(task: HandTask): Promise<Result> {
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, ({ error, result }) =>
        error === undefined ? resolve(result as Result) : reject(new Error(error)),
      );
      this.#child.send({ number, task });
    });
  }

  ask(url: string, init: RequestInit = {}): Promise<Asked> {
    return this.do({ do: 'ask', url, init });
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const at = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof at === 'object' && at !== null ? at.port : 0;
}
