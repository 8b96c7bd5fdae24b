import { LIVE, newId, newUuid, type UserId } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PeopleTest, startPeople } from '../people/people.fixture.ts';
import type { Route } from '../platform/http/index.ts';
import { ReadRecorder, recordReads } from './index.ts';
import { personalReadOf } from './personal-reads.ts';
import { MOST_WAITING } from './read-recorder.ts';
import { readRoutes } from './read-routes.ts';

let test: PeopleTest;
let recorder: ReadRecorder;
const failures: string[] = [];

beforeAll(async () => {
  let tell: ReturnType<typeof recordReads> = () => undefined;
  test = await startPeople({ routes: readRoutes(), onAnswered: (...told) => tell(...told) });
  recorder = new ReadRecorder({
    pool: test.database.pool('keng_web'),
    world: LIVE,
    clock: test.clock,
    log: (message) => failures.push(message),
  });
  tell = recordReads(recorder);
});
afterAll(() => test.end());

const rows = async () => {
  const { rows: found } = await test.database
    .pool('keng_auditor')
    .query<{ what: string; user_name: string; times: number; subject: string | null }>(
      'select what, user_name, times, subject from read_record order by at, what',
    );
  return found;
};
const reading = (subject: string | null = newUuid()) => ({
  user: { id: newId<UserId>(), name: 'Reader', organisation: null },
  what: 'contacts' as const,
  subject,
  remote: '192.0.2.1',
});

describe('who read what', () => {
  it('is written down for each answer about people, folded by the minute, and never before the answer', async () => {
    const root = await test.loggedIn('root');
    for (let time = 0; time < 3; time += 1) await root.ask('GET', '/users?search=0912345678');
    await root.ask('GET', '/organisations');
    expect(await rows()).toEqual([]);
    await recorder.flush();
    expect(await rows()).toEqual([{ what: 'users', user_name: 'root (synthetic)', times: 3, subject: null }]);
    // What was typed into a search may be somebody's number.
    const { rows: whole } = await test.database.pool('keng_auditor').query('select * from read_record');
    expect(JSON.stringify(whole)).not.toContain('0912345678');
  });

  it('is found by the auditor, whose own question is an entry; nobody else may ask', async () => {
    const auditor = await test.loggedIn('auditor');
    const answer = await auditor.ask('GET', '/reads?user=ROOT&what=users');
    expect(answer.body.reads).toMatchObject([{ user: { name: 'root (synthetic)' }, times: 3 }]);
    expect((await auditor.ask('GET', '/reads?what=contacts')).body.reads).toEqual([]);
    const { rows: entries } = await test.database
      .pool('keng_core')
      .query("select body from entry where kind = 'record.read'");
    expect(entries).toHaveLength(2);
    for (const login of ['root', 'desk-1', 'owner']) {
      const other = await test.loggedIn(login);
      expect((await other.ask('GET', '/reads')).body.code).toBe('permission.missing');
    }
  });

  it('is not lost when the database is away for a while', async () => {
    const before = (await rows()).length;
    const gone = new ReadRecorder({
      // Anything that asks fails, as it does while PostgreSQL is down.
      pool: test.database.pool('keng_receiver'),
      world: LIVE,
      clock: test.clock,
      log: (message) => failures.push(message),
    });
    gone.note(reading());
    await gone.flush();
    expect(failures).toHaveLength(1);
    expect((await rows()).length).toBe(before);
  });

  it('costs bounded memory: what is too much is counted, and the gap is a record of its own', async () => {
    for (let number = 0; number < MOST_WAITING + 5; number += 1) recorder.note(reading());
    await recorder.flush();
    const found = await rows();
    expect(found.filter((row) => row.what === 'contacts')).toHaveLength(MOST_WAITING);
    expect(found.filter((row) => row.what === 'lost')).toMatchObject([{ times: 5 }]);
  });

  it('lies in a partition of its month, and cannot be changed by the program', async () => {
    const { rows: parts } = await test.database
      .pool('keng_core')
      .query("select relname from pg_class where relname ~ '^read_record_[0-9]{6}$' order by 1");
    expect(parts.map((part) => part.relname)).toContain('read_record_202603');
    await expect(test.database.pool('keng_web').query('delete from read_record')).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('knows exports and registers apart', () => {
    const route = (url: string) => personalReadOf({ method: 'GET', url } as Route);
    expect([route('/facilities/:id'), route('/facilities/export.csv'), route('/country')]).toEqual([
      'contacts',
      'export',
      null,
    ]);
  });
});
