import type { UserState, World } from '@keng/model';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { PoolClient } from '../platform/index.ts';
import type { IdentityPolicy } from './identity-policy.ts';
import { sweepFailures } from './log-in-limits.ts';
import { newStepToken, putStep } from './log-in-steps.ts';
import { assertionOptions } from './passkey-assertion.ts';
import { listPasskeys } from './passkey-store.ts';
import type { LogInMethod } from './session-store.ts';
import type { OpenedSession, SessionKeeper } from './sessions.ts';
import type { Site } from './site.ts';

export interface Caller {
  readonly remote: string;
  readonly agent: string;
  /** The token the browser already had. */
  readonly presented: string | null;
  /** Throws where keys cannot work; asked only when one is needed. */
  readonly site: () => Site;
}

/** What a first proof leads to: a session, or the question for a key. */
export type Outcome =
  | { readonly kind: 'opened'; readonly session: OpenedSession }
  | {
      readonly kind: 'second-factor';
      readonly stepToken: string;
      readonly options: PublicKeyCredentialRequestOptionsJSON;
    };

export interface AdmitDeps {
  readonly world: World;
  readonly sessions: SessionKeeper;
  readonly policy: IdentityPolicy;
}

/** Somebody has proved with a password, a provider or a code who they are: in, or on to their key. */
export async function admitFirstFactor(
  deps: AdmitDeps,
  client: PoolClient,
  user: UserState,
  first: 'password' | 'provider' | 'recovery',
  caller: Caller,
  now: Date,
): Promise<Outcome> {
  const keys = await listPasskeys(client, deps.world, user.id);
  if (keys.length === 0 || !(await asksForKey(deps, client, user))) {
    return { kind: 'opened', session: await openFor(deps, client, user, first, caller, now) };
  }
  const site = caller.site();
  const options = await assertionOptions(site, keys);
  const stepToken = newStepToken();
  const detail = { challenge: options.challenge, options, first, ...site };
  await putStep(client, deps.world, stepToken, 'second-factor', { userId: user.id, detail }, now);
  return { kind: 'second-factor', stepToken, options };
}

/** Every way in ends here. */
export async function openFor(
  deps: AdmitDeps,
  client: PoolClient,
  user: UserState,
  method: LogInMethod,
  caller: Caller,
  now: Date,
): Promise<OpenedSession> {
  await deps.sessions.sweep(client, now);
  await sweepFailures(client, deps.world, now);
  if (caller.presented !== null) await deps.sessions.close(client, caller.presented, now);
  return await deps.sessions.open(client, user, caller.remote, now, { agent: caller.agent, method });
}

async function asksForKey(deps: AdmitDeps, client: PoolClient, user: UserState): Promise<boolean> {
  if (user.roles.some((role) => deps.policy.passkeyRoles.includes(role))) return true;
  const { rows } = await client.query<{ second_factor: boolean }>(
    'select second_factor from credential where world = $1 and user_id = $2',
    [deps.world, user.id],
  );
  return rows[0]?.second_factor ?? false;
}
