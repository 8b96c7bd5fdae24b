import { expect, test } from 'vitest';
import { WokenLoop } from './woken-loop.ts';

const LONG_MS = 3_600_000;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A loop whose runs are counted and answer what they are told. */
function countedLoop(answers: (boolean | number)[], gapMs = 0): { loop: WokenLoop; runs: () => number } {
  let runs = 0;
  const loop = new WokenLoop(
    async () => answers[runs++] ?? false,
    (error) => expect.fail(String(error)),
    gapMs,
  );
  return { loop, runs: () => runs };
}

test('a rest that a run asks for is kept when something comes that can wait', async () => {
  const { loop, runs } = countedLoop([LONG_MS]);
  loop.poke();
  await turn();
  loop.poke();
  await turn();
  expect(runs()).toBe(1);
  await loop.stop();
});

test('what hurries ends the rest', async () => {
  const { loop, runs } = countedLoop([LONG_MS, LONG_MS]);
  loop.poke();
  await turn();
  loop.poke(true);
  await turn();
  expect(runs()).toBe(2);
  await loop.stop();
});

test('what hurries while a run is under way is not made to wait for the rest after it', async () => {
  const { loop, runs } = countedLoop([LONG_MS, false]);
  loop.poke();
  loop.poke(true);
  await turn();
  await turn();
  expect(runs()).toBe(2);
  await loop.stop();
});

test('what hurries does not come closer behind the batch before it than the gap', async () => {
  const { loop, runs } = countedLoop([LONG_MS, false], LONG_MS);
  loop.poke();
  await turn();
  loop.poke(true);
  await turn();
  expect(runs()).toBe(1);
  await loop.stop();
});
