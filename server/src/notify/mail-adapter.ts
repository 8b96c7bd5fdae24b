import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import { errorMessage } from '../platform/index.ts';
import { type ChannelAdapter, type OutgoingJob, type Receipt, SendFailed } from './channel-adapter.ts';
import { returnPath } from './returned/return-path.ts';
import { refusedAddress } from './returned/rules.ts';

export interface MailServer {
  /** `smtps://host:465` is TLS from the first byte, `smtp://host:587` becomes TLS before anything is said. */
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
  /** The address that mails come from. */
  readonly from: string;
  /** To which mail that cannot be delivered comes back, and with what it is signed; null: to `from`, where a person reads it. */
  readonly returns?: { readonly address: string; readonly secret: string } | null;
  /** Without TLS: only for a relay on the same machine. */
  readonly plain: boolean;
  /** PEM of the authority that the server's certificate is checked against; null: those of the system. */
  readonly ca: string | null;
  readonly timeoutMs?: number;
}

const CONNECTIONS = 4;
const MESSAGES_A_CONNECTION = 100;
const TIMEOUT_MS = 15_000;
const DEFAULT_PORT = 587;
const DEFAULT_TLS_PORT = 465;

/** E-mail by SMTP over a few connections that are kept. The library is loaded only where there is a mail server. */
export async function mailAdapter(server: MailServer): Promise<ChannelAdapter & { close(): void }> {
  const { default: nodemailer } = await import('nodemailer');
  const transport = nodemailer.createTransport(poolOptions(server));
  return {
    channel: 'email',
    // What is handed to the pool beyond its connections waits in it, where no lease is renewed.
    concurrency: CONNECTIONS,
    async send(job): Promise<Receipt> {
      const mail = mailOf(server, job);
      try {
        const info = await transport.sendMail(mail);
        // As far as SMTP tells: the server has taken it over. What becomes of it afterwards comes back to `returns`.
        return { state: 'delivered', reference: oneLine(info.response) };
      } catch (error) {
        throw failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** The centre without a mail server: each mail says so instead of waiting in silence. */
export function noMail(): ChannelAdapter {
  return {
    channel: 'email',
    concurrency: CONNECTIONS,
    async send() {
      throw new SendFailed('not-configured', 'no mail server is configured', { again: false });
    },
  };
}

function poolOptions(server: MailServer): SMTPPool.Options {
  const url = new URL(server.url);
  const secure = url.protocol === 'smtps:';
  const timeout = server.timeoutMs ?? TIMEOUT_MS;
  return {
    pool: true,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? DEFAULT_TLS_PORT : DEFAULT_PORT) : Number(url.port),
    secure,
    // STARTTLS or nothing: a server, or somebody between, that does not offer it gets no mail.
    requireTLS: !secure && !server.plain,
    ignoreTLS: server.plain,
    tls: { minVersion: 'TLSv1.2', ...(server.ca === null ? {} : { ca: server.ca }) },
    ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    maxConnections: CONNECTIONS,
    maxMessages: MESSAGES_A_CONNECTION,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    // What is mailed is text of ours: no file, no address is ever read for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function mailOf(server: MailServer, job: OutgoingJob) {
  const { payload, address, language, idempotencyKey, link, lane } = job;
  if (payload.kind !== 'email') throw new TypeError(`e-mail cannot say a ${payload.kind}`);
  const url = payload.link ? link : null;
  const { returns } = server;
  return {
    ...(returns
      ? {
          envelope: {
            from: returnPath(returns.address, returns.secret, job.id),
            to: checkAddress(address),
          },
        }
      : {}),
    // As one address in parts: a text with a comma in it is never read as a list of addresses.
    to: { name: '', address: checkAddress(address) },
    from: server.from,
    subject: oneLine(payload.subject),
    text: url === null ? `${payload.text}\n` : `${payload.text}\n\n${url}\n`,
    html: htmlOf(payload.subject, payload.text, url, language),
    // The same for every repetition in doubt: a mail program shows it once.
    messageId: `<${idempotencyKey}@keng.invalid>`,
    headers: { 'auto-submitted': 'auto-generated', 'content-language': language },
    ...(lane === 0 ? { priority: 'high' as const } : {}),
  };
}

/** What stands in the register was checked there; what would be two lines, or two addresses, is not sent to anybody. */
function checkAddress(address: string): string {
  if (/^[^\s,;<>"()@\p{Cc}]+@[^\s,;<>"()@\p{Cc}]+$/u.test(address)) return address;
  throw new SendFailed('refused', 'this is not one e-mail address', { again: false });
}

/** A header is one line, whatever somebody registered as the name of a facility. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

function htmlOf(subject: string, text: string, url: string | null, language: string): string {
  const link = url === null ? '' : `<p><a href="${escaped(url)}">${escaped(url)}</a></p>`;
  return `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body><h1 style="font-size:20px">${escaped(subject)}</h1><p>${escaped(text)}</p>${link}</body></html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Codes by which the connection says that another time may be better; everything else is by the server's own number. */
function failureOf(error: unknown): SendFailed {
  if (error instanceof SendFailed) return error;
  const known = error as {
    readonly responseCode?: number;
    readonly code?: string;
    readonly command?: string;
    readonly response?: string;
  };
  const text = oneLine(errorMessage(error));
  const { responseCode, code } = known;
  // 5xx: it will be refused again (RFC 5321, 4.2.1); but a log-in that fails is the operator's affair and may be mended.
  if (responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH') {
    const address = refusedAddress(known.command, responseCode, known.response ?? '');
    return new SendFailed('refused', text, { again: false, address, cause: error });
  }
  if (responseCode !== undefined) return new SendFailed('refused', text, { again: true, cause: error });
  if (code === 'ETIMEDOUT') return new SendFailed('timeout', text, { again: true, cause: error });
  return new SendFailed('unreachable', text, { again: true, cause: error });
}
