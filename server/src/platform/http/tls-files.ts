import { readFileSync } from 'node:fs';
import { errorMessage, PlatformError } from '../platform-error.ts';
import type { Settings } from '../settings.ts';

export interface Tls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/**
 * The certificate that the settings name; null: none is set.
 * @throws PlatformError when only one of both is set, or a file cannot be read
 */
export function readTls(settings: Pick<Settings, 'tlsCertificate' | 'tlsKey'>): Tls | null {
  const { tlsCertificate, tlsKey } = settings;
  if (tlsCertificate === null && tlsKey === null) return null;
  if (tlsCertificate === null || tlsKey === null) {
    throw new PlatformError(
      'setting-invalid',
      'TLS needs both a certificate and its key, and one of them is not set',
      'set --tls-certificate and --tls-key, or neither',
    );
  }
  try {
    return { cert: readFileSync(tlsCertificate), key: readFileSync(tlsKey) };
  } catch (cause) {
    throw new PlatformError(
      'setting-invalid',
      `the TLS files cannot be read: ${errorMessage(cause)}`,
      'check the paths of --tls-certificate and --tls-key and who may read them',
      { cause },
    );
  }
}
