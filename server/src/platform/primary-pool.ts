import pg from 'pg';
import { connectionTarget, type DatabaseAddress, type DatabaseRole } from './database-address.ts';
import type { DatabaseHost, HostChoice } from './database-hosts.ts';

/** A dead machine answers nothing: with another host to try, its silence is believed sooner. */
const hostTimeoutMs = 4_000;

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: pg.PoolClient['release'],
) => void;

/**
 * New connections go to the host that takes writes (`target_session_attrs=read-write` of libpq, which `pg` does not have). One that fails, or
 * turns out to be a standby, is tried at the next host before anybody is told: a command that starts after a promotion asks only once.
 */
export class PrimaryPool extends pg.Pool {
  readonly #choice: HostChoice;

  constructor(
    config: pg.PoolConfig,
    choice: HostChoice,
    as: { readonly address: DatabaseAddress; readonly role: DatabaseRole },
  ) {
    super({ ...config, ...followPrimary(choice, as) });
    this.#choice = choice;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const connected = this.#connectToPrimary();
    if (callback === undefined) return connected;
    connected.then(
      (client) => callback(undefined, client, client.release),
      (error: Error) => callback(error, undefined, () => {}),
    );
    return undefined;
  }

  async #connectToPrimary(): Promise<pg.PoolClient> {
    for (let left = this.#choice.count; ; left -= 1) {
      const host = this.#choice.current;
      try {
        return await super.connect();
      } catch (error) {
        // Where the choice stays, it was no host that failed: all connections of the pool are in use.
        if (left <= 1 || this.#choice.current === host) throw error;
      }
    }
  }
}

function followPrimary(
  choice: HostChoice,
  { address, role }: { readonly address: DatabaseAddress; readonly role: DatabaseRole },
): pg.PoolConfig {
  class PrimaryClient extends pg.Client {
    readonly keng: DatabaseHost | undefined;

    constructor(config: pg.ClientConfig) {
      const host = choice.current;
      super({ ...config, ...connectionTarget(address, role, host), connectionTimeoutMillis: hostTimeoutMs });
      this.keng = host;
    }

    override connect(): Promise<pg.Client>;
    override connect(callback: (error: Error) => void): void;
    override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
      if (callback === undefined) return super.connect();
      super.connect((error: Error) => {
        if (error) choice.failed(this.keng);
        callback(error);
      });
      return undefined;
    }
  }
  const config = {
    Client: PrimaryClient,
    verify: (client: pg.PoolClient, done: (error?: Error) => void): void => {
      isStandby(client).then(
        (isOne) => {
          if (!isOne) return done();
          choice.failed(hostOf(client));
          done(standby());
        },
        (error: unknown) => {
          choice.failed(hostOf(client));
          done(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  };
  // The types of pg do not know `verify`, and want a client without arguments, which the pool gives it.
  return config as unknown as pg.PoolConfig;
}

function hostOf(client: pg.PoolClient): DatabaseHost | undefined {
  return 'keng' in client ? (client.keng as DatabaseHost | undefined) : undefined;
}

/** With the code that PostgreSQL itself gives to who writes there: it passes when the standby is promoted or the primary comes back. */
export function standby(): Error {
  return Object.assign(new Error('this host is a standby: it does not take writes'), { code: '25006' });
}

export async function isStandby(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby');
  return rows[0]?.standby ?? true;
}
