import { Problem, ROLES } from '@keng/model';
import { z } from 'zod';
import { earlySession } from '../early.ts';
import { get, post, request, setCsrf, trusted } from './client.ts';
import { askKey, type KeyQuestion } from './passkey.ts';

const user = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  organisation: z.string().nullable().default(null),
  facilities: z.array(z.string()).default([]),
  language: z.enum(['vi', 'en', 'ru', 'zh']).optional(),
  /** What this session may do now: more than the roles give while rights are raised. */
  permissions: z.array(z.string()).optional(),
  /** Rights above those of the roles, while they run. */
  raised: z
    .object({ id: z.string(), target: z.string(), role: z.enum(ROLES).nullable(), until: z.string() })
    .nullish(),
});

const session = z.object({
  user,
  csrf: z.string(),
  world: z.string().default('live'),
  /** Name of the exercise, where the world is one. */
  worldName: z.string().nullish(),
  /** Too long idle: alarms may be watched, nothing may be done. */
  expired: z.boolean().default(false),
  /** Somebody else set it: it is to be changed before anything else. */
  passwordTemporary: z.boolean().default(false),
  /** What the centre wants before it answers anything else. */
  pending: z.enum(['password', 'passkey']).nullable().default(null),
});

export type SessionUser = z.infer<typeof user>;
export type Session = z.infer<typeof session>;

/** Who is logged in; null: nobody. */
export async function loadSession(): Promise<Session | null> {
  try {
    const asked = earlySession();
    const read = (json: unknown) => session.nullable().parse(json);
    const found = await request('GET', '/session', read, asked === null ? {} : { asked });
    if (found === null) return null;
    setCsrf(found.csrf);
    return found;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** With the password; where the centre asks for a key as well, the browser asks the person for it. */
export async function logIn(login: string, password: string): Promise<Session> {
  return await goOn(await post('/session', { login, password }, readQuestion));
}

/** With a key alone. */
export async function logInWithKey(): Promise<Session> {
  const options = await post('/session/passkey/question', undefined, trusted<KeyQuestion>());
  return await answerWithKey(options, 'nothing');
}

/** The key that is wanted after the provider has sent this browser back. */
export async function finishWithKey(): Promise<Session> {
  return await answerWithKey(await get('/session/second-factor', trusted<KeyQuestion>()), 'first-proof');
}

/** With a one-time code from paper, and a password of one's own. */
export async function recover(login: string, code: string, next: string): Promise<Session> {
  return await goOn(await post('/session/recovery', { login, code, next }, readQuestion));
}

export interface WaysIn {
  readonly passkey: boolean;
  readonly provider: { readonly name: string; readonly reachable: boolean } | null;
}

export const loadWaysIn = (): Promise<WaysIn> => get('/session/ways', trusted<WaysIn>());

/** Leaves this page for the provider's. */
export async function goToProvider(): Promise<void> {
  const { address } = await post('/session/provider', undefined, trusted<{ readonly address: string }>());
  window.location.assign(address);
}

/** The centre's question for a key; null: it is content with what was proved. */
function readQuestion(json: unknown): KeyQuestion | null {
  const asked =
    typeof json === 'object' && json !== null && 'secondFactor' in json ? json.secondFactor : null;
  // Made by the centre's WebAuthn library for the browser's.
  return asked as KeyQuestion | null;
}

async function goOn(question: KeyQuestion | null): Promise<Session> {
  return question === null ? await opened() : await answerWithKey(question, 'first-proof');
}

async function answerWithKey(question: KeyQuestion, after: 'nothing' | 'first-proof'): Promise<Session> {
  await post('/session/passkey', { after, response: await askKey(question) }, () => undefined);
  return await opened();
}

async function opened(): Promise<Session> {
  const session = await loadSession();
  if (session === null) throw new Problem(401, 'session.not-kept', 'The browser did not keep the session.');
  return session;
}

/** Ends every other session of this person, and goes on in a new one. */
export async function changeOwnPassword(current: string, next: string): Promise<Session> {
  await post('/session/password', { current, next }, () => undefined);
  return await opened();
}

/** Whoever came by a provider is sent on to its own log-out. */
export async function logOut(): Promise<void> {
  try {
    const read = trusted<{ readonly atProvider?: string | null }>();
    const { atProvider } = await request('DELETE', '/session', read);
    if (atProvider) window.location.assign(atProvider);
  } catch (error) {
    // Who is logged out already has what they wanted.
    if (!(error instanceof Problem && error.status === 401)) throw error;
  }
  setCsrf(null);
}
