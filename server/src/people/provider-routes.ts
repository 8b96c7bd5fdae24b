import { Problem } from '@keng/model';
import { z } from 'zod';
import { appendEntries } from '../log/index.ts';
import {
  clearStepCookie,
  defineRoute,
  type RequestContext,
  type Route,
  readStepCookie,
  setSessionCookie,
  setStepCookie,
} from '../platform/http/index.ts';
import { admitFirstFactor, type Outcome } from './admit.ts';
import { callerOf } from './asked.ts';
import { inWholeScope, type LogInDeps, refusedEntry } from './log-in.ts';
import { newStepToken, peekStep, putStep, STEP_SECONDS, takeStep } from './log-in-steps.ts';
import { stepOver } from './passkey-log-in.ts';
import type { Provider, ProviderStep, ProviderSubject } from './provider.ts';
import { userOfSubject } from './provider-links.ts';
import type { PeopleDeps } from './routes.ts';
import { GUESSES } from './session-view.ts';
import { originOf, siteOf } from './site.ts';
import { logInDepsOf } from './ways-in.ts';

const RETURN = '/api/session/provider/return';
const steps = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });

/** Log-in at an OpenID provider, and what the page of the log-in has to know. */
export function providerRoutes(deps: PeopleDeps): Route[] {
  const logInDeps = logInDepsOf(deps);
  return [
    defineRoute({
      method: 'GET',
      url: '/session/ways',
      access: 'open',
      summary: 'Which ways in there are, and whether the provider can be reached',
      limit: { requests: 300, seconds: 60 },
      schemas: {
        response: z.object({
          passkey: z.boolean(),
          provider: z.object({ name: z.string(), reachable: z.boolean() }).nullable(),
        }),
      },
      handle: async ({ context }) => ({
        passkey: hasName(logInDeps, context),
        provider: deps.provider
          ? { name: deps.provider.settings.name, reachable: await deps.provider.reachable() }
          : null,
      }),
    }),
    defineRoute({
      method: 'POST',
      url: '/session/provider',
      access: 'open',
      summary: 'Begin a log-in at the provider: the address to go to',
      limit: GUESSES,
      bodyLimit: 1024,
      schemas: { response: z.object({ address: z.string() }) },
      handle: async ({ context }) => {
        const provider = required(deps.provider);
        const returnTo = `${originOf(logInDeps.policy.publicUrl, context)}${RETURN}`;
        const { address, step } = await provider.begin(returnTo).catch((cause: unknown) => {
          throw new Problem(503, 'provider.unreachable', 'The provider cannot be reached.', { cause });
        });
        const token = newStepToken();
        await inWholeScope(logInDeps, (client) =>
          putStep(
            client,
            context.world,
            token,
            'provider',
            { userId: null, detail: { ...step } },
            context.now,
          ),
        );
        setStepCookie(context, token, STEP_SECONDS);
        return { address };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/session/provider/return',
      access: 'open',
      summary: 'Where the provider sends the browser back to; leads on to the console',
      limit: GUESSES,
      schemas: { query: z.record(z.string(), z.string().max(4_096)), response: z.null() },
      handle: async ({ context }) => {
        const to = await comeBack(deps, logInDeps, context);
        context.reply.redirect(to, 303);
        return null;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/session/second-factor',
      access: 'open',
      summary: 'The question for a key that waits in this browser after the provider',
      limit: GUESSES,
      schemas: { response: z.looseObject({ challenge: z.string() }) },
      handle: async ({ context }) => {
        const token = readStepCookie(context.request);
        const step =
          token === null
            ? null
            : await inWholeScope(logInDeps, (client) =>
                peekStep(client, context.world, token, 'second-factor', context.now),
              );
        if (step === null) throw stepOver();
        return step.detail.options;
      },
    }),
  ];
}

function hasName({ policy }: LogInDeps, context: RequestContext): boolean {
  try {
    siteOf(policy.publicUrl, context);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

function required(provider: Provider | null | undefined): Provider {
  if (provider) return provider;
  throw new Problem(404, 'provider.none', 'This centre has no provider.');
}

/** A browser stands here, not a program: whatever goes wrong is said by the page of the log-in. */
async function comeBack(deps: PeopleDeps, logInDeps: LogInDeps, context: RequestContext): Promise<string> {
  try {
    const who = await subjectOf(deps, logInDeps, context);
    const outcome = await admitSubject(logInDeps, context, who);
    if (outcome === null) {
      return `/?log-in=provider-unlinked&subject=${encodeURIComponent(who.subject)}`;
    }
    if (outcome.kind === 'second-factor') {
      setStepCookie(context, outcome.stepToken, STEP_SECONDS);
      return '/?log-in=second-factor';
    }
    clearStepCookie(context);
    setSessionCookie(context, outcome.session.token, outcome.session.expires);
    return '/';
  } catch (error) {
    if (error instanceof Problem) return `/?log-in=${error.code.replaceAll('.', '-')}`;
    throw error;
  }
}

async function subjectOf(
  deps: PeopleDeps,
  logInDeps: LogInDeps,
  context: RequestContext,
): Promise<ProviderSubject> {
  const provider = required(deps.provider);
  const token = readStepCookie(context.request);
  const taken =
    token === null
      ? null
      : await inWholeScope(logInDeps, (client) =>
          takeStep(client, context.world, token, 'provider', context.now),
        );
  const step = steps.safeParse(taken?.detail);
  if (!step.success) throw stepOver();
  return await finish(provider, context, step.data);
}

async function finish(
  provider: Provider,
  context: RequestContext,
  step: ProviderStep,
): Promise<ProviderSubject> {
  const query = context.request.url.split('?')[1] ?? '';
  try {
    return await provider.finish(query, step);
  } catch (cause) {
    // The library names each fault of an answer with an error of its own kind; to a person all are one.
    throw new Problem(401, 'provider.refused', 'The provider’s answer was not accepted.', { cause });
  }
}

/** Null: nobody here is this subject. It is written down, so that an administrator finds it. */
async function admitSubject(
  deps: LogInDeps,
  context: RequestContext,
  who: ProviderSubject,
): Promise<Outcome | null> {
  const caller = callerOf(context, deps.policy);
  const { now, world } = context;
  return await inWholeScope(deps, async (client) => {
    const user = await userOfSubject(client, { world, now }, who);
    if (user) return await admitFirstFactor(deps, client, user, 'provider', caller, now);
    const request = { login: (who.login ?? who.subject).slice(0, 64), caller };
    await appendEntries(client, [refusedEntry(world, request, null, 'provider-unlinked', now)], now);
    return null;
  });
}
