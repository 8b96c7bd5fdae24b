import pg from 'pg';
import type { Pool, PoolClient } from './database.ts';
import { errorMessage, PlatformError } from './platform-error.ts';

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
}

/**
 * Runs `work` in one transaction. Resolves only when COMMIT has been confirmed: what it wrote may then be acknowledged.
 * @throws PlatformError `commit-uncertain` where the connection is lost during COMMIT: nothing is acknowledged, a device repeats and the
 *   unique key absorbs it, a person looks first; `commit-rolled-back` where a statement had failed and `work` went on
 */
export async function transaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(beginStatement(options));
    const result = await work(client);
    await commit(client);
    return result;
  } catch (error) {
    try {
      await client.query('rollback');
    } catch {
      // The connection itself is gone; the first error is the one that says why.
      broken = true;
    }
    throw error;
  } finally {
    client.release(broken);
  }
}

function beginStatement(options: TransactionOptions): string {
  const isolation = options.isolation ? ` isolation level ${options.isolation}` : '';
  return `begin${isolation}${options.readOnly ? ' read only' : ''}`;
}

async function commit(client: PoolClient): Promise<void> {
  const warnings: string[] = [];
  const listen = (notice: { code?: string | undefined; message?: string | undefined }): void => {
    if (notice.code === '01000') warnings.push(notice.message ?? '');
  };
  client.on('notice', listen);
  try {
    const result = await client.query('commit').catch((error: unknown) => {
      throw isAnswered(error) ? error : uncertain(errorMessage(error), error);
    });
    if (result.command !== 'COMMIT') {
      throw new PlatformError(
        'commit-rolled-back',
        'nothing of the transaction is stored: a statement in it had failed, so PostgreSQL rolled it back',
        'nothing was acknowledged; whoever wrote the statement must not go on after it has failed',
      );
    }
    // "canceling wait for synchronous replication due to user request": written here, but not on the standby.
    if (warnings.length > 0) throw uncertain(warnings.join('; '));
  } finally {
    client.off('notice', listen);
  }
}

/** PostgreSQL itself refused the commit, and nothing is stored; not a connection or a server that ended while it was on its way. */
function isAnswered(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !/^(08|57)/.test(error.code ?? '');
}

function uncertain(why: string, cause?: unknown): PlatformError {
  return new PlatformError(
    'commit-uncertain',
    `the transaction may be stored or not, or not on the standby: ${why}`,
    'nothing was acknowledged; the sender repeats. Look at the standby and the log of PostgreSQL',
    { cause },
  );
}
