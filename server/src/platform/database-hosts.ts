/** One server of several that may be the primary. */
export interface DatabaseHost {
  readonly host: string;
  readonly port: number;
}

const defaultPort = 5432;
/** User, password and hosts of a database URL: `//user:password@a:5432,[::1]:5432/`. */
const authority = /^([a-z]+:\/\/(?:[^@/?#]*@)?)([^/?#]+)/i;

/**
 * The hosts of a URL as libpq writes several: `postgresql://user:password@a:5432,b:5432/keng`. `new URL` knows only one; the URL that is
 * returned names the first.
 * @throws Error that does not repeat the URL, for it may hold a password
 */
export function splitHosts(url: string): { readonly url: string; readonly hosts: readonly DatabaseHost[] } {
  const match = authority.exec(url);
  const [, before = '', named = ''] = match ?? [];
  if (!named.includes(',')) return { url, hosts: [] };
  const hosts = named.split(',').map(readHost);
  const [first] = hosts;
  if (!first) return { url, hosts: [] };
  return { url: `${before}${writeHost(first)}${url.slice(before.length + named.length)}`, hosts };
}

/** The URL with another host. */
export function withHost(url: string, host: DatabaseHost): string {
  return url.replace(authority, (_all, before: string) => `${before}${writeHost(host)}`);
}

function readHost(text: string): DatabaseHost {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(text);
  const port = Number(match?.[2] ?? defaultPort);
  if (!match?.[1] || port < 1 || port > 65_535) throw new Error('one of its hosts cannot be read');
  return { host: match[1], port };
}

function writeHost({ host, port }: DatabaseHost): string {
  return `${host}:${port}`;
}

/**
 * Which of several hosts this process takes for the primary. All pools of the process share one choice: when one of them finds that a
 * host is gone or only reads, the others need not find out for themselves.
 */
export class HostChoice {
  readonly #hosts: readonly DatabaseHost[];
  #at = 0;

  constructor(hosts: readonly DatabaseHost[]) {
    this.#hosts = hosts;
  }

  get count(): number {
    return this.#hosts.length;
  }

  get current(): DatabaseHost | undefined {
    return this.#hosts[this.#at];
  }

  /** The host did not take writes. Said late of one that is not the choice any more, it changes nothing. */
  failed(host: DatabaseHost | undefined): void {
    if (host === this.current) this.#at = (this.#at + 1) % Math.max(1, this.#hosts.length);
  }
}

const choices = new Map<string, HostChoice>();

/** The one choice of this process for these hosts; undefined where there is nothing to choose. */
export function choiceOf(hosts: readonly DatabaseHost[] | undefined): HostChoice | undefined {
  if (!hosts || hosts.length < 2) return undefined;
  const key = hosts.map(writeHost).join();
  const choice = choices.get(key) ?? new HostChoice(hosts);
  choices.set(key, choice);
  return choice;
}
