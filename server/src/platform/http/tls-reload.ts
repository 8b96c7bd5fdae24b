import fs from 'node:fs';
import type { Server } from 'node:tls';
import { createSecureContext } from 'node:tls';
import type { Logger } from '../logger.ts';
import type { Settings } from '../settings.ts';
import { readTls } from './tls-files.ts';

export interface TlsReload {
  stop(): void;
}

const EVERY_MS = 10_000;

/**
 * Takes a renewed certificate without a restart: connections that are open go on, new ones get the new one. Files are looked at and not
 * watched, for whoever renews them replaces links and folders (certbot, Kubernetes). A pair that does not fit together is left alone
 * until it does: it is half-way through being replaced, or wrong, and then the log says so.
 */
export function reloadTls(
  server: Pick<Server, 'setSecureContext'>,
  settings: Pick<Settings, 'tlsCertificate' | 'tlsKey'>,
  log: Logger,
  everyMs = EVERY_MS,
): TlsReload {
  let used = markOf(settings);
  let refused = '';
  const look = (): void => {
    const mark = markOf(settings);
    if (mark === used || mark === refused) return;
    try {
      const tls = readTls(settings);
      if (tls === null) return;
      createSecureContext(tls);
      server.setSecureContext({ ...tls, minVersion: 'TLSv1.2' });
      used = mark;
      log.info('the new TLS certificate is in use');
    } catch (error) {
      refused = mark;
      log.error({ err: error }, 'the new TLS certificate cannot be used; the old one stays');
    }
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Changes when either file is another, or has other content. */
function markOf({ tlsCertificate, tlsKey }: Pick<Settings, 'tlsCertificate' | 'tlsKey'>): string {
  return [tlsCertificate, tlsKey]
    .map((file) => {
      if (file === null) return '';
      try {
        const { ino, mtimeMs, size } = fs.statSync(file);
        return `${ino} ${mtimeMs} ${size}`;
      } catch {
        // Away for a moment while it is replaced.
        return 'missing';
      }
    })
    .join();
}
