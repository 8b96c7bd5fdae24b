import pg from 'pg';
import {
  type ConnectionTarget,
  connectionTarget,
  type DatabaseAddress,
  type DatabaseRole,
  describeAddress,
} from './database-address.ts';
import { choiceOf } from './database-hosts.ts';
import { PlatformError } from './platform-error.ts';
import { isStandby, PrimaryPool, standby } from './primary-pool.ts';

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;
/** What a statement needs: a pool, or the client of an open transaction. */
export type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>;

export interface PoolOptions {
  readonly address: DatabaseAddress;
  readonly role: DatabaseRole;
  /** Connections at most; default 10. */
  readonly max?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Plan each statement once for all values: for the few statements that run many times a second and always go the same way. */
  readonly planOnce?: boolean;
  /** Cancels any statement that runs longer; default: no limit. */
  readonly statementTimeoutMs?: number;
  /**
   * Gives a statement up that has no answer after so long, and its connection: behind a line that was cut TCP repeats itself ever more
   * seldom, for minutes. Whoever asks must bear that it was done all the same. Default: no limit.
   */
  readonly answerWithinMs?: number;
  /** Ends the session of a transaction that says nothing for longer: whoever hangs lets go of what it has locked; default: no limit. */
  readonly idleInTransactionMs?: number;
  /** Called when an idle connection breaks (server restarted); the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

export function openPool(options: PoolOptions): Pool {
  const choice = options.address.kind === 'external' ? choiceOf(options.address.hosts) : undefined;
  const config: pg.PoolConfig = {
    ...connectionTarget(options.address, options.role),
    ...sessionSettings(options.applicationName, options.planOnce),
    max: options.max ?? 10,
    idleTimeoutMillis: 60_000,
    ...(options.statementTimeoutMs === undefined ? {} : { statement_timeout: options.statementTimeoutMs }),
    ...(options.answerWithinMs === undefined ? {} : { query_timeout: options.answerWithinMs }),
    ...(options.idleInTransactionMs === undefined
      ? {}
      : { idle_in_transaction_session_timeout: options.idleInTransactionMs }),
  };
  const pool = choice ? new PrimaryPool(config, choice, options) : new pg.Pool(config);
  // Without a listener an idle connection that breaks would end the process. The next query reports what is wrong.
  pool.on('error', options.onIdleError ?? (() => {}));
  // The pool listens to idle connections only. One that breaks between two statements of a transaction would end the process;
  // its next statement rejects with the reason.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** One connection outside any pool, as a role or as the administrator; the caller ends it. */
export async function openClient(
  address: DatabaseAddress,
  role: DatabaseRole | 'administrator',
  applicationName: string,
): Promise<pg.Client> {
  const choice = address.kind === 'external' ? choiceOf(address.hosts) : undefined;
  for (let left = choice?.count ?? 1; ; left -= 1) {
    const host = choice?.current;
    try {
      const client = await connectOnce(connectionTarget(address, role, host), applicationName);
      if (!choice || !(await isStandby(client))) return client;
      await client.end();
      throw standby();
    } catch (error) {
      choice?.failed(host);
      if (left <= 1) throw error;
    }
  }
}

async function connectOnce(target: ConnectionTarget, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({ ...target, ...sessionSettings(applicationName) });
  // A connection that breaks between statements: the next statement rejects with the reason.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    // `pg` leaves the socket open when it gives up itself (no password): the process would live until PostgreSQL loses patience, a minute.
    client.end().catch(() => {});
    throw error;
  }
  return client;
}

/**
 * A machine that lost its power or its line says goodbye to nobody, and PostgreSQL would keep its session, with the lock of the sequencer, for
 * two hours (Linux, tcp_keepalive_time). With these it ends after some 15 s, and the spare leads. On a Unix socket they mean nothing.
 */
const believesDeath =
  '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3 -c tcp_user_timeout=15000';

function sessionSettings(applicationName: string, planOnce = false) {
  const plans = planOnce ? ' -c plan_cache_mode=force_generic_plan' : '';
  return {
    application_name: applicationName,
    options: `-c timezone=UTC -c datestyle=ISO -c search_path=public,pg_temp ${believesDeath}${plans}`,
    connectionTimeoutMillis: 15_000,
    // The other way round: of a connection that only listens nobody would notice that its server is gone.
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    types: { getTypeParser },
  };
}

const int8 = 20;
const int8Array: number = 1016;
const date = 1082;

/** int8 becomes a number, and a failure instead of a rounded one; a date stays 'YYYY-MM-DD', for it has no time zone. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (format !== 'binary') {
    if (oid === int8) return parseInteger;
    if (oid === int8Array) return parseIntegers;
    if (oid === date) return (text: string) => text;
  }
  return pg.types.getTypeParser(oid, format ?? 'text');
}

/** The types of our sessions with some read in another way, for a statement's `types`. */
export function columnTypes(
  parsers: Readonly<Record<number, (text: string) => unknown>>,
): pg.CustomTypesConfig {
  return {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      (format === 'binary' ? undefined : parsers[oid]) ?? getTypeParser(oid, format),
  };
}

function parseInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new PlatformError(
    'integer-out-of-range',
    `the database returned ${text}, which a number cannot hold exactly`,
    'cast this column to text in the statement that reads it',
  );
}

function parseIntegers(text: string): (number | null)[] {
  const values: unknown = pg.types.getTypeParser(int8Array, 'text')(text);
  if (!Array.isArray(values)) throw new TypeError(`not an array of int8: ${text}`);
  return values.map((value: unknown) => (value === null ? null : parseInteger(String(value))));
}

/**
 * Refuses a database that could lose what it confirmed (reliability: commit rule of docs/architecture). Asked on a connection of the
 * role that will write, because each of these can be set for a role or a database alone.
 */
export async function checkDurability(pool: Queryable): Promise<void> {
  const { rows } = await pool.query<Record<'fsync' | 'pages' | 'commit' | 'standbys' | 'role', string>>(
    `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
            current_setting('synchronous_commit') as commit, current_setting('synchronous_standby_names') as standbys,
            current_user as role`,
  );
  const found = rows[0];
  if (!found) throw new Error('a select without a table returned no row');
  const faults: string[] = [];
  if (found.fsync !== 'on') faults.push(`fsync is ${found.fsync}`);
  if (found.pages !== 'on') faults.push(`full_page_writes is ${found.pages}`);
  if (found.commit === 'off') faults.push('synchronous_commit is off');
  if (found.commit === 'local' && found.standbys !== '') {
    faults.push(`synchronous_commit is local although standbys are named (${found.standbys})`);
  }
  if (faults.length === 0) return;
  throw new PlatformError(
    'database-not-durable',
    `PostgreSQL could lose alarms that were acknowledged (role ${found.role}): ${faults.join(', ')}`,
    'set fsync, full_page_writes and synchronous_commit to on (also for roles and databases: \\drds in psql) and start again',
  );
}

/** Whether the database can be reached at all: for whoever starts a part of a centre and mistyped its address. */
export async function requireReachable(address: DatabaseAddress, role: DatabaseRole): Promise<void> {
  const client = await openClient(address, role, 'keng-reach').catch((cause: unknown) => {
    throw unreachable(address, cause);
  });
  await client.end();
}

export function unreachable(address: DatabaseAddress, cause: unknown): PlatformError {
  return new PlatformError(
    'database-unreachable',
    `the database ${describeAddress(address)} cannot be reached`,
    'check that PostgreSQL runs, and the host, port, user and password of DATABASE_URL',
    { cause },
  );
}
