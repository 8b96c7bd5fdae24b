import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DemonstrationFacility, demonstrationData } from '@keng/country-vn';
import {
  Panel,
  type RunningTelephoneGateway,
  startTelephoneGateway,
  TcpLink,
  UdpLink,
} from '@keng/simulator';
import type { ProcessRole } from '../server/src/platform/index.ts';
import { CentreApi } from './centre-api.ts';

const KENG = fileURLToPath(new URL('../server/src/main.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');
/** The same for everybody who reads a failure: accounts, names and stations do not change from run to run. */
const SEED = 7;
const FACILITIES = 120;
/** An unanswered call rings this long: longer than a loaded machine needs to press a key. */
const RING_SECONDS = 25;
const LOOK_EVERY_MS = 100;

const PREFIX = 'keng-e2e-';

export interface RigOptions {
  /** `bare`: `keng serve` on an empty folder; `demonstration` (default): what `npm start` runs, with fewer facilities. */
  readonly kind?: 'bare' | 'demonstration';
  readonly facilities?: number;
  /** Settings of this centre, as variables. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A whole centre as it is in production: the command line, its child processes, a PostgreSQL of its own; and what is outside. */
export interface Rig {
  readonly url: string;
  readonly dataFolder: string;
  readonly dc09: { readonly tcp: number; readonly udp: number };
  /** Of the log-ins that `npm start` prints; '' in a bare centre. */
  readonly password: string;
  readonly facilities: readonly DemonstrationFacility[];
  readonly gateway: RunningTelephoneGateway;
  /** A panel of this facility, sending real frames over TCP (UDP if told). Stopped with the rig. */
  panelOf(facility: DemonstrationFacility, over?: 'tcp' | 'udp'): Panel;
  /** The HTTP API as this user sees it. */
  logIn(login: string, password?: string): Promise<CentreApi>;
  /** Process numbers of the centre's children. */
  childPids(): readonly number[];
  /** The process of the centre with this role. */
  processOf(role: ProcessRole): number;
  /** `keng <args>` on the data folder of this centre: exit code and everything it printed. */
  keng(...args: string[]): Promise<{ readonly code: number; readonly output: string }>;
  /** Ends the centre as Ctrl-C does; its data stay for `keng verify`. */
  stopCentre(): Promise<void>;
  /** Ends everything and removes every trace. */
  remove(): Promise<void>;
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const kind = options.kind ?? 'demonstration';
  const count = options.facilities ?? FACILITIES;
  removeStale();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  // The database may run as another user, which has to pass through here.
  fs.chmodSync(folder, 0o711);
  const dataFolder = path.join(folder, 'data');
  const secret = randomBytes(32).toString('base64url');
  const http = await freePort();
  const url = `http://127.0.0.1:${http}`;
  const gateway = await startTelephoneGateway({
    port: 0,
    callback: `${url}/api/gateway/telephone/events`,
    secret,
    ringSeconds: RING_SECONDS,
  });
  const env = {
    ...withoutKeng(process.env),
    KENG_DATA: dataFolder,
    KENG_HTTP: `127.0.0.1:${http}`,
    KENG_TELEPHONE_GATEWAY_URL: gateway.url,
    KENG_TELEPHONE_GATEWAY_SECRET: secret,
    KENG_LOG_LEVEL: 'warn',
    ...options.settings,
  };
  const dc09 = { tcp: await freePort(), udp: await freePort() };
  const args = ['--dc09-tcp', `127.0.0.1:${dc09.tcp}`, '--dc09-udp', `127.0.0.1:${dc09.udp}`];
  args.push('--gb26875-tcp', 'off');
  const command =
    kind === 'bare' ? ['serve'] : ['demonstration', '--seed', String(SEED), '--facilities', String(count)];
  const centre = new CentreProcess([...command, ...args], env, path.join(folder, 'output'));
  const panels: Panel[] = [];
  const remove = async (): Promise<void> => {
    for (const panel of panels) panel.stop();
    await centre.stop();
    await gateway.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    await centre.listens();
  } catch (error) {
    await remove();
    throw error;
  }
  const password = kind === 'bare' ? '' : readPassword(dataFolder);
  return {
    url,
    dataFolder,
    dc09,
    password,
    gateway,
    facilities:
      kind === 'bare'
        ? []
        : demonstrationData({ seed: SEED, facilities: count, provinces: ['01', '79'] }).facilities,
    panelOf: (facility, over = 'tcp') => {
      const [transmitter] = facility.transmitters;
      if (!transmitter) throw new Error(`${facility.code} has no transmitter`);
      const target = { host: '127.0.0.1', port: dc09[over] };
      const link = over === 'tcp' ? new TcpLink(target) : new UdpLink(target);
      const panel = new Panel({
        transmitter,
        link,
        ledger: null,
        firstSequence: panels.length * 100,
        tries: 5,
      });
      panels.push(panel);
      return panel;
    },
    logIn: (login, given = password) => CentreApi.logIn(url, login, given),
    childPids: () => childrenOf(centre.pid),
    processOf: (role) => {
      const found = childrenOf(centre.pid).find((pid) => rolesOf(pid).includes(role));
      if (found === undefined) throw new Error(`no process of the centre has the role ${role}`);
      return found;
    },
    keng: (...words) => runKeng(words, env),
    stopCentre: () => centre.stop(),
    remove,
  };
}

/** A run that was killed leaves its folder (its centre ends by itself); the name says whose it was. */
function removeStale(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || fs.existsSync(`/proc/${owner}`)) continue;
    fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

/** The child process; what it says goes to a file, which it can go on writing when the tests are gone. */
class CentreProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #output: string;
  #ended = false;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv, output: string) {
    this.#output = output;
    const file = fs.openSync(output, 'a');
    this.#child = fork(KENG, [...args], {
      execArgv: ['--import', TSX],
      env,
      stdio: ['ignore', file, file, 'ipc'],
    });
    fs.closeSync(file);
    this.#exited = once(this.#child, 'exit').then(() => {
      this.#ended = true;
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async listens(): Promise<void> {
    // The last line that either command prints when everything listens.
    while (!/Ctrl-C stops it|Keng runs at/.test(this.#said())) {
      if (this.#ended) throw new Error(`the centre did not start:\n${this.#said()}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async stop(): Promise<void> {
    if (!this.#ended) this.#child.kill('SIGINT');
    await this.#exited;
  }

  #said(): string {
    return fs.readFileSync(this.#output, 'utf8');
  }
}

/** A port nobody has now. The centre and the outside have to know it of each other before either listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  await once(server, 'close');
  return port;
}

/** Settings of whoever runs the tests must not reach the centre under test. */
function withoutKeng(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('KENG_') && name !== 'DATABASE_URL'),
  );
}

function readPassword(dataFolder: string): string {
  return fs.readFileSync(path.join(dataFolder, 'secrets', 'demonstration-password'), 'utf8').trim();
}

function childrenOf(pid: number): number[] {
  const text = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** As the process itself says: `keng consumer,sender,supervisor`. */
function rolesOf(pid: number): string[] {
  const [title = ''] = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return title.startsWith('keng ') ? title.slice('keng '.length).split(',') : [];
}

async function runKeng(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, ['--import', TSX, KENG, ...args], { env });
  const parts: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => parts.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => parts.push(text));
  const [code] = await once(child, 'close');
  return { code: Number(code), output: parts.join('') };
}
