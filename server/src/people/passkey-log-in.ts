import { type AnyDraft, Problem, type UserState, type World } from '@keng/model';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { appendEntries } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { type Caller, openFor } from './admit.ts';
import { inWholeScope, type LogInDeps } from './log-in.ts';
import { newStepToken, putStep, type Step, takeStep } from './log-in-steps.ts';
import { assertionOptions, checkAssertion, refusedKey } from './passkey-assertion.ts';
import { countUse, findPasskey, type StoredPasskey } from './passkey-store.ts';
import type { LogInMethod } from './session-store.ts';
import type { OpenedSession } from './sessions.ts';
import type { Site } from './site.ts';
import { loadUser } from './user-store.ts';

/** The question for whichever key the browser has for this centre: no login is typed. */
export async function askForPasskey(
  deps: LogInDeps,
  site: Site,
): Promise<{ readonly stepToken: string; readonly options: PublicKeyCredentialRequestOptionsJSON }> {
  const options = await assertionOptions(site);
  const stepToken = newStepToken();
  const step: Step = { userId: null, detail: { challenge: options.challenge, ...site } };
  const now = deps.clock.now(deps.world);
  await inWholeScope(deps, (client) => putStep(client, deps.world, stepToken, 'passkey', step, now));
  return { stepToken, options };
}

export interface PasskeyAnswer {
  readonly stepToken: string | null;
  readonly response: AuthenticationResponseJSON;
  readonly caller: Caller;
}

/** Opens a session for the answer of a key, asked for alone or after another proof. */
export async function logInWithPasskey(
  deps: LogInDeps,
  purpose: 'passkey' | 'second-factor',
  answer: PasskeyAnswer,
): Promise<OpenedSession> {
  const asked = await takeAsked(deps, purpose, answer.stepToken);
  const key = await inWholeScope(deps, (client) => findPasskey(client, deps.world, answer.response.id));
  if (!key || (asked.step.userId !== null && asked.step.userId !== key.user_id)) {
    await note(deps, null, answer.caller, 'passkey');
    throw refusedKey();
  }
  const assertion = await checkAssertion(answer.response, key, asked).catch(async (error: unknown) => {
    await note(deps, key, answer.caller, 'passkey');
    throw error;
  });
  const now = deps.clock.now(deps.world);
  const opened = await inWholeScope(deps, async (client) => {
    if (!(await countUse(client, deps.world, key.id, { ...assertion, now })))
      return 'passkey-copied' as const;
    const user = await activeUser(client, deps.world, key);
    if (!user) return 'inactive' as const;
    return await openFor(deps, client, user, methodOf(purpose, asked.step), answer.caller, now);
  });
  if (typeof opened === 'object') return opened;
  await note(deps, key, answer.caller, opened);
  throw refusedKey();
}

function methodOf(purpose: 'passkey' | 'second-factor', step: Step): LogInMethod {
  if (purpose === 'passkey') return 'passkey';
  const first = step.detail.first;
  if (first === 'password' || first === 'provider' || first === 'recovery') return `${first}+passkey`;
  throw new Error('a step of a second factor does not say what came first');
}

interface Asked {
  readonly step: Step;
  readonly challenge: string;
  readonly site: Site;
}

async function takeAsked(
  deps: LogInDeps,
  purpose: 'passkey' | 'second-factor',
  token: string | null,
): Promise<Asked> {
  const now = deps.clock.now(deps.world);
  const step =
    token === null
      ? null
      : await inWholeScope(deps, (client) => takeStep(client, deps.world, token, purpose, now));
  const { challenge, name, origin } = step?.detail ?? {};
  if (step === null || typeof challenge !== 'string') throw stepOver();
  return { step, challenge, site: { name: String(name), origin: String(origin) } };
}

/** The question was answered already, is too old, or was asked of another browser. */
export const stepOver = (): Problem =>
  new Problem(401, 'session.step-over', 'This log-in took too long or was used already; begin again.');

/** The lock makes a stop of the account wait until the new session is there to be ended. */
async function activeUser(client: PoolClient, world: World, key: StoredPasskey): Promise<UserState | null> {
  const { rowCount } = await client.query(
    'select 1 from app_user where world = $1 and id = $2 and active for share',
    [world, key.user_id],
  );
  if (rowCount !== 1) return null;
  return (await loadUser(client, world, key.user_id))?.state ?? null;
}

async function note(
  deps: LogInDeps,
  key: StoredPasskey | null,
  caller: Caller,
  reason: 'passkey' | 'passkey-copied' | 'inactive',
): Promise<void> {
  const now = deps.clock.now(deps.world);
  await inWholeScope(deps, async (client) => {
    const user = key && (await loadUser(client, deps.world, key.user_id))?.state;
    const draft: AnyDraft = {
      world: deps.world,
      kind: 'session.refused',
      lane: 2,
      subject: user?.id ?? 'login:',
      organisation: user?.organisation ?? null,
      facility: null,
      revision: null,
      at: now,
      actor: { kind: 'system', id: 'sessions' },
      body: { login: user?.login ?? '', remote: caller.remote, reason },
    };
    await appendEntries(client, [draft], now);
  });
}
