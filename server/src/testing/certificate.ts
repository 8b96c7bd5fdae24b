import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Certificates of tests are made by the openssl of the machine; where there is none, `it.skipIf(!hasOpenssl)`. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** For the end of a test's name: why it did not run. */
export const withoutOpenssl = hasOpenssl ? '' : ' (skipped: no openssl here to make a certificate)';

/** Where they lie, in PEM, under the names of the settings. */
export interface CertificateFiles {
  readonly tlsKey: string;
  readonly tlsCertificate: string;
}

/**
 * A key, and a certificate that it signed itself, for two days.
 *
 * @param folder where `NAME.key` and `NAME.crt` are put
 * @param name the common name: the host for which it is good
 * @param alternative the subject's other name as openssl writes it, such as `IP:127.0.0.1`
 */
export function makeCertificate(folder: string, name = 'localhost', alternative?: string): CertificateFiles {
  const tlsKey = path.join(folder, `${name}.key`);
  const tlsCertificate = path.join(folder, `${name}.crt`);
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', `/CN=${name}`, '-keyout', tlsKey, '-out', tlsCertificate],
    ...(alternative === undefined ? [] : ['-addext', `subjectAltName=${alternative}`]),
  ]);
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${String(made.stderr)}`);
  return { tlsKey, tlsCertificate };
}
