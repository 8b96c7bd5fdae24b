import type { DemonstrationFacility } from '@keng/country-vn';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { sitDown, word } from './person.ts';
import { setScene } from './scene.ts';

/** The duty desk under somebody's hand: what they aim at keeps still, one tab rings, and the time is the centre's. */
const scene = setScene();
const { at, alarm } = scene;

test('rows keep their places under the pointer, what is new is announced, and a click opens the row that was aimed at', async () => {
  const { page, leave } = await sitDown(scene.browser, scene.rig, 'hanoi', '/desk');
  for (const index of [0, 1, 2]) await alarm(at(index), 'smoke');
  await row(page, at(2)).waitFor();
  const before = await order(page);
  const aimedAt = before[1] ?? '';
  const target = page.locator(`[data-incident="${aimedAt}"]`);
  const box = await target.boundingBox();
  if (box === null) throw new Error('the row is not on the screen');
  let moved = 0;
  const fidget = async () => {
    moved += 1;
    await page.mouse.move(box.x + 40 + (moved % 2), box.y + box.height / 2);
  };
  await fidget();

  // A call point is a confirmed fire: it belongs above them all.
  await alarm(at(3), 'manual-call-point');
  const announced = page.getByTestId('queue-order').getByRole('button');
  await expect
    .poll(() => fidget().then(() => announced.allTextContents()), { timeout: 60_000 })
    .toEqual([word('queue.new-above_one', 'en', { count: '1' })]);
  expect(await order(page)).toEqual(before);
  expect(await page.getByRole('tab').first().textContent()).toContain('4');
  await page.mouse.down();
  await page.mouse.up();
  await expect.poll(() => page.getByTestId('incident-number').textContent()).toBe(aimedAt);

  // Elsewhere with the pointer, the queue goes on.
  await page.mouse.move(800, 400);
  await expect.poll(() => order(page), { timeout: 60_000 }).toHaveLength(4);
  expect((await order(page)).slice(1)).toEqual(before);
  await expect.poll(() => announced.count()).toBe(0);
  await leave();
});

test('of two tabs of one desk one rings, and the other when the first is closed', async () => {
  const { page, context, leave } = await sitDown(scene.browser, scene.rig, 'hanoi', '/desk');
  await countStrikes(context);
  // What was installed now counts from the next load on.
  await page.reload();
  const other = await context.newPage();
  await other.goto(`${scene.rig.url}/desk`);
  for (const tab of [page, other]) {
    await row(tab, at(0)).waitFor();
    // Browsers are quiet until somebody touches the page.
    await tab.bringToFront();
    await tab.getByRole('tab').nth(3).click();
  }
  await alarm(at(4), 'manual-call-point');
  const ringing = await vi.waitFor(
    async () => {
      const [one, two] = [await strikes(page), await strikes(other)];
      expect(one + two).toBeGreaterThan(2);
      return one > 0 ? page : other;
    },
    { timeout: 60_000, interval: 200 },
  );
  const quiet = ringing === page ? other : page;
  const heard = await strikes(quiet);
  const so = await strikes(ringing);
  await expect.poll(() => strikes(ringing), { timeout: 60_000 }).toBeGreaterThan(so + 1);
  expect(await strikes(quiet)).toBe(heard);
  await ringing.close();
  await expect.poll(() => strikes(quiet), { timeout: 60_000 }).toBeGreaterThan(heard + 1);
  await leave();
});

test('a desk whose clock is set to another zone shows the time of the centre', async () => {
  const { page, leave } = await sitDown(scene.browser, scene.rig, 'hanoi', '/desk', {
    timeZone: 'America/New_York',
  });
  await row(page, at(0)).click();
  const time = page
    .getByRole('region', { name: word('desk.part-incident') })
    .locator('header time')
    .first();
  await time.waitFor();
  const instant = (await time.getAttribute('datetime')) ?? '';
  const here = new Intl.DateTimeFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Ho_Chi_Minh',
  });
  await expect.poll(() => time.textContent()).toBe(here.format(new Date(instant)));
  await leave();
});

const row = (page: Page, facility: DemonstrationFacility) =>
  page.getByTestId('queue-open').locator('[data-incident]').filter({ hasText: facility.name });

/** Numbers of the incidents as the eye meets them, from above. */
async function order(page: Page): Promise<string[]> {
  const rows = await page
    .getByTestId('queue-open')
    .locator('li:has([data-incident])')
    .evaluateAll((items) =>
      items.map((item) => ({
        place: Number(item.getAttribute('aria-posinset')),
        number: item.querySelector('[data-incident]')?.getAttribute('data-incident') ?? '',
      })),
    );
  return rows.sort((a, b) => a.place - b.place).map(({ number }) => number);
}

/** Counts each round of the gong that this tab was made to play. */
async function countStrikes(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const counted = globalThis as unknown as { kengStrikes: number };
    counted.kengStrikes = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function play(...when) {
      counted.kengStrikes += 1;
      start.apply(this, when);
    };
  });
}

async function strikes(page: Page): Promise<number> {
  // Put there by countStrikes; a round has nine oscillators.
  const oscillators = await page.evaluate(
    () => (globalThis as unknown as { kengStrikes: number }).kengStrikes,
  );
  return Math.floor(oscillators / 9);
}
