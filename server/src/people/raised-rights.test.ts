import { LIVE, type Permission } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEED_KINDS, visibleNow, visibleTo } from '../live/visible.ts';
import { LogFeed, numberTheRest, Wake } from '../log/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { code, type PeopleTest, startPeople, type TestClient } from './people.fixture.ts';

let test: PeopleTest;
beforeAll(async () => {
  test = await startPeople();
});
afterAll(() => test.end());

const REASON = 'the desk of the other province does not answer';
const raise = (client: TestClient, more: Record<string, unknown> = {}) =>
  client.ask('POST', '/raised-rights', {
    body: { target: 'P2', role: 'dispatcher', reason: REASON, minutes: 30, ...more },
  });
const scopeOf = async (client: TestClient) => {
  const { body } = await client.ask('GET', '/session');
  const user = body.user as { scope: string[]; permissions: string[]; raised: { id: string } | null };
  return user;
};

describe('break-glass', () => {
  it('shows another place and lets act there, for exactly its time, in every query', async () => {
    const officer = await test.loggedIn('station-1');
    const before = await scopeOf(officer);
    expect(before.scope).toEqual(['S1']);
    expect((await raise(officer)).status).toBe(200);
    const raised = await scopeOf(officer);
    expect(raised.scope).toEqual(['S1', 'P2', 'S2']);
    expect(raised.permissions).toContain('incident.dispatch');
    expect(raised.raised).toMatchObject({ target: 'P2', reason: REASON });
    test.clock.advance(LIVE, 30 * 60 - 1);
    expect((await scopeOf(officer)).scope).toContain('P2');
    test.clock.advance(LIVE, 1);
    const after = await scopeOf(officer);
    expect(after.scope).toEqual(['S1']);
    expect(after.permissions).not.toContain('incident.dispatch');
    expect(after.raised).toBeNull();
  });

  it('is seen by the level above and by the auditor at once, and by nobody beside', async () => {
    const officer = await test.loggedIn('station-1');
    const { body } = await raise(officer);
    const seen = async (login: string): Promise<boolean> => {
      const answer = await (await test.loggedIn(login)).ask('GET', '/raised-rights');
      const list = (answer.body.raised ?? []) as { id: string }[];
      return list.some((one) => one.id === body.id);
    };
    expect(await seen('desk-1')).toBe(true);
    expect(await seen('national')).toBe(true);
    expect(await seen('auditor')).toBe(true);
    // Whose place is looked into is told, too.
    expect(await seen('desk-2')).toBe(true);
    expect((await (await test.loggedIn('root')).ask('GET', '/raised-rights')).body.code).toBe(
      'permission.missing',
    );
    expect((await officer.ask('POST', `/raised-rights/${body.id}/end`)).status).toBe(200);
    expect((await scopeOf(officer)).scope).toEqual(['S1']);
  });

  it('is reviewed by somebody else, once, when it is over', async () => {
    const desk = await test.loggedIn('desk-1');
    const { id } = (await raise(desk)).body;
    const body = { outcome: 'justified', note: 'the line was down' };
    const national = await test.loggedIn('national');
    const review = (client: TestClient) => client.ask('POST', `/raised-rights/${id}/review`, { body });
    expect((await review(national)).body.code).toBe('rights.running');
    await national.ask('POST', `/raised-rights/${id}/end`);
    expect((await scopeOf(desk)).scope).toEqual(['P1', 'S1']);
    expect((await review(desk)).body.code).toBe('rights.own-review');
    const bare = { outcome: 'not-justified', note: ' ' };
    const refused = await national.ask('POST', `/raised-rights/${id}/review`, { body: bare });
    expect(refused.body, 'a word against somebody has its reason').toMatchObject({
      code: 'request.invalid',
      problems: [{ at: 'note' }],
    });
    expect((await review(national)).body).toMatchObject({ review: { by: 'national (synthetic)' } });
    expect((await review(national)).body.code).toBe('rights.reviewed');
  });

  it('gives nobody the rights to administer or to audit, wants a reason, and knows no second one beside', async () => {
    const officer = await test.loggedIn('station-1');
    expect((await raise(officer, { role: 'administrator' })).body.code).toBe('request.invalid');
    expect((await raise(officer, { reason: 'because' })).body.code).toBe('request.invalid');
    expect((await raise(officer, { minutes: 600 })).body.code).toBe('request.invalid');
    expect((await raise(officer, { target: 'P9' })).body.code).toBe('user.organisation-unknown');
    const root = await test.loggedIn('root');
    expect((await raise(root)).body.code).toBe('permission.missing');
    const { id } = (await raise(officer)).body;
    expect((await raise(officer)).body.code).toBe('rights.raised-already');
    await officer.ask('POST', `/raised-rights/${id}/end`);
  });

  it('narrows an open feed at the very moment it is over', () => {
    let now = new Date('2026-03-01T08:00:00Z');
    const until = new Date('2026-03-01T08:30:00Z');
    const raised = { id: 'x', target: code('P2'), role: null, reason: REASON, until, ownScope: [code('S1')] };
    const user = { roles: [], scope: [code('S1'), code('P2')], facilities: [], raised };
    // Only what decides about sight is given.
    const sees = visibleNow(user as never, () => now);
    const entry = { organisation: 'P2', facility: null } as never;
    expect(sees(entry)).toBe(true);
    now = until;
    expect(sees(entry)).toBe(false);
    expect(sees({ organisation: 'S1', facility: null } as never)).toBe(true);
  });

  it('is told over the live feed to whoever reviews at either place, and to nobody else', async () => {
    const number = () =>
      numberTheRest({
        pool: test.database.pool('keng_sequencer'),
        origin: 'test',
        epoch: 1,
        log: () => undefined,
      });
    await number();
    const wake = new Wake(null);
    const pool = test.database.pool('keng_auditor');
    const feed = new LogFeed({ pool, world: LIVE, kinds: FEED_KINDS, wake, log: () => undefined });
    await feed.start();
    const review: ReadonlySet<Permission> = new Set(['desk.read', 'rights.review']);
    const watchers = {
      above: { scope: [code('P1'), code('S1')], permissions: review },
      there: { scope: [code('P2'), code('S2')], permissions: review },
      national: { scope: '*' as const, permissions: review },
      elsewhere: { scope: [code('S2')], permissions: review },
      colleague: { scope: [code('P1'), code('S1')], permissions: new Set<Permission>(['desk.read']) },
    };
    const told: Record<string, string[]> = {};
    const subscriptions = Object.entries(watchers).map(([name, user]) => {
      told[name] = [];
      return feed.subscribe(feed.position, {
        accept: visibleTo({ ...user, facilities: [] }),
        send: async (entries) => void told[name]?.push(...entries.map(({ kind }) => kind)),
      });
    });
    const officer = await test.loggedIn('station-1');
    const { id } = (await raise(officer)).body;
    await officer.ask('POST', `/raised-rights/${id}/end`);
    const all = ['rights.raised', 'rights.ended'];
    await number();
    wake.now();
    await expect
      .poll(() => told)
      .toEqual({ above: all, there: all, national: all, elsewhere: [], colleague: [] });
    await Promise.all(subscriptions.map((one) => one.stop()));
    await feed.stop();
    await wake.stop();
  });

  it('is rebuilt from the log', async () => {
    const pool = test.database.pool('keng_sequencer');
    await numberTheRest({ pool, origin: 'test', epoch: 1, log: () => undefined });
    const compared = await compareWithLog({ pool: test.database.pool('keng_core'), world: LIVE });
    const rights = compared.find((one) => one.name === 'raised rights');
    expect(rights).toMatchObject({ equal: true, different: [] });
    expect(rights?.rebuilt).toBeGreaterThan(3);
  });
});
