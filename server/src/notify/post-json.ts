import { lookup as dnsLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { errorMessage } from '../platform/index.ts';
import { isPublicAddress } from './address-policy.ts';
import { SendFailed } from './channel-adapter.ts';

/*
 * node:http and not fetch: the address that is connected to must be the very one that was checked, and fetch has no place
 * where to look at it. Redirects are not followed, because node:http does not know them.
 */

export interface PostOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** For everything: name, connection, answer. */
  readonly timeoutMs: number;
  /** Bytes of the answer that are read. */
  readonly answerBytes: number;
  /** False: only addresses of the open Internet. */
  readonly privateAddresses: boolean;
  readonly signal: AbortSignal;
}

export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

/** Sockets are kept for the next request: a storm does not open a connection for each call. */
const AGENTS = {
  http: new http.Agent({ keepAlive: true, maxFreeSockets: 16, timeout: 30_000 }),
  https: new https.Agent({ keepAlive: true, maxFreeSockets: 16, timeout: 30_000 }),
};

/** Statuses that the same request will get again: it is wrong, or the receiver wants no more. */
const FINAL = new Set([400, 410, 413, 422]);

/**
 * Posts JSON and reads a short answer.
 * @throws SendFailed for everything but a status of 2xx
 */
export function postJson(options: PostOptions & { readonly body: string }): Promise<PostAnswer> {
  return postBytes({
    ...options,
    headers: { 'content-type': 'application/json; charset=utf-8', ...options.headers },
  });
}

/** The same for a body that says in its headers what it is. */
export async function postBytes(options: PostOptions): Promise<PostAnswer> {
  const url = new URL(options.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!options.privateAddresses && isIP(host) !== 0 && !isPublicAddress(host)) throw notAllowed(host);
  const limit = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([limit, options.signal]);
  try {
    const answer = await exchange(url, options, signal);
    return checked(answer);
  } catch (error) {
    if (error instanceof SendFailed) throw error;
    if (limit.aborted) {
      const detail = `no answer from ${url.host} within ${options.timeoutMs / 1000} s`;
      throw new SendFailed('timeout', detail, { again: true, cause: error });
    }
    throw new SendFailed('unreachable', `${url.host}: ${errorMessage(error)}`, { again: true, cause: error });
  }
}

interface RawAnswer extends PostAnswer {
  readonly retryAfter: string | undefined;
}

function exchange(url: URL, options: PostOptions, signal: AbortSignal): Promise<RawAnswer> {
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(
      url,
      {
        method: 'POST',
        headers: {
          'user-agent': 'Keng',
          ...options.headers,
          'content-length': String(Buffer.byteLength(options.body)),
        },
        agent: secure ? AGENTS.https : AGENTS.http,
        signal,
        ...(options.privateAddresses ? {} : { lookup: publicLookup }),
      },
      (response) => {
        readAnswer(response, options.answerBytes).then(
          (text) =>
            resolve({ status: response.statusCode ?? 0, text, retryAfter: response.headers['retry-after'] }),
          reject,
        );
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

async function readAnswer(response: http.IncomingMessage, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    // Nobody has set an encoding: chunks are bytes.
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > most) {
      response.destroy();
      // It was taken, if at all, before it began to talk: trying again would bring the same speech.
      throw new SendFailed('answer-too-long', `the answer is longer than ${most} bytes`, { again: false });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function checked({ status, text, retryAfter }: RawAnswer): PostAnswer {
  if (status >= 200 && status < 300) return { status, text };
  if (status >= 300 && status < 400) {
    throw new SendFailed('redirect', `answered ${status}; redirects are not followed`, { again: false });
  }
  const wait = retryAfter !== undefined && /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) : null;
  throw new SendFailed('refused', `answered ${status}${text === '' ? '' : `: ${firstLine(text)}`}`, {
    again: !FINAL.has(status),
    waitSeconds: wait,
    status,
  });
}

/** What a stranger wrote goes into the log: one line of it, without control characters. */
function firstLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

/** Looks a name up and lets only addresses of the open Internet through; the connection goes to what was checked. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const allowed = addresses.filter((one) => isPublicAddress(one.address));
    const [first] = allowed;
    if (!first) return callback(notAllowed(hostname), '', 0);
    if (options.all) return callback(null, allowed);
    callback(null, first.address, first.family);
  });
};

function notAllowed(host: string): SendFailed {
  const detail = `${host} is an address inside a network; allow it with --webhook-private-addresses if it is meant`;
  return new SendFailed('address-not-allowed', detail, { again: false });
}
