import { Problem, ROLES } from '@keng/model';
import { z } from 'zod';
import { earlySession } from '../early.ts';
import { post, request, setCsrf } from './client.ts';

const user = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  organisation: z.string().nullable().default(null),
  facilities: z.array(z.string()).default([]),
  language: z.enum(['vi', 'en', 'ru', 'zh']).optional(),
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

export async function logIn(login: string, password: string): Promise<Session> {
  await post('/session', { login, password }, () => undefined);
  const opened = await loadSession();
  if (opened === null) throw new Problem(401, 'session.not-kept', 'The browser did not keep the session.');
  return opened;
}

/** Ends every other session of this person, and goes on in a new one. */
export async function changeOwnPassword(current: string, next: string): Promise<Session> {
  await post('/session/password', { current, next }, () => undefined);
  const opened = await loadSession();
  if (opened === null) throw new Problem(401, 'session.not-kept', 'The browser did not keep the session.');
  return opened;
}

export async function logOut(): Promise<void> {
  try {
    await request('DELETE', '/session', () => undefined);
  } catch (error) {
    // Who is logged out already has what they wanted.
    if (!(error instanceof Problem && error.status === 401)) throw error;
  }
  setCsrf(null);
}
