import { Problem } from '@keng/model';
import {
  type AuthenticationResponseJSON,
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';

export type KeyQuestion = PublicKeyCredentialRequestOptionsJSON;
export type NewKeyQuestion = PublicKeyCredentialCreationOptionsJSON;

export const keysWork = (): boolean => browserSupportsWebAuthn();

/** Asks the person for one of their keys. @throws Problem `passkey.cancelled` */
export async function askKey(question: KeyQuestion): Promise<AuthenticationResponseJSON> {
  return await named(() => startAuthentication({ optionsJSON: question }));
}

/** Asks a new key to make a credential. @throws Problem `passkey.cancelled`, `passkey.known` */
export async function askNewKey(question: NewKeyQuestion): Promise<RegistrationResponseJSON> {
  return await named(() => startRegistration({ optionsJSON: question }));
}

/** What a browser says about a key is one of a few names; a person needs two of them. */
async function named<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    const known =
      cause instanceof WebAuthnError && cause.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
    if (known) throw new Problem(409, 'passkey.known', 'This key is registered already.', { cause });
    if (cause instanceof Error && ['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(cause.name))
      throw new Problem(409, 'passkey.cancelled', 'The key did not answer, or it was stopped.', { cause });
    throw cause;
  }
}
