import { LIVE } from '@keng/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LogFeed, Wake } from '../log/index.ts';
import { type PeopleTest, startPeople } from '../people/people.fixture.ts';
import type { Route } from '../platform/http/index.ts';
import { createLogger, systemClock } from '../platform/index.ts';
import { asAdministrator } from '../testing/index.ts';
import { Arrivals, FEED_KINDS, liveRoutes, StorageWatch } from './index.ts';

const wake = new Wake(null);
let people: PeopleTest;
let feed: LogFeed;

beforeAll(async () => {
  const log = createLogger('test', { write: () => undefined });
  people = await startPeople({
    // The routes read from the database that is made for them.
    routes: ({ pool }): Route[] => {
      feed = new LogFeed({
        pool: pool('keng_auditor'),
        world: LIVE,
        kinds: FEED_KINDS,
        wake,
        log: () => undefined,
      });
      const storage = new StorageWatch({
        pool: pool('keng_web'),
        process: 'test',
        log: () => undefined,
      });
      const presence = { enter: () => () => undefined };
      const arrivals = new Arrivals({
        pool: pool('keng_auditor'),
        world: LIVE,
        sorter: 'test',
        wake,
        log: () => undefined,
      });
      return liveRoutes({ feed, arrivals, storage, clock: systemClock, world: LIVE, log, presence });
    },
  });
  // As `keng archive` leaves it: positions up to 143 stand in a file, some of them nowhere else; the log goes on to 200.
  await asAdministrator(
    people.database.address,
    `insert into log_archive values ('live', 143, 1, '\\x00', '\\x01', 'synthetic.kenglog', 1, '\\x02', 143, now(), now(), now(), now());
     update log_head set position = 200 where world = 'live';
     insert into log_head (world, position, hash) select 'live', 200, '\\x01' where not exists (select from log_head where world = 'live')`,
  );
  await feed.start();
});
afterAll(async () => {
  await feed.stop();
  await wake.stop();
  await people.end();
});

it('whoever asks to go on from what has left for archive files is answered 410, with where it is whole', async () => {
  const desk = await people.loggedIn('desk-1');
  expect(await desk.ask('GET', '/feed?after=142')).toMatchObject({
    status: 410,
    body: { code: 'log.archived', params: { position: 143 }, detail: expect.stringContaining('begin anew') },
  });
});
