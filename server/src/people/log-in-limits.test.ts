import { LIVE } from '@keng/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PoolClient, transaction } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import {
  type Attempt,
  delaySeconds,
  forgetFailures,
  LOG_IN_LIMITS,
  reserveAttempt,
  sweepFailures,
} from './log-in-limits.ts';
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

describe('the counters', () => {
  const NOW = new Date('2026-03-01T03:00:00.000Z');
  const AWAY = '198.51.100.1';
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  const after = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
  const attempt = (login: string, remote = AWAY, atHome = false) => ({ login, remote, atHome });
  const inWeb = <Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> =>
    transaction(database.pool('keng_web'), work);
  const reserve = (one: Attempt, seconds = 0) =>
    inWeb((client) => reserveAttempt(client, LIVE, one, after(seconds)));
  const fail = async (times: number, one: Attempt, seconds = 0): Promise<void> => {
    for (let turn = 0; turn < times; turn += 1)
      expect(await reserve(one, seconds)).toEqual({ admitted: true });
  };
  const succeed = async (one: Attempt): Promise<void> => {
    expect(await reserve(one)).toEqual({ admitted: true });
    await inWeb((client) => forgetFailures(client, LIVE, one));
  };
  const held = (waitSeconds: number, report = true) => ({ admitted: false, waitSeconds, report });

  it('go on for a quarter of an hour after the last failure, and then start again', async () => {
    await fail(4, attempt('a'));
    await fail(1, attempt('a'), 900);
    expect(await reserve(attempt('a'), 900)).toEqual(held(1));
    await fail(4, attempt('b', '198.51.100.2'));
    await fail(2, attempt('b', '198.51.100.2'), 901);
  });

  it('hold up for longer each time, until the very second, and report each block once', async () => {
    await fail(5, attempt('a'));
    expect(await reserve(attempt('a'), 0.5)).toEqual(held(1));
    expect(await reserve(attempt('a'), 0.5)).toEqual(held(1, false));
    await fail(1, attempt('a'), 1);
    expect(await reserve(attempt('a'), 1)).toEqual(held(2));
    await fail(1, attempt('a'), 3);
    expect(await reserve(attempt('a'), 3)).toEqual(held(4));
  });

  it('of a login start again when its password was right', async () => {
    await fail(4, attempt('a'));
    await succeed(attempt('a'));
    await fail(5, attempt('a'));
    expect(await reserve(attempt('a'))).toEqual(held(1));
  });

  it("of an address do not: an own account does not wipe out what was tried with others'", async () => {
    for (let turn = 0; turn < 19; turn += 1) await fail(1, attempt(`guessed-${turn}`));
    await succeed(attempt('own'));
    await fail(1, attempt('next'));
    expect(await reserve(attempt('another'))).toEqual(held(1));
  });

  it('at home are apart for each login and each address', async () => {
    await fail(5, attempt('a', AWAY, true));
    expect(await reserve(attempt('a', AWAY, true))).toEqual(held(1));
    await fail(1, attempt('b', AWAY, true));
    await fail(1, attempt('a', '198.51.100.2', true));
    await fail(1, attempt('a', '198.51.100.3'));
  });

  it('are forgotten when they are over, and not before', async () => {
    await fail(1, attempt('a'));
    const left = async (seconds: number): Promise<number | null> => {
      await inWeb((client) => sweepFailures(client, LIVE, after(seconds)));
      return (await database.pool('keng_web').query('select from log_in_failure')).rowCount;
    };
    expect(await left(900)).toBe(2);
    expect(await left(901)).toBe(0);
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
