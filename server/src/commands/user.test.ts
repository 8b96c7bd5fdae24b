import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PeopleTest, startPeople } from '../people/people.fixture.ts';
import type { CommandValue } from './command.ts';
import { runUserCommand } from './user.ts';

let test: PeopleTest;
beforeAll(async () => {
  test = await startPeople();
});
afterAll(() => test.end());

async function keng(verb: string, values: Record<string, CommandValue> = {}): Promise<string[]> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  await runUserCommand(test.database.pool('keng_core'), { positionals: [verb], values, print });
  return lines;
}
const passwordIn = (lines: readonly string[]): string => /: (\S+)$/.exec(lines[0] ?? '')?.[1] ?? '';

describe('keng user', () => {
  it('add makes the first administrator, who can log in with the printed password', async () => {
    const lines = await keng('add', { login: 'first', role: ['administrator'], name: 'First (synthetic)' });
    const client = test.client();
    const answer = await client.logIn('first', passwordIn(lines));
    expect(answer.body).toMatchObject({
      user: { roles: ['administrator'], scope: '*' },
      passwordTemporary: true,
    });
  });

  it('password ends the sessions of the account and prints a new one', async () => {
    const before = await test.loggedIn('desk-1');
    const lines = await keng('password', { login: 'desk-1' });
    expect((await before.ask('GET', '/session')).status).toBe(401);
    expect((await test.client().logIn('desk-1', passwordIn(lines))).status).toBe(200);
  });

  it('recover prints a code with which its owner chooses a new password', async () => {
    const lines = await keng('recover', { login: 'station-1', 'lost-keys': true });
    const body = { login: 'station-1', code: passwordIn(lines), next: 'words from the paper' };
    const answer = await test.client().ask('POST', '/session/recovery', { body });
    expect(answer.body).toMatchObject({ method: 'recovery', passwordTemporary: false });
  });

  it('deactivate stops the account at once', async () => {
    const before = await test.loggedIn('desk-2');
    await keng('deactivate', { login: 'desk-2' });
    expect((await before.ask('GET', '/session')).status).toBe(401);
    expect((await keng('list')).find((line) => line.startsWith('desk-2 '))).toContain('stopped');
  });

  it('every change is an entry whose author is the command line', async () => {
    await keng('add', { login: 'noted', role: ['dispatcher'], organisation: 'P1' });
    const { rows } = await test.database
      .pool('keng_core')
      .query("select kind, actor_id from entry where body->>'login' = 'noted'");
    expect(rows).toEqual([{ kind: 'user.created', actor_id: 'command-line' }]);
  });

  it.each([
    ['frobnicate', {}, 'command.unknown'],
    ['add', { role: ['administrator'] }, 'command.incomplete'],
    ['add', { login: 'x1', role: ['king'] }, 'user.role-unknown'],
    ['add', { login: 'x1' }, 'user.invalid'],
    ['add', { login: 'Not A Login', role: ['auditor'] }, 'user.invalid'],
    ['add', { login: 'x1', role: ['dispatcher'] }, 'user.organisation-missing'],
    ['add', { login: 'x1', role: ['dispatcher'], organisation: 'P9' }, 'user.organisation-unknown'],
    ['add', { login: 'root', role: ['auditor'] }, 'user.login-taken'],
    ['password', { login: 'nobody' }, 'user.not-found'],
  ])('%s %j is refused by name', async (verb, values, code) => {
    await expect(keng(verb, values)).rejects.toMatchObject({ code });
  });
});
