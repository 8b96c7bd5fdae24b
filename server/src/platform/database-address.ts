import { type DatabaseHost, splitHosts, withHost } from './database-hosts.ts';
import { errorMessage, PlatformError } from './platform-error.ts';
import type { PostgresServer } from './postgres-server.ts';

/**
 * The login roles of Keng. Every process connects as the weakest role that does its work; row-level security and grants bind to
 * these names and not to a setting that a session could change.
 */
export const databaseRoles = [
  'keng_owner',
  'keng_core',
  'keng_web',
  'keng_receiver',
  'keng_sequencer',
  'keng_sender',
  'keng_exercise',
  'keng_auditor',
  'keng_eraser',
] as const;

export type DatabaseRole = (typeof databaseRoles)[number];

export type RolePasswords = Partial<Readonly<Record<DatabaseRole, string>>>;

/** Where the database is. Plain data: it travels to child processes by IPC, and never in their arguments. */
export type DatabaseAddress =
  | {
      readonly kind: 'embedded';
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly administrator: string;
    }
  | {
      readonly kind: 'external';
      readonly url: string;
      /** Where the primary may be, when the URL names several; the URL itself names the first. */
      readonly hosts?: readonly DatabaseHost[];
      readonly passwords: RolePasswords;
    };

export function embeddedAddress(
  server: Pick<PostgresServer, 'host' | 'port' | 'user'>,
  database = 'keng',
): DatabaseAddress {
  return {
    kind: 'embedded',
    host: server.host,
    port: server.port,
    database,
    administrator: server.user,
  };
}

/** `postgresql://user:password@host:5432,other:5432/keng?sslmode=verify-full`. The name of the database is required. */
export function externalAddress(given: string, passwords: RolePasswords = {}): DatabaseAddress {
  let parsed: URL;
  let url: string;
  let hosts: readonly DatabaseHost[];
  try {
    ({ url, hosts } = splitHosts(given));
    parsed = new URL(url);
  } catch (cause) {
    // The text itself is not repeated: it may hold a password.
    throw invalidUrl(`it is not a URL (${errorMessage(cause)})`);
  }
  if (!['postgres:', 'postgresql:'].includes(parsed.protocol))
    throw invalidUrl(`its scheme is ${parsed.protocol}`);
  if (parsed.pathname.length < 2) throw invalidUrl('it names no database');
  if (parsed.username === '') throw invalidUrl('it names no user');
  return { kind: 'external', url, passwords, ...(hosts.length > 1 ? { hosts } : {}) };
}

function invalidUrl(why: string): PlatformError {
  return new PlatformError(
    'database-url-invalid',
    `DATABASE_URL cannot be used: ${why}`,
    'write it as postgresql://user:password@host:5432/database',
  );
}

export function databaseName(address: DatabaseAddress): string {
  return address.kind === 'embedded'
    ? address.database
    : decodeURIComponent(new URL(address.url).pathname.slice(1));
}

export function withDatabase(address: DatabaseAddress, database: string): DatabaseAddress {
  if (address.kind === 'embedded') return { ...address, database };
  const url = new URL(address.url);
  url.pathname = `/${encodeURIComponent(database)}`;
  return { ...address, url: url.href };
}

/** The address without its secrets, for logs and messages. */
export function describeAddress(address: DatabaseAddress): string {
  if (address.kind === 'embedded') return `${address.database} at ${address.host}`;
  const url = new URL(address.url);
  const hosts = address.hosts?.map(({ host, port }) => `${host}:${port}`).join() ?? url.host;
  return `${databaseName(address)} at ${hosts}`;
}

export interface ConnectionTarget {
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly connectionString?: string;
}

/**
 * How `pg` reaches the database as one role, or as the administrator who prepares it: the user of the URL, who may be a role of Keng with a
 * password of its own. `host` where the address names several.
 */
export function connectionTarget(
  address: DatabaseAddress,
  role: DatabaseRole | 'administrator',
  host?: DatabaseHost,
): ConnectionTarget {
  if (address.kind === 'embedded') {
    const user = role === 'administrator' ? address.administrator : role;
    return { host: address.host, port: address.port, database: address.database, user };
  }
  const there = host ? withHost(address.url, host) : address.url;
  const url = new URL(there);
  if (role === 'administrator') {
    const own = databaseRoles.find((one) => one === url.username);
    if (own === undefined || url.password !== '') return { connectionString: there };
    url.password = encodeURIComponent(rolePassword(address, own));
    return { connectionString: url.href };
  }
  url.username = role;
  url.password = encodeURIComponent(rolePassword(address, role));
  return { connectionString: url.href };
}

/** The password of a role of its own, else that of the URL; '' where the server asks for none (certificate, peer). */
export function rolePassword(address: DatabaseAddress, role: DatabaseRole): string {
  if (address.kind === 'embedded') return '';
  return address.passwords[role] ?? decodeURIComponent(new URL(address.url).password);
}
