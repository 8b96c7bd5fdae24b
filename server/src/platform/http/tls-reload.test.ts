import fs from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenssl, makeCertificate } from '../../testing/index.ts';
import { until } from '../../testing/until.ts';
import { createLogger } from '../logger.ts';
import { readTls } from './tls-files.ts';
import { reloadTls, type TlsReload } from './tls-reload.ts';

describe.skipIf(!hasOpenssl)('a certificate that is renewed', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-tls-'));
  const settings = { tlsCertificate: path.join(folder, 'live.crt'), tlsKey: path.join(folder, 'live.key') };
  const lines: string[] = [];
  let server: https.Server;
  let reload: TlsReload;
  let port: number;

  /** As certbot does: the new file takes the place of the old one at once. */
  function put(name: string, end: 'crt' | 'key'): void {
    const draft = path.join(folder, `draft.${end}`);
    fs.copyFileSync(path.join(folder, `${name}.${end}`), draft);
    fs.renameSync(draft, path.join(folder, `live.${end}`));
  }

  function connect(): Promise<tls.TLSSocket> {
    return new Promise((resolve, reject) => {
      const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () =>
        resolve(socket),
      );
      socket.once('error', reject);
    });
  }

  async function nameShown(): Promise<string> {
    const socket = await connect();
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return String(subject.CN);
  }

  beforeAll(async () => {
    for (const name of ['first', 'second', 'third']) makeCertificate(folder, name);
    put('first', 'crt');
    put('first', 'key');
    const log = createLogger('test', { pretty: false, write: (line) => lines.push(line) });
    server = https.createServer({ ...readTls(settings) }, (_request, response) => response.end('ok'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = server.address();
    port = typeof at === 'object' && at !== null ? at.port : 0;
    reload = reloadTls(server, settings, log, 20);
  });

  afterAll(() => {
    reload.stop();
    server.close();
    server.closeAllConnections();
    fs.rmSync(folder, { recursive: true });
  });

  it('is shown to new connections, and who is connected stays connected', async () => {
    const before = await connect();
    put('second', 'key');
    put('second', 'crt');
    await until(async () => (await nameShown()) === 'second');
    expect(before.destroyed).toBe(false);
    const answered = new Promise((resolve) => before.once('data', resolve));
    before.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(String(await answered)).toContain('200 OK');
    before.destroy();
  });

  it('is not used while its key does not fit, or is missing; the old one stays', async () => {
    lines.length = 0;
    put('third', 'crt');
    await until(() => lines.some((line) => line.includes('cannot be used')));
    expect(await nameShown()).toBe('second');
    fs.rmSync(settings.tlsKey);
    await until(() => lines.filter((line) => line.includes('cannot be used')).length > 1);
    expect(await nameShown()).toBe('second');
    put('third', 'key');
    await until(async () => (await nameShown()) === 'third');
  });
});
