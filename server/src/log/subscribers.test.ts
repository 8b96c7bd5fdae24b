import { expect, it } from 'vitest';
import { Subscribers } from './subscribers.ts';

/** Somebody who reads, and takes until `next` lets go. */
function reader() {
  const waiting: (() => void)[] = [];
  let looks = 0;
  const run = async (): Promise<boolean> => {
    looks += 1;
    await new Promise<void>((resolve) => waiting.push(resolve));
    return false;
  };
  return { run, next: () => waiting.shift()?.(), looks: () => looks };
}

const unexpected = (error: unknown): void => {
  throw error;
};

it('each looks at once and after each poke; a slow one holds up itself alone, and is poked once for all it missed', async () => {
  const subscribers = new Subscribers();
  const slow = reader();
  const quick = reader();
  subscribers.add(slow.run, unexpected);
  subscribers.add(quick.run, unexpected);
  expect(subscribers.count).toBe(2);
  for (let poke = 1; poke <= 3; poke += 1) {
    quick.next();
    subscribers.poke();
    await expect.poll(quick.looks).toBe(poke + 1);
  }
  expect(slow.looks()).toBe(1);
  slow.next();
  await expect.poll(slow.looks).toBe(2);
  slow.next();
  quick.next();
  await subscribers.stop();
  expect(slow.looks()).toBe(2);
});

it('who has ended is not poked any more, and has ended only when its last look is over', async () => {
  const subscribers = new Subscribers();
  const one = reader();
  const end = subscribers.add(one.run, unexpected);
  let over = false;
  const ended = end().then(() => {
    over = true;
  });
  expect(subscribers.count).toBe(0);
  await Promise.resolve();
  expect(over).toBe(false);
  one.next();
  await ended;
  subscribers.poke();
  expect(one.looks()).toBe(1);
});

it('when all end, the looks of all are over', async () => {
  const subscribers = new Subscribers();
  const readers = [reader(), reader()];
  for (const one of readers) subscribers.add(one.run, unexpected);
  let over = false;
  const stopped = subscribers.stop().then(() => {
    over = true;
  });
  readers[0]?.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  readers[1]?.next();
  await stopped;
  expect(subscribers.count).toBe(0);
});

it('a failure is told, and keeps nobody else from being told', async () => {
  const subscribers = new Subscribers();
  const failures: unknown[] = [];
  subscribers.add(
    () => Promise.reject(new Error('gone')),
    (error) => failures.push(error),
  );
  const other = reader();
  subscribers.add(other.run, unexpected);
  await expect.poll(() => failures).toMatchObject([{ message: 'gone' }]);
  other.next();
  subscribers.poke();
  await expect.poll(other.looks).toBe(2);
  other.next();
  await subscribers.stop();
});
