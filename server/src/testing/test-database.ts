import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openClient } from '../platform/database.ts';
import {
  type DatabaseAddress,
  type DatabaseRole,
  openPool,
  type Pool,
  withDatabase,
} from '../platform/index.ts';
import { giveBack, takeEmptied } from './test-recycling.ts';
import { ensureTemplate, templateName } from './test-template.ts';

export interface TestDatabase {
  readonly address: DatabaseAddress;
  readonly name: string;
  /** One pool a role, opened at first use and closed by drop(). */
  pool(role: DatabaseRole): Pool;
  /** Closes the pools and gives the database back, whoever is still connected: nobody may use it afterwards. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** `migrated` (default): a copy of the template; `missing`: a name that does not exist yet. */
  readonly from?: 'migrated' | 'missing';
}

/** A database of its own, for a test or a file: migrated and empty. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('testDatabaseServer');
  const fresh = `keng_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const name = options.from === 'missing' ? fresh : await migratedDatabase(server, fresh);
  const address = withDatabase(server, name);
  const pools = new Map<DatabaseRole, Pool>();
  return {
    address,
    name,
    pool: (role) => {
      const pool = pools.get(role) ?? openPool({ address, role, applicationName: 'keng-test' });
      pools.set(role, pool);
      return pool;
    },
    drop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      pools.clear();
      const book = await openClient(server, 'administrator', 'keng-test');
      try {
        if (options.from !== 'missing' && (await giveBack(book, address, name))) return;
        await book.query(`drop database if exists ${name} with (force)`);
      } finally {
        await book.end();
      }
    },
  };
}

/** One that another test has given back, else a copy of the template under the new name. */
async function migratedDatabase(server: DatabaseAddress, fresh: string): Promise<string> {
  await ensureTemplate(server);
  const book = await openClient(server, 'administrator', 'keng-test');
  try {
    const emptied = await takeEmptied(book);
    if (emptied !== null) return emptied;
    await book.query(`create database ${fresh} template ${templateName}`);
    // Grants on a database are not part of a copy.
    await book.query(`grant create, temporary on database ${fresh} to keng_owner`);
    return fresh;
  } finally {
    await book.end();
  }
}

/** One statement as superuser, on the database `postgres` unless the address names another. */
export async function asAdministrator(address: DatabaseAddress, sql: string): Promise<void> {
  const client = await openClient(address, 'administrator', 'keng-test');
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
