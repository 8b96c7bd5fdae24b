import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify as verifySignature,
} from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserSubscription } from './contacts/service.ts';

/**
 * A stand-in for a push service and the browsers behind it, on a real socket. It is none: it checks what RFC 8030 wants of a
 * request, verifies the signature of RFC 8292, decrypts RFC 8291 with the browser's own key, and keeps what it got.
 */
export interface PushServiceStandIn {
  readonly origin: string;
  readonly received: PushedMessage[];
  /** Status for the next requests to an endpoint, by its path; others get 201. */
  readonly answers: Map<string, number>;
  browser(): StandInBrowser;
  stop(): Promise<void>;
}

export interface StandInBrowser {
  readonly subscription: BrowserSubscription;
  readonly path: string;
}

export interface PushedMessage {
  readonly path: string;
  readonly ttl: string | undefined;
  readonly urgency: string | undefined;
  readonly topic: string | undefined;
  /** Claims of the centre's token. */
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
  /** The key by which the centre proved itself. */
  readonly key: string;
  readonly text: string;
}

interface Keys {
  readonly ecdh: ReturnType<typeof createECDH>;
  readonly auth: Buffer;
}

export async function startPushServiceStandIn(): Promise<PushServiceStandIn> {
  const keys = new Map<string, Keys>();
  const received: PushedMessage[] = [];
  const answers = new Map<string, number>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const wanted = answers.get(path);
      const browser = keys.get(path);
      if (wanted !== undefined || browser === undefined) {
        response.writeHead(wanted ?? 404).end();
        return;
      }
      try {
        received.push(readMessage(path, request.headers, Buffer.concat(chunks), browser, standIn.origin));
        response.writeHead(201, { location: `${standIn.origin}/message/1` }).end();
      } catch (error) {
        response.writeHead(400).end(String(error));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const standIn: PushServiceStandIn = {
    origin: `http://127.0.0.1:${port}`,
    received,
    answers,
    browser() {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(8).toString('hex')}`;
      keys.set(path, { ecdh, auth });
      const p256dh = ecdh.getPublicKey('base64url', 'uncompressed');
      return {
        path,
        subscription: {
          endpoint: `${standIn.origin}${path}`,
          keys: { p256dh, auth: auth.toString('base64url') },
        },
      };
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return standIn;
}

function readMessage(
  path: string,
  headers: http.IncomingHttpHeaders,
  body: Buffer,
  browser: Keys,
  origin: string,
): PushedMessage {
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('not encrypted as RFC 8291 says');
  // RFC 8030, section 5.2: without it the message is refused.
  if (!/^\d+$/.test(String(headers.ttl))) throw new Error('no TTL');
  const { claims, key } = checkVapid(headers.authorization ?? '', origin);
  return {
    path,
    ttl: String(headers.ttl),
    urgency: headers.urgency?.toString(),
    topic: headers.topic?.toString(),
    claims,
    key,
    text: decrypt(body, browser),
  };
}

function checkVapid(authorization: string, origin: string): Pick<PushedMessage, 'claims' | 'key'> {
  const match = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(authorization);
  if (!match) throw new Error('no VAPID token');
  const [, head = '', claimsText = '', signature = '', key = ''] = match;
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const good = verifySignature(
    'sha256',
    Buffer.from(`${head}.${claimsText}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!good) throw new Error('the token is not signed by its key');
  const claims = JSON.parse(Buffer.from(claimsText, 'base64url').toString('utf8')) as PushedMessage['claims'];
  const now = Date.now() / 1_000;
  if (claims.aud !== origin) throw new Error(`the token is for ${claims.aud}`);
  // RFC 8292, section 2: no more than a day ahead.
  if (claims.exp < now || claims.exp > now + 86_400) throw new Error('the token has no good end');
  return { claims, key };
}

const SALT_BYTES = 16;
const TAG_BYTES = 16;

/** RFC 8188 with the keys of RFC 8291; one record. */
function decrypt(body: Buffer, { ecdh, auth }: Keys): string {
  const salt = body.subarray(0, SALT_BYTES);
  const idBytes = body.readUInt8(SALT_BYTES + 4);
  const sender = body.subarray(SALT_BYTES + 5, SALT_BYTES + 5 + idBytes);
  const record = body.subarray(SALT_BYTES + 5 + idBytes);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const ikm = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-TAG_BYTES));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -TAG_BYTES)), decipher.final()]);
  const end = plain.lastIndexOf(2);
  if (end < 0) throw new Error('the last record has no end');
  return plain.subarray(0, end).toString('utf8');
}
