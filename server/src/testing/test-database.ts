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
import { ensureTemplate, templateName } from './test-template.ts';

export interface TestDatabase {
  readonly address: DatabaseAddress;
  readonly name: string;
  /** One pool a role, opened at first use and closed by drop(). */
  pool(role: DatabaseRole): Pool;
  /** Closes the pools and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** `migrated` (default): a copy of the template; `missing`: a name that does not exist yet. */
  readonly from?: 'migrated' | 'missing';
}

/** A database of its own for one test file: a copy of the migrated template, made in some 50 ms. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('testDatabaseServer');
  const name = `keng_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const address = withDatabase(server, name);
  if (options.from !== 'missing') {
    await ensureTemplate(server);
    await asAdministrator(server, `create database ${name} template ${templateName}`);
    // Grants on a database are not part of a copy.
    await asAdministrator(server, `grant create, temporary on database ${name} to keng_owner`);
  }
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
      await asAdministrator(server, `drop database if exists ${name} with (force)`);
    },
  };
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
