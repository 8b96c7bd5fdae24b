import { randomUUID } from 'node:crypto';
import { type AnyDraft, conflict, invalid, notFound } from '@keng/model';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { appendEntries } from '../log/index.ts';
import type { RequestContext, SessionUser } from '../platform/http/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { putStep, takeStep } from './log-in-steps.ts';
import { stepOver } from './passkey-log-in.ts';
import { insertPasskey, listPasskeys, MOST_PASSKEYS, removePasskey } from './passkey-store.ts';
import type { Site } from './site.ts';
import { webauthn } from './webauthn.ts';

const TIMEOUT_MS = 120_000;

/** The question to a new key. Its answer has to come from the session that asked. */
export async function askForNewPasskey(
  context: RequestContext,
  user: SessionUser,
  site: Site,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await webauthn();
  return await context.transaction(async (client) => {
    const known = await listPasskeys(client, context.world, user.id);
    if (known.length >= MOST_PASSKEYS) {
      throw conflict('passkey.too-many', `A person has at most ${MOST_PASSKEYS} keys.`, {
        most: MOST_PASSKEYS,
      });
    }
    const options = await generateRegistrationOptions({
      rpName: `Keng ${site.name}`,
      rpID: site.name,
      userName: user.login,
      userDisplayName: user.name,
      userID: new TextEncoder().encode(user.id),
      timeout: TIMEOUT_MS,
      attestationType: 'none',
      excludeCredentials: known.map((key) => ({ id: key.credential_id, transports: [...key.transports] })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const detail = { challenge: options.challenge, ...site };
    await putStep(
      client,
      context.world,
      context.sessionToken ?? '',
      'register',
      { userId: user.id, detail },
      context.now,
    );
    return options;
  });
}

/** Keeps the new key under the name that its owner gave it. */
export async function registerPasskey(
  context: RequestContext,
  user: SessionUser,
  name: string,
  response: RegistrationResponseJSON,
): Promise<void> {
  const step = await context.transaction((client) =>
    takeStep(client, context.world, context.sessionToken ?? '', 'register', context.now),
  );
  const { challenge, name: rpId, origin } = step?.detail ?? {};
  if (step?.userId !== user.id || typeof challenge !== 'string') throw stepOver();
  const credential = await checked(response, challenge, { name: String(rpId), origin: String(origin) });
  await context.transaction(async (client) => {
    // Two registrations at the same moment take turns at the user's row.
    await client.query('select 1 from app_user where world = $1 and id = $2 for update', [
      context.world,
      user.id,
    ]);
    const known = await listPasskeys(client, context.world, user.id);
    if (known.length >= MOST_PASSKEYS) {
      throw conflict('passkey.too-many', `A person has at most ${MOST_PASSKEYS} keys.`, {
        most: MOST_PASSKEYS,
      });
    }
    const id = randomUUID();
    await insertPasskey(client, context.world, {
      id,
      user_id: user.id,
      name,
      created_at: context.now,
      ...credential,
    });
    await appendEntries(client, [passkeyEntry(context, 'passkey.registered', user, id, name)], context.now);
  });
}

async function checked(response: RegistrationResponseJSON, challenge: string, site: Site) {
  const { verifyRegistrationResponse } = await webauthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.name,
      requireUserVerification: true,
    });
    if (!verified) throw new Error('not verified');
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: (credential.transports ?? []).slice(0, 8).map((one) => one.slice(0, 32)),
      backed_up: credentialBackedUp,
    };
  } catch (cause) {
    // The library throws a plain Error for whatever does not fit.
    const problem = invalid(
      'passkey.refused',
      'The answer of the key does not fit the question.',
      'response',
    );
    problem.cause = cause;
    throw problem;
  }
}

/** @throws Problem `passkey.last` where the role of its owner asks for one. */
export async function dropPasskey(
  client: PoolClient,
  context: RequestContext,
  user: Pick<SessionUser, 'id' | 'organisation'>,
  id: string,
  needed: boolean,
): Promise<void> {
  const known = await listPasskeys(client, context.world, user.id);
  if (needed && known.length === 1 && known[0]?.id === id) {
    throw conflict('passkey.last', 'This role needs a key: register another one before the last is removed.');
  }
  const removed = await removePasskey(client, context.world, user.id, id, context.now);
  if (!removed) throw notFound('passkey', id);
  await appendEntries(
    client,
    [passkeyEntry(context, 'passkey.removed', user, id, removed.name)],
    context.now,
  );
}

function passkeyEntry(
  context: RequestContext,
  kind: 'passkey.registered' | 'passkey.removed',
  user: Pick<SessionUser, 'id' | 'organisation'>,
  passkeyId: string,
  name: string,
): AnyDraft {
  return {
    world: context.world,
    kind,
    lane: 2,
    subject: user.id,
    organisation: user.organisation,
    facility: null,
    revision: null,
    at: context.now,
    actor: context.actor,
    body: { userId: user.id, passkeyId, name },
  };
}
