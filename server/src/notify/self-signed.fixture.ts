import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeCertificate } from '../testing/index.ts';

/** A key and a certificate of 127.0.0.1 for one test run. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-certificate-'));
  try {
    const { tlsKey, tlsCertificate } = makeCertificate(folder, '127.0.0.1', 'IP:127.0.0.1');
    return { key: fs.readFileSync(tlsKey, 'utf8'), cert: fs.readFileSync(tlsCertificate, 'utf8') };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
