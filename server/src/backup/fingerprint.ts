import { scryptSync } from 'node:crypto';
import type { SecretName } from '../platform/index.ts';

export interface SecretFingerprint {
  readonly name: string;
  readonly fingerprint: string;
}

/**
 * Says of a secret whether it is the same one, and nothing else: slow to guess, 64 bits long, and other in each backup.
 * @param salt the id of the backup
 */
export function fingerprints(
  secrets: Readonly<Record<SecretName, string | null>>,
  salt: string,
): SecretFingerprint[] {
  return Object.entries(secrets).flatMap(([name, text]) =>
    text === null
      ? []
      : [{ name, fingerprint: scryptSync(text, `keng-backup ${salt} ${name}`, 8).toString('hex') }],
  );
}
