import { Problem } from '@keng/model';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { StoredPasskey } from './passkey-store.ts';
import type { Site } from './site.ts';
import { webauthn } from './webauthn.ts';

const TIMEOUT_MS = 120_000;

/** With keys: one of these (second factor). Without: whichever this authenticator has for this centre. */
export async function assertionOptions(
  site: Site,
  keys: readonly StoredPasskey[] = [],
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await webauthn();
  return await generateAuthenticationOptions({
    rpID: site.name,
    timeout: TIMEOUT_MS,
    // Whoever finds a key on a desk has no PIN to it.
    userVerification: 'required',
    ...(keys.length === 0
      ? {}
      : {
          allowCredentials: keys.map((key) => ({ id: key.credential_id, transports: [...key.transports] })),
        }),
  });
}

export interface Assertion {
  readonly counter: number;
  readonly backedUp: boolean;
}

/**
 * Does this key answer for this challenge, on this site, with its owner verified? The count is compared by the database, in the
 * statement that moves it.
 * @throws Problem `session.passkey-refused`
 */
export async function checkAssertion(
  response: AuthenticationResponseJSON,
  key: StoredPasskey,
  asked: { readonly challenge: string; readonly site: Site },
): Promise<Assertion> {
  const { verifyAuthenticationResponse } = await webauthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: asked.challenge,
      expectedOrigin: asked.site.origin,
      expectedRPID: asked.site.name,
      requireUserVerification: true,
      credential: { id: key.credential_id, publicKey: Uint8Array.from(key.public_key), counter: 0 },
    });
    if (!verified) throw refusedKey();
    return {
      counter: authenticationInfo.newCounter,
      backedUp: authenticationInfo.credentialBackedUp,
    };
  } catch (cause) {
    // The library says with a plain Error whatever does not fit: a foreign origin, a wrong signature, no verification.
    throw cause instanceof Problem ? cause : refusedKey(cause);
  }
}

export const refusedKey = (cause?: unknown): Problem =>
  new Problem(
    401,
    'session.passkey-refused',
    'This key was not accepted. Try again, or log in another way.',
    {
      ...(cause === undefined ? {} : { cause }),
    },
  );
