import { LIVE, parseWorld } from '@keng/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, transaction } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { until } from '../testing/until.ts';
import {
  type DueTimer,
  type RunningTimers,
  retryTimer,
  setTimers,
  startTimers,
  type TimerHandler,
} from './index.ts';

const T0 = new Date('2026-03-01T03:00:00.000Z');
let database: TestDatabase;
let clock: ManualClock;
let logged: string[];
const running: RunningTimers[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  clock = new ManualClock(T0);
  logged = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await database.drop();
});

function start(...handlers: readonly TimerHandler[]): RunningTimers {
  const log = (message: string): void => void logged.push(message);
  const one = startTimers({ pool: database.pool('keng_core'), world: LIVE, clock, handlers, log, beatMs: 0 });
  running.push(one);
  return one;
}

/** Sets timers due `seconds` after T0, with their subject as name. */
const set = (kind: string, ...timers: readonly (readonly [string, number])[]): Promise<void> =>
  transaction(database.pool('keng_core'), (client) =>
    setTimers(
      client,
      timers.map(([subject, seconds]) => ({
        world: LIVE,
        kind,
        subject,
        dueAt: new Date(T0.getTime() + seconds * 1000),
        body: { seconds },
      })),
    ),
  );

const left = async (): Promise<string[]> => {
  const { rows } = await database
    .pool('keng_core')
    .query<{ subject: string }>('select subject from timer order by number');
  return rows.map((row) => row.subject);
};

/** Remembers what ran, in order. */
function recorder(kind: string): TimerHandler & { readonly ran: string[] } {
  const ran: string[] = [];
  return {
    kind,
    ran,
    handle: async (_, timers) => {
      ran.push(...timers.map((timer) => timer.subject));
    },
  };
}

