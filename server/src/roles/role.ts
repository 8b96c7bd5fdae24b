import type { CountryPack } from '@keng/country-vn';
import type { World } from '@keng/model';
import { Wake } from '../log/index.ts';
import {
  type Clock,
  type DatabaseAddress,
  type DatabaseRole,
  type Logger,
  openClient,
  openPool,
  type Pool,
  type ProcessMetrics,
  type ProcessRole,
  type RoleHealth,
  type Secrets,
  type Settings,
} from '../platform/index.ts';
import { placeInDatabase } from './priority.ts';

/** Whom a machine with this role has the password of: as whom it asks what any role may. */
const ASKS_AS: Readonly<Record<ProcessRole, DatabaseRole>> = {
  receiver: 'keng_receiver',
  sequencer: 'keng_sequencer',
  consumer: 'keng_core',
  supervisor: 'keng_core',
  web: 'keng_web',
  sender: 'keng_sender',
};

/** As whom a process with these roles asks what any role may: whether the database is there, and what is new in the log. */
export function askingRole(roles: readonly ProcessRole[]): DatabaseRole {
  return ASKS_AS[roles[0] ?? 'consumer'];
}

/** Their few statements run a hundred times a second; planning them each time took a third of their time. */
const PLANS_ONCE: ReadonlySet<DatabaseRole> = new Set(['keng_receiver', 'keng_sequencer']);

/** What every role is given. Pools and wake-ups are shared by the roles of one process. */
export interface Surroundings {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly address: DatabaseAddress;
  readonly clock: Clock;
  readonly world: World;
  readonly country: CountryPack;
  readonly log: Logger;
  /** Of this process; a role adds what it counts. */
  readonly metrics: ProcessMetrics;
  readonly wake: Wake;
  /** Wakes the sequencer when it shares the process with whoever appended. */
  readonly onCommit: () => void;
  pool(role: DatabaseRole, purpose: string, max: number): Pool;
}

/** Nothing of ours thinks so long inside a transaction: its process hangs, and what it has locked everybody waits for. */
const HANGS_MS = 10_000;
/** What receivers store devices send again until it is acknowledged, and a repeat is known by its key. */
const REPEATED_BY_DEVICES: ReadonlySet<DatabaseRole> = new Set(['keng_receiver']);
const ANSWER_MS = 15_000;
/** An import is one transaction, and its rows come over somebody's line. */
const WAITS_FOR_PEOPLE: ReadonlySet<DatabaseRole> = new Set(['keng_web']);
const PATIENT_MS = 60_000;

export interface RunningRole {
  readonly listening?: Readonly<Record<string, string>>;
  /** How it is, for whoever watches; must answer when the database does not. */
  health?(): RoleHealth | Promise<RoleHealth>;
  stop(): Promise<void>;
}

export interface OpenSurroundings extends Surroundings {
  /** The sequencer of this process, if it has one. */
  commitListener: (() => void) | null;
  close(): Promise<void>;
}

export async function openSurroundings(
  base: Omit<Surroundings, 'wake' | 'pool' | 'onCommit'>,
  roles: readonly ProcessRole[],
): Promise<OpenSurroundings> {
  const name = `keng-${roles.join('-')}`.slice(0, 60);
  const pools: Pool[] = [];
  const wake = new Wake(() => openClient(base.address, askingRole(roles), `${name}-wake`));
  await wake.start();
  const surroundings: OpenSurroundings = {
    ...base,
    wake,
    commitListener: null,
    onCommit: () => surroundings.commitListener?.(),
    pool: (role, purpose, max) => {
      const pool = openPool({
        address: base.address,
        role,
        max,
        applicationName: `keng-${purpose}`,
        planOnce: PLANS_ONCE.has(role),
        ...(REPEATED_BY_DEVICES.has(role) ? { answerWithinMs: ANSWER_MS } : {}),
        idleInTransactionMs: WAITS_FOR_PEOPLE.has(role) ? PATIENT_MS : HANGS_MS,
        onIdleError: (error) =>
          base.log.warn({ err: error }, `a connection of ${purpose} broke; it is replaced`),
      });
      if (base.address.kind === 'embedded') placeInDatabase(pool, base.log);
      pools.push(pool);
      return pool;
    },
    close: async () => {
      await wake.stop();
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
  return surroundings;
}

const REPEAT_MS = 10_000;

/**
 * The form in which the log's readers report. A database that is away fails every loop many times a second: each message is
 * written at once, and then at most each ten seconds with how often it came in between.
 */
export function reporter(log: Logger): (message: string, error?: unknown) => void {
  const told = new Map<string, { atMs: number; since: number }>();
  return (message, error) => {
    const now = performance.now();
    const last = told.get(message);
    if (last && now - last.atMs < REPEAT_MS) {
      last.since += 1;
      return;
    }
    told.set(message, { atMs: now, since: 0 });
    const repeated = last && last.since > 0 ? { times: last.since + 1 } : {};
    if (error === undefined) log.info(repeated, message);
    else log.warn({ ...repeated, err: error }, message);
  };
}
