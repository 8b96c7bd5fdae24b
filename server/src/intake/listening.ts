import type { Server } from 'node:net';
import { errorMessage, formatListenAddress, type ListenAddress, PlatformError } from '../platform/index.ts';

/** Connections that wait to be accepted: a province whose power comes back calls all at once. The system may allow fewer. */
const BACKLOG = 4_096;

/** Opens a server at its address. `what`: as people call it; `flag`: the setting that moves it. */
export function listenAt(server: Server, address: ListenAddress, what: string, flag: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void =>
      reject(
        new PlatformError(
          'listen-failed',
          `${what} cannot listen on ${formatListenAddress(address)}: ${errorMessage(cause)}`,
          `stop what uses this address, or choose another with --${flag}`,
          { cause },
        ),
      );
    server.once('error', fail);
    server.listen({ host: address.host, port: address.port, backlog: BACKLOG }, () => {
      server.off('error', fail);
      // Accepting can fail for want of files; those who wait are accepted later.
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/** Where a server listens; empty: it does not. */
export function addressOf(server: Server): string {
  const at = server.address();
  return typeof at === 'object' && at !== null
    ? formatListenAddress({ host: at.address, port: at.port })
    : '';
}
