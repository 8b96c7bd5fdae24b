import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delaySeconds, LOG_IN_LIMITS } from './log-in-limits.ts';
import { type PeopleTest, startPeople, type TestClient } from './people.fixture.ts';

describe('the delay after failures in a row', () => {
  it.each([
    [4, 0],
    [5, 1],
    [6, 2],
    [8, 8],
    [10, 32],
    [11, 60],
    [5_000, 60],
  ])('after %i failures is %i s', (failures, seconds) => {
    expect(delaySeconds(failures, LOG_IN_LIMITS.freeFailures)).toBe(seconds);
  });
});

describe('guessing', () => {
  let test: PeopleTest;
  beforeAll(async () => {
    test = await startPeople();
  });
  afterAll(() => test.end());

  const from = (remote: string): TestClient => {
    const client = test.client();
    client.remote = remote;
    return client;
  };
  const guess = async (login: string, remote: string, times: number): Promise<(string | undefined)[]> => {
    const codes: (string | undefined)[] = [];
    for (let turn = 0; turn < times; turn += 1)
      codes.push((await from(remote).logIn(login, 'wrong')).body.code);
    return codes;
  };
  const refusals = async (login: string): Promise<string[]> => {
    const { rows } = await test.database
      .pool('keng_core')
      .query(
        "select body->>'reason' as reason from entry where kind = 'session.refused' and body->>'login' = $1 order by id",
        [login],
      );
    return rows.map((row) => String(row.reason));
  };

  it('is held up after five, says for how long, ends by itself, and writes one entry a block', async () => {
    expect(await guess('desk-1', '198.51.100.1', 7)).toEqual([
      ...Array(5).fill('session.refused'),
      'session.limited',
      'session.limited',
    ]);
    const right = await from('198.51.100.1').logIn('desk-1');
    expect(right).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect(await refusals('desk-1')).toEqual([...Array(5).fill('password'), 'limited']);
    test.clock.advance(LIVE, 2);
    expect((await from('198.51.100.1').logIn('desk-1')).status).toBe(200);
  });

  it('of an unknown login is held up in the same way, so that nothing is learned from it', async () => {
    const codes = await guess('no-such-login', '198.51.100.2', 6);
    expect(codes).toEqual([...Array(5).fill('session.refused'), 'session.limited']);
  });

  it('from elsewhere does not keep a desk from logging in at its usual address', async () => {
    expect((await from('203.0.113.7').logIn('desk-2')).status).toBe(200);
    for (let turn = 0; turn < 12; turn += 1) await guess('desk-2', `198.51.100.${10 + turn}`, 1);
    expect((await from('198.51.100.40').logIn('desk-2')).status).toBe(429);
    expect((await from('203.0.113.7').logIn('desk-2')).status).toBe(200);
  });

  it('of many logins from one address is held up there and not elsewhere', async () => {
    for (let turn = 0; turn < 20; turn += 1) await guess(`guess-${turn}`, '198.51.100.60', 1);
    expect((await from('198.51.100.60').logIn('auditor')).status).toBe(429);
    expect((await from('198.51.100.61').logIn('auditor')).status).toBe(200);
  });

  it('a hundred at the same moment are still counted one by one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => from('198.51.100.80').logIn('national', 'wrong')),
    );
    const looked = answers.filter((answer) => answer.body.code === 'session.refused');
    expect(looked).toHaveLength(LOG_IN_LIMITS.freeFailures);
  });

  it('by the thousand from one address is stopped before anything is asked of the database', async () => {
    const codes = await guess('limits-at-the-door', '198.51.100.90', 61);
    expect(codes.at(-1)).toBe('address.limited');
  });
});
