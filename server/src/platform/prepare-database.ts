import type pg from 'pg';
import { openClient, unreachable } from './database.ts';
import {
  type DatabaseAddress,
  type DatabaseRole,
  databaseName,
  databaseRoles,
  rolePassword,
  withDatabase,
} from './database-address.ts';
import { errorCode, PlatformError } from './platform-error.ts';

const applicationName = 'keng-prepare';
/** Any number, the same in every Keng: the key of the advisory lock around preparation. */
const preparationLock = 0x6b656e67;

/** Makes what migrations presuppose: the database and its login roles. Safe to repeat, and for several at once. */
export async function prepareDatabase(address: DatabaseAddress): Promise<void> {
  const maintenance = await openMaintenance(address);
  try {
    await maintenance.query('select pg_advisory_lock($1)', [preparationLock]);
    const created = await createDatabase(maintenance, databaseName(address));
    await createRoles(maintenance, address);
    await grantEntry(address, created);
  } finally {
    await maintenance.end();
  }
}

/** Embedded: always `postgres`. External: the named database itself if it is there, for many users may enter only that. */
async function openMaintenance(address: DatabaseAddress): Promise<pg.Client> {
  try {
    if (address.kind === 'embedded') {
      return await openClient(withDatabase(address, 'postgres'), 'administrator', applicationName);
    }
    try {
      return await openClient(address, 'administrator', applicationName);
    } catch (error) {
      if (errorCode(error) !== '3D000') throw error;
      return await openClient(withDatabase(address, 'postgres'), 'administrator', applicationName);
    }
  } catch (cause) {
    throw unreachable(address, cause);
  }
}

async function createDatabase(client: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount !== 0) return false;
  await client.query(`create database ${client.escapeIdentifier(name)} encoding 'UTF8' template template0`);
  return true;
}

interface RoleRow {
  readonly rolname: string;
  readonly rolsuper: boolean;
  readonly rolbypassrls: boolean;
}

async function createRoles(client: pg.Client, address: DatabaseAddress): Promise<void> {
  const { rows } = await client.query<RoleRow>(
    'select rolname, rolsuper, rolbypassrls from pg_roles where rolname = any($1)',
    [databaseRoles],
  );
  const tooStrong = rows.filter((row) => row.rolsuper || row.rolbypassrls).map((row) => row.rolname);
  if (tooStrong.length > 0) {
    throw new PlatformError(
      'database-role-too-strong',
      `these roles would pass by row-level security: ${tooStrong.join(', ')}`,
      tooStrong.map((role) => `alter role ${role} nosuperuser nobypassrls;`).join(' '),
    );
  }
  const present = new Set(rows.map((row) => row.rolname));
  const missing = databaseRoles.filter((role) => !present.has(role));
  for (const role of missing) await createRole(client, address, role, missing);
}

async function createRole(
  client: pg.Client,
  address: DatabaseAddress,
  role: DatabaseRole,
  missing: readonly DatabaseRole[],
): Promise<void> {
  const password = rolePassword(address, role);
  const secret = password === '' ? '' : ` password ${client.escapeLiteral(password)}`;
  try {
    await client.query(`create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole${secret}`);
  } catch (cause) {
    // Another database of the same server was prepared at the same moment: its lock is not ours.
    if (['42710', '23505'].includes(errorCode(cause) ?? '')) return;
    if (errorCode(cause) !== '42501') throw cause;
    throw new PlatformError(
      'database-roles-missing',
      `the user of DATABASE_URL may not create roles, and these are missing: ${missing.join(', ')}`,
      `let an administrator run: ${missing.map((name) => `create role ${name} login password '...';`).join(' ')} and give each password as KENG_DATABASE_PASSWORD_<ROLE>`,
      { cause },
    );
  }
}

/** keng_owner makes tables and trusted extensions; the others may enter. Nobody else may enter a database that Keng made. */
async function grantEntry(address: DatabaseAddress, created: boolean): Promise<void> {
  const client = await openClient(address, 'administrator', applicationName);
  try {
    if (!created && (await hasEntry(client))) return;
    const name = client.escapeIdentifier(databaseName(address));
    if (created) await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect on database ${name} to ${databaseRoles.join(', ')}`);
    await client.query(`grant create, temporary on database ${name} to keng_owner`);
    await client.query('grant usage, create on schema public to keng_owner');
  } finally {
    await client.end();
  }
}

async function hasEntry(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ granted: boolean }>(
    `select bool_and(has_database_privilege(role, current_database(), 'connect'))
            and has_database_privilege('keng_owner', current_database(), 'create')
            and has_schema_privilege('keng_owner', 'public', 'create') as granted
       from unnest($1::text[]) as role`,
    [databaseRoles],
  );
  return rows[0]?.granted === true;
}
