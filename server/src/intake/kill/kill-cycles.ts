import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { registeredAccount } from '@keng/model';
import {
  type DatabaseAddress,
  embeddedAddress,
  migrate,
  openClient,
  openPool,
  type PostgresServer,
  startPostgres,
} from '../../platform/index.ts';
import { LedgerPanels } from './ledger-panels.ts';
import { type KillProtocol, LEDGER_SPEECHES } from './ledger-speech.ts';
import type { ListenMessage } from './receiver-child.ts';

export type Victim = 'receiver' | 'PostgreSQL' | 'both';

export interface KillOptions {
  /** What the panels speak; DC-09 unless told. */
  readonly protocol?: KillProtocol;
  readonly cycles: number;
  /** Taken in turn. */
  readonly victims: readonly Victim[];
  /** `off` is the control: it must lose, or the test could not see a loss. */
  readonly synchronousCommit: 'on' | 'off';
  readonly panels?: number;
  readonly say?: (text: string) => void;
}

export interface KillResult {
  readonly cycles: number;
  readonly acknowledged: number;
  readonly retries: number;
  /** Acknowledged and not in the log. */
  readonly lost: number;
  /** More than once in the log. */
  readonly doubled: number;
}

/** Milliseconds of traffic between two kills: at random, so that every moment of a commit is hit in time. */
const TRAFFIC_MS = [60, 300] as const;
/** A centre that takes so long to come back is broken, and the cycles end with an error instead of never. */
const PATIENCE_MS = 60_000;

/**
 * kill -9 of the receiver and of PostgreSQL with all its backends while panels send; afterwards the panels' own ledger is held
 * against the log (domain/reliability-security.md, section 4). The page cache survives: this is a crash, not a power cut.
 */
export async function runKillCycles(options: KillOptions): Promise<KillResult> {
  const stand = await KillStand.build(options);
  try {
    return await stand.run();
  } finally {
    await stand.remove();
  }
}

class KillStand {
  readonly #options: KillOptions;
  readonly #folder: string;
  readonly #protocol: KillProtocol;
  readonly #devices: readonly (readonly [string, string])[];
  #server: PostgresServer;
  #address: DatabaseAddress;
  #receiver: ChildProcess | undefined;
  #standby: Promise<ChildProcess>;
  #port = 0;

  private constructor(options: KillOptions, folder: string, server: PostgresServer) {
    this.#options = options;
    this.#folder = folder;
    this.#server = server;
    this.#address = embeddedAddress(server, 'keng');
    this.#protocol = options.protocol ?? 'dc09';
    const accounts = Array.from({ length: options.panels ?? 16 }, (_, index) =>
      registeredAccount(this.#protocol, (0xa000 + index).toString(16)),
    );
    this.#devices = accounts.map((account) => [account, randomUUID()] as const);
    this.#standby = makeReceiver();
  }

  static async build(options: KillOptions): Promise<KillStand> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-kill-'));
    // The database may run as another user, which has to pass through here.
    fs.chmodSync(folder, 0o711);
    const stand = new KillStand(options, folder, await launch(folder, options));
    await migrate({ address: stand.#address });
    // The control may lose what panels were told, not the tables themselves.
    const client = await openClient(stand.#address, 'administrator', 'kill-prepare');
    await client.query('checkpoint');
    await client.end();
    return stand;
  }

  async run(): Promise<KillResult> {
    const { cycles, victims, say } = this.#options;
    this.#port = await findQuietPort();
    await this.#startReceiver();
    const panels = new LedgerPanels(
      this.#devices.map(([account]) => account),
      this.#port,
      LEDGER_SPEECHES[this.#protocol],
    );
    panels.start();
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      await traffic(panels);
      await this.#kill(victims[cycle % victims.length] ?? 'receiver');
      if ((cycle + 1) % 10 === 0)
        say?.(`${cycle + 1} of ${cycles} kills, ${panels.acknowledged.size} acknowledged`);
    }
    await panels.finish();
    return { cycles, retries: panels.retries, ...(await this.#compare(panels.acknowledged)) };
  }

  async remove(): Promise<void> {
    this.#receiver?.kill('SIGKILL');
    (await this.#standby).kill('SIGKILL');
    await this.#server.stop();
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  async #kill(victim: Victim): Promise<void> {
    if (victim !== 'PostgreSQL' && this.#receiver) {
      const gone = once(this.#receiver, 'exit');
      this.#receiver.kill('SIGKILL');
      await gone;
    }
    if (victim !== 'receiver') {
      this.#server.kill('SIGKILL');
      await this.#server.exited;
      this.#server = await launch(this.#folder, this.#options);
    }
    if (victim !== 'PostgreSQL') await this.#startReceiver();
  }

  async #startReceiver(): Promise<void> {
    const receiver = await this.#standby;
    this.#standby = makeReceiver();
    const told: ListenMessage = {
      address: this.#address,
      protocol: this.#protocol,
      port: this.#port,
      devices: this.#devices,
    };
    receiver.send(told);
    await heardOf(receiver);
    this.#receiver = receiver;
  }

  async #compare(
    acknowledged: ReadonlySet<string>,
  ): Promise<Pick<KillResult, 'acknowledged' | 'lost' | 'doubled'>> {
    const pool = openPool({ address: this.#address, role: 'keng_auditor', applicationName: 'kill-compare' });
    try {
      const { rows } = await pool.query<{ id: string; times: number }>(
        `select body->'events'->0->>'text' as id, count(*) as times from entry where kind = 'signal.received' group by 1`,
      );
      const times = new Map(rows.map((row) => [row.id, row.times]));
      return {
        acknowledged: acknowledged.size,
        lost: [...acknowledged].filter((id) => !times.has(id)).length,
        doubled: rows.filter((row) => row.times > 1).length,
      };
    } finally {
      await pool.end();
    }
  }
}

function launch(folder: string, options: KillOptions): Promise<PostgresServer> {
  return startPostgres({
    dataFolder: path.join(folder, 'postgres'),
    socketFolder: path.join(folder, 'socket'),
    settings: {
      synchronous_commit: options.synchronousCommit,
      shared_buffers: '64MB',
      // The control loses what the WAL writer has not written yet; more of it makes the loss certain and not a matter of luck.
      ...(options.synchronousCommit === 'off'
        ? { wal_writer_delay: '2s', wal_writer_flush_after: '1GB' }
        : {}),
    },
  });
}

async function makeReceiver(): Promise<ChildProcess> {
  const child = fork(new URL('./receiver-child.ts', import.meta.url), [], {
    execArgv: ['--import', import.meta.resolve('tsx')],
  });
  await heardOf(child);
  return child;
}

async function heardOf(child: ChildProcess): Promise<void> {
  const [what] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (typeof what !== 'object' || what === null)
    throw new Error(`a receiver ended by itself with ${String(what)}`);
}

/**
 * A free port below those that the system gives to outgoing connections: while no receiver listens, a panel that connects to a
 * port of that range can meet itself, and hold the port.
 */
async function findQuietPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const probe = net.createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}

/** Panels must have been acknowledged again since the last kill, then some more by chance. */
async function traffic(panels: LedgerPanels): Promise<void> {
  const before = panels.acknowledged.size;
  const end = performance.now() + PATIENCE_MS;
  while (panels.acknowledged.size < before + 20) {
    if (performance.now() > end)
      throw new Error(`no panel was acknowledged for ${PATIENCE_MS / 1_000} s after a kill`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const [least, most] = TRAFFIC_MS;
  await new Promise((resolve) => setTimeout(resolve, least + Math.random() * (most - least)));
}
