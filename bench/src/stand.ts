import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type DatabaseAddress,
  embeddedAddress,
  migrate,
  type PostgresServer,
  startPostgres,
} from '../../server/src/platform/index.ts';

/** A PostgreSQL of the bench's own, migrated and thrown away afterwards. */
export interface Stand {
  readonly address: DatabaseAddress;
  readonly server: PostgresServer;
  remove(): Promise<void>;
}

/** @param settings beside those that `npm start` uses */
export async function buildStand(settings: Readonly<Record<string, string>> = {}): Promise<Stand> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-bench-'));
  // The database may run as another user, which has to pass through here.
  fs.chmodSync(folder, 0o711);
  const server = await startPostgres({ dataFolder: path.join(folder, 'postgres'), settings });
  const address = embeddedAddress(server, 'keng');
  await migrate({ address });
  return {
    address,
    server,
    remove: async () => {
      await server.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
