import type { Configuration } from 'openid-client';
import type { Secrets, Settings } from '../platform/index.ts';

export interface ProviderSettings {
  /** Address of the OpenID provider; its metadata are asked below it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client; PKCE protects its code all the same. */
  readonly clientSecret: string | null;
  /** What the button says. */
  readonly name: string;
  /** A claim that the operator trusts to be the login here; null: subjects are linked by hand. */
  readonly loginClaim: string | null;
}

/** What has to be remembered between the way out and the way back. */
export interface ProviderStep {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

export interface ProviderSubject {
  readonly issuer: string;
  readonly subject: string;
  /** Value of the trusted claim, where one is configured and given. */
  readonly login: string | null;
}

const TIMEOUT_SECONDS = 5;
/** How long an answer about the provider's state holds: the page of the log-in is asked for by many at once. */
const STATE_MS = 15_000;

type Library = typeof import('openid-client');

interface Known {
  readonly openid: Library;
  readonly configuration: Configuration;
}

/**
 * One OpenID provider. It may be away: then nothing here waits for longer than some seconds, and passwords and keys work as ever.
 */
export class Provider {
  readonly settings: ProviderSettings;
  /** Only a centre that has a provider carries it. */
  readonly #library: Promise<Library> = import('openid-client');
  #known: Known | null = null;
  #checked: { readonly at: number; readonly reachable: Promise<boolean> } | null = null;

  constructor(settings: ProviderSettings) {
    this.settings = settings;
  }

  /** Whether it answers now, asked at most every few seconds. */
  async reachable(): Promise<boolean> {
    const now = performance.now();
    if (this.#checked === null || now - this.#checked.at > STATE_MS) {
      const reachable = this.#discover().then(
        () => true,
        () => false,
      );
      this.#checked = { at: now, reachable };
    }
    return await this.#checked.reachable;
  }

  /** Where the browser goes, and what to remember until it is back. Authorization code, PKCE, state and nonce. */
  async begin(returnTo: string): Promise<{ readonly address: string; readonly step: ProviderStep }> {
    const { openid, configuration } = await this.#discover();
    const verifier = openid.randomPKCECodeVerifier();
    const step = { state: openid.randomState(), nonce: openid.randomNonce(), verifier, returnTo };
    const address = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: returnTo,
      scope: 'openid profile',
      response_type: 'code',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: step.state,
      nonce: step.nonce,
    });
    return { address: address.href, step };
  }

  /** Who came back. @throws when the provider refuses, or its answer does not belong to this step. */
  async finish(query: string, step: ProviderStep): Promise<ProviderSubject> {
    const { openid, configuration } = this.#known ?? (await this.#discover());
    const tokens = await openid.authorizationCodeGrant(configuration, new URL(`${step.returnTo}?${query}`), {
      expectedState: step.state,
      expectedNonce: step.nonce,
      pkceCodeVerifier: step.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('the provider gave no identity');
    const { loginClaim } = this.settings;
    const login = loginClaim === null ? undefined : claims[loginClaim];
    return {
      issuer: claims.iss,
      subject: claims.sub,
      login: typeof login === 'string' && login !== '' ? login.toLowerCase() : null,
    };
  }

  /** Where a browser ends its session at the provider; null when the provider has no such page or was never reached. */
  endSessionAddress(): string | null {
    if (this.#known === null) return null;
    const { openid, configuration } = this.#known;
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    return openid.buildEndSessionUrl(configuration).href;
  }

  async #discover(): Promise<Known> {
    const openid = await this.#library;
    const { issuer, clientId, clientSecret } = this.settings;
    const address = new URL(issuer);
    const configuration = await openid.discovery(
      address,
      clientId,
      undefined,
      clientSecret === null ? openid.None() : openid.ClientSecretPost(clientSecret),
      {
        timeout: TIMEOUT_SECONDS,
        ...(isLoopback(address) ? { execute: [openid.allowInsecureRequests] } : {}),
      },
    );
    this.#known = { openid, configuration };
    return this.#known;
  }
}

/** Without TLS only where nothing leaves the machine: trying it out, and tests. */
function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** The provider of the settings; null: there is none. */
export function providerOf(
  settings: Pick<Settings, 'oidcIssuer' | 'oidcClientId' | 'oidcName' | 'oidcLoginClaim'>,
  secrets: Pick<Secrets, 'oidcClient'>,
): Provider | null {
  if (settings.oidcIssuer === null) return null;
  return new Provider({
    issuer: settings.oidcIssuer,
    clientId: settings.oidcClientId,
    clientSecret: secrets.oidcClient?.reveal() ?? null,
    name: settings.oidcName,
    loginClaim: settings.oidcLoginClaim,
  });
}