describe('timers in world time', () => {
  it('run when their time has come, in its order, and are gone', async () => {
    const handler = recorder('test');
    const timers = start(handler);
    await set('test', ['late', 20], ['soon', 5], ['at once', 0]);
    expect(await timers.poke()).toBe(1);
    clock.advance(LIVE, 5);
    await timers.poke();
    clock.advance(LIVE, 100);
    await timers.poke();
    expect(handler.ran).toEqual(['at once', 'soon', 'late']);
    expect(await left()).toEqual([]);
  });

  it('give their handler the body that was set, and the time', async () => {
    let seen: readonly DueTimer[] = [];
    let at: Date | null = null;
    const timers = start({
      kind: 'test',
      handle: async (_, due, { now }) => {
        seen = due;
        at = now;
      },
    });
    await set('test', ['one', 3]);
    clock.advance(LIVE, 4);
    await timers.poke();
    expect(seen).toMatchObject([
      { subject: 'one', body: { seconds: 3 }, dueAt: new Date(T0.getTime() + 3_000) },
    ]);
    expect(at).toEqual(new Date(T0.getTime() + 4_000));
  });

  it('of other kinds are left to whoever has a handler for them', async () => {
    const timers = start(recorder('test'));
    await set('other', ['foreign', 0]);
    expect(await timers.poke()).toBe(0);
    expect(await left()).toEqual(['foreign']);
  });

  it('that are due together run in the order of their times', async () => {
    const handler = recorder('test');
    await set('test', ['late', 20], ['soon', 5]);
    clock.advance(LIVE, 60);
    await start(handler).poke();
    expect(handler.ran).toEqual(['soon', 'late']);
  });

  it('of two kinds go each to its own handler', async () => {
    const [one, two] = [recorder('one'), recorder('two')];
    await set('one', ['a', 0]);
    await set('two', ['b', 0]);
    expect(await start(one, two).poke()).toBe(2);
    expect([one.ran, two.ran]).toEqual([['a'], ['b']]);
  });

  it('run more than a batch, each once, though two processes run them', async () => {
    const one = recorder('test');
    const two = recorder('test');
    const runners = [start(one), start(two)];
    await set('test', ...Array.from({ length: 1_200 }, (_, index) => [`t${index}`, 0] as const));
    await Promise.all(runners.map((runner) => runner.poke()));
    const ran = [...one.ran, ...two.ran];
    expect(ran).toHaveLength(1_200);
    expect(new Set(ran).size).toBe(1_200);
    expect(await left()).toEqual([]);
  });

  it('take effect and vanish together: a handler that fails leaves its timer', async () => {
    let fail = true;
    const timers = start({
      kind: 'test',
      handle: async (client) => {
        await client.query(
          `insert into organisation (world, code, level, name) values ('live', 'x', 'national', '{}')`,
        );
        if (fail) throw Object.assign(new Error('the database went away'), { code: '57P01' });
      },
    });
    await set('test', ['one', 0]);
    await expect(timers.poke()).rejects.toThrow('the database went away');
    expect((await database.pool('keng_core').query('select from organisation')).rowCount).toBe(0);
    expect(await left()).toEqual(['one']);
    fail = false;
    expect(await timers.poke()).toBe(1);
    expect((await database.pool('keng_core').query('select from organisation')).rowCount).toBe(1);
  });

  it('are not set aside because the database goes away while one is tried alone', async () => {
    const errors = [new TypeError('cannot read this'), Object.assign(new Error('gone'), { code: '57P01' })];
    const timers = start({
      kind: 'test',
      handle: async () => {
        const error = errors.shift();
        if (error) throw error;
      },
    });
    await set('test', ['one', 0]);
    await expect(timers.poke()).rejects.toThrow('gone');
    expect((await database.pool('keng_core').query('select from set_aside')).rowCount).toBe(0);
    expect(await timers.poke()).toBe(1);
    expect(await left()).toEqual([]);
  });

  it('that run when the process stops are waited for', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((ready) => {
      release = ready;
    });
    let entered: () => void = () => {};
    const begun = new Promise<void>((ready) => {
      entered = ready;
    });
    const timers = start({
      kind: 'test',
      handle: async () => {
        entered();
        await held;
      },
    });
    await set('test', ['one', 0]);
    const ran = timers.poke();
    await begun;
    let stopped = false;
    const stop = timers.stop().then(() => {
      stopped = true;
    });
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    release();
    await stop;
    expect(await ran).toBe(1);
  });

  it('that break their handler are set aside and shown, and the others of the batch run', async () => {
    const good = recorder('test');
    let tries = 0;
    let broken = true;
    const timers = start({
      kind: 'test',
      handle: async (client, due, context) => {
        if (broken && due.some((timer) => timer.subject === 'poison')) {
          tries += 1;
          throw new TypeError('cannot read this');
        }
        await good.handle(client, due, context);
      },
    });
    await set('test', ['before', 0], ['poison', 1], ['after', 2]);
    clock.advance(LIVE, 10);
    await timers.poke();
    expect(good.ran).toEqual(['before', 'after']);
    // Once in the batch, three times alone.
    expect(tries).toBe(4);
    expect(await timers.poke()).toBe(0);
    const pool = database.pool('keng_core');
    const aside = await pool.query<{ position: number }>(
      `select consumer, kind, error, position from set_aside`,
    );
    expect(aside.rows).toMatchObject([
      { consumer: 'timers', kind: 'test', error: 'TypeError: cannot read this' },
    ]);
    const shown = await pool.query(`select lane, body from entry where kind = 'entry.set-aside'`);
    expect(shown.rows).toMatchObject([{ lane: 0, body: { consumer: 'timers', entryKind: 'test' } }]);
    // A person repairs the cause and tries again.
    broken = false;
    const number = aside.rows[0]?.position ?? 0;
    const retried = await transaction(pool, (client) => retryTimer(client, LIVE, number, clock.now(LIVE)));
    expect(retried).toBe(true);
    expect(await timers.poke()).toBe(1);
    expect(good.ran).toEqual(['before', 'after', 'poison']);
  });

  it('of an exercise do not run by the live clock', async () => {
    const exercise = parseWorld('exercise-test');
    if (exercise === null) throw new Error('not a world');
    const live = recorder('test');
    await transaction(database.pool('keng_exercise'), (client) =>
      setTimers(client, [{ world: exercise, kind: 'test', subject: 'inject', dueAt: T0, body: {} }]),
    );
    await start(live).poke();
    expect(live.ran).toEqual([]);
    const theirs = recorder('test');
    const log = (message: string): void => void logged.push(message);
    const runner = startTimers({
      pool: database.pool('keng_exercise'),
      world: exercise,
      clock,
      handlers: [theirs],
      log,
      beatMs: 0,
    });
    running.push(runner);
    clock.set(exercise, new Date(T0.getTime() - 1_000));
    expect(await runner.poke()).toBe(0);
    clock.set(exercise, T0);
    expect(await runner.poke()).toBe(1);
    expect(theirs.ran).toEqual(['inject']);
  });

  it('run by themselves with the beat, again and again', async () => {
    const handler = recorder('test');
    const log = (message: string): void => void logged.push(message);
    running.push(
      startTimers({
        pool: database.pool('keng_core'),
        world: LIVE,
        clock,
        log,
        beatMs: 10,
        handlers: [handler],
      }),
    );
    await set('test', ['one', 0]);
    await until(() => handler.ran.length === 1);
    await set('test', ['two', 0]);
    await until(() => handler.ran.length === 2);
    expect(handler.ran).toEqual(['one', 'two']);
    expect(logged).toEqual([]);
  });
});
