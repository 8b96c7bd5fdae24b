import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface RunningProvider {
  readonly issuer: string;
  /** Ends it: what is asked of it from now on is refused by the socket. */
  stop(): Promise<void>;
}

/** A real OpenID provider on a real socket, with its own pages for log-in and consent; whoever logs in there is who they say. */
export async function startProvider(redirectUri: string, port = 0): Promise<RunningProvider> {
  // The issuer names the port, so the socket comes first.
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'keng',
        token_endpoint_auth_method: 'none',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id.replace(/^sub-/, '') }),
    }),
    cookies: { keys: ['a key of a test'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
  });
  server.on('request', provider.callback());
  return {
    issuer,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Follows redirects as a browser does, cookies of each host apart, and fills in the provider's forms. */
export class Wanderer {
  readonly #jars = new Map<string, Map<string, string>>();

  cookieOf(host: string, name: string): string | undefined {
    return this.#jars.get(host)?.get(name);
  }

  async ask(
    method: 'GET' | 'POST',
    address: string,
    body?: { type: string; text: string },
  ): Promise<Response> {
    const { host } = new URL(address);
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(body ? { 'content-type': body.type } : {}),
      },
      ...(body ? { body: body.text } : {}),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), value);
    }
    return response;
  }

  /** From the address of the provider to the place where the centre leads on to. */
  async logInAtProvider(address: string, account: string, centre: string): Promise<string> {
    let at = address;
    let response = await this.ask('GET', at);
    for (let hop = 0; hop < 20; hop += 1) {
      const location = response.headers.get('location');
      if (location !== null) {
        at = new URL(location, at).href;
        if (at.startsWith(centre) && !at.startsWith(`${centre}/api/`)) return at.slice(centre.length);
        response = await this.ask('GET', at);
        continue;
      }
      const page = await response.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (action === undefined || prompt === undefined)
        throw new Error(`no way on from ${at}: ${page.slice(0, 300)}`);
      const form = new URLSearchParams({ prompt, login: account, password: 'any' });
      at = new URL(action, at).href;
      response = await this.ask('POST', at, {
        type: 'application/x-www-form-urlencoded',
        text: form.toString(),
      });
    }
    throw new Error('too many redirects');
  }
}
