import { Problem, type ProblemDocument } from '@keng/model';
import { answerWithin, CHANGE_MS, NoAnswer, READ_MS } from './answer-within.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Read<T> = (json: unknown) => T;

export interface RequestOptions {
  readonly body?: unknown;
  /** Sent as it is, with this type: CSV files. */
  readonly raw?: { readonly content: Blob | string; readonly type: string };
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** The centre has much to do before it answers: it reads a file, or the whole log. */
  readonly patient?: true;
  /** The question was asked already: see early.ts. */
  readonly asked?: Promise<Response>;
}

/**
 * For states of @keng/model: the centre checks every response against its schema before it leaves, and console and
 * centre are built from the same commit, so ten thousand incidents are not checked a second time in the browser.
 */
export function trusted<T>(): Read<T> {
  return (json) => json as T;
}

let csrf: string | null = null;
const expiryListeners = new Set<() => void>();

/** The proof that the next change comes from our own page; GET /session hands it out. */
export function setCsrf(value: string | null): void {
  csrf = value;
}

/** For the worker, which sends what the tabs can prove. */
export function csrfValue(): string | null {
  return csrf;
}

/** Called whenever the centre says that nobody is logged in any more. */
export function onSessionExpired(listener: () => void): () => void {
  expiryListeners.add(listener);
  return () => expiryListeners.delete(listener);
}

/**
 * One call of the centre's API, `path` below `/api`.
 * @throws Problem as the centre named it; `network.unreachable` or `network.unanswered` (status 0) when no answer came.
 */
export async function request<T>(
  method: Method,
  path: string,
  read: Read<T>,
  options: RequestOptions = {},
): Promise<T> {
  const response = await answerTo(method, path, options);
  if (response.status === 204) return read(undefined);
  return read(await jsonOf(response));
}

/**
 * The same for an answer that is read as it comes.
 * @throws Problem as the centre named it; `network.unreachable` or `network.unanswered` (status 0) when no answer came.
 */
export async function answerTo(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const response = await send(method, path, options);
  if (!response.ok) throw await problemOf(response, path);
  return response;
}

export const get = <T>(path: string, read: Read<T>, signal?: AbortSignal): Promise<T> =>
  request('GET', path, read, signal === undefined ? {} : { signal });

export const post = <T>(path: string, body: unknown, read: Read<T>): Promise<T> =>
  request('POST', path, read, { body });

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
  if (method !== 'GET' && csrf !== null) headers['x-keng-csrf'] = csrf;
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (options.raw) {
    headers['content-type'] = options.raw.type;
    init.body = options.raw.content;
  } else if (options.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }
  const limitMs = method === 'GET' ? READ_MS : CHANGE_MS;
  const ask = (signal: AbortSignal) => options.asked ?? fetch(`/api${path}`, { ...init, signal });
  try {
    return await answerWithin(options.patient ? null : limitMs, options.signal, ask);
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    // Whoever presses again must know that it may be the second time.
    if (cause instanceof NoAnswer && method !== 'GET')
      throw new Problem(0, 'network.unanswered', 'The centre did not answer.', { at: path, cause });
    throw new Problem(0, 'network.unreachable', 'The centre cannot be reached.', { at: path, cause });
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new Problem(502, 'response.unreadable', 'The answer of the centre could not be read.', { cause });
  }
}

async function problemOf(response: Response, path: string): Promise<Problem> {
  const text = await response.text();
  const problem = toProblem(response.status, text, path);
  // A wrong password, at the log-in itself or for a new password, is not an expired session.
  if (response.status === 401 && !path.startsWith('/session')) for (const tell of expiryListeners) tell();
  return problem;
}

/** A problem document as the error it stands for; anything else (a proxy's page) is named by its status. */
export function toProblem(status: number, text: string, path: string): Problem {
  const document = readDocument(text);
  if (document === null) return new Problem(status, `http.${status}`, `HTTP ${status}`, { at: path });
  return fromDocument(status, document);
}

/** A problem document of the centre as the error it stands for. */
export function fromDocument(status: number, document: ProblemDocument): Problem {
  return new Problem(status, document.code, document.detail ?? document.title, {
    ...(document.at === undefined ? {} : { at: document.at }),
    ...(document.params === undefined ? {} : { params: document.params }),
    ...(document.problems === undefined ? {} : { problems: document.problems }),
  });
}

function readDocument(text: string): ProblemDocument | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const named = typeof json === 'object' && json !== null && 'code' in json && typeof json.code === 'string';
  // The members besides `code` are optional words of the same server.
  return named ? (json as ProblemDocument) : null;
}
