import path from 'node:path';
import { lockHolder } from './data-folder-lock.ts';
import { type DatabaseAddress, embeddedAddress, externalAddress } from './database-address.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { loadRolePasswords } from './secrets.ts';
import type { Settings } from './settings.ts';

export interface ProvidedDatabase {
  readonly address: DatabaseAddress;
  /** The server of Keng's own; null with DATABASE_URL. */
  readonly server: PostgresServer | null;
  close(): Promise<void>;
}

export interface ProvideOptions {
  readonly settings: Pick<Settings, 'databaseUrl' | 'dataFolder'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log?: (line: string) => void;
}

/**
 * The database of a command: DATABASE_URL, or the server below the data folder. Where a centre is running on that folder its
 * server is used and left alone; else it is started and stopped again.
 */
export async function provideDatabase(options: ProvideOptions): Promise<ProvidedDatabase> {
  const { databaseUrl, dataFolder } = options.settings;
  if (databaseUrl !== null) {
    const address = externalAddress(databaseUrl, loadRolePasswords(options.env));
    return { address, server: null, close: async () => {} };
  }
  const holder = lockHolder(dataFolder);
  const server = await startPostgres({
    dataFolder: postgresFolder(dataFolder),
    ...(options.log ? { log: options.log } : {}),
  });
  const borrowed = server.reused && holder !== undefined && holder !== process.pid;
  return {
    address: embeddedAddress(server),
    server,
    close: async () => {
      if (!borrowed) await server.stop();
    },
  };
}

export function postgresFolder(dataFolder: string): string {
  return path.join(dataFolder, 'postgres');
}
