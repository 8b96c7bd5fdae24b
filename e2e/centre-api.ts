/** The HTTP API of a centre with one user's session, for what a journey does beside the browser. */
export class CentreApi {
  readonly #url: string;
  readonly #cookie: string;
  readonly #csrf: string;

  private constructor(url: string, cookie: string, csrf: string) {
    this.#url = url;
    this.#cookie = cookie;
    this.#csrf = csrf;
  }

  static async logIn(url: string, login: string, password: string): Promise<CentreApi> {
    const response = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    if (!response.ok) throw new Error(`${login} cannot log in: ${response.status} ${await response.text()}`);
    const cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const session = await fetch(`${url}/api/session`, { headers: { cookie } });
    const { csrf } = (await session.json()) as { csrf: string };
    return new CentreApi(url, cookie, csrf);
  }

  /** @param Answer what the route is known to give: these are tests of the journey, the routes have their own. */
  async get<Answer>(path: string): Promise<Answer> {
    return await this.#send<Answer>('GET', path, {});
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return await this.#send<Answer>('POST', path, { headers, body: JSON.stringify(body) });
  }

  async put<Answer>(path: string, body: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return await this.#send<Answer>('PUT', path, { headers, body: JSON.stringify(body) });
  }

  /** A file as it is: the centre looks into it. */
  async upload<Answer>(path: string, file: Uint8Array<ArrayBuffer>): Promise<Answer> {
    const headers = { 'content-type': 'application/octet-stream' };
    return await this.#send<Answer>('POST', path, { headers, body: file });
  }

  async text(path: string): Promise<string> {
    return await this.#ask('GET', path, {});
  }

  async #send<Answer>(
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> },
  ): Promise<Answer> {
    const text = await this.#ask(method, path, init);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  async #ask(
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> },
  ): Promise<string> {
    const response = await fetch(`${this.#url}/api${path}`, {
      method,
      ...init,
      headers: { ...init.headers, cookie: this.#cookie, 'x-keng-csrf': this.#csrf },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  }
}
