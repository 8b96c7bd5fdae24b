import type { Page } from 'playwright-core';
import type { AlarmRunResult } from '../alarm-generator.ts';
import { type Bench, rowOf } from '../bench.ts';
import { BenchChild } from '../child.ts';
import { untilSettled } from '../settled.ts';
import { WholeCentre } from '../whole-centre.ts';
import { framesWhilePanning, quantile } from './dom-probe.ts';

const ALARMS_PER_SECOND = 500;
const FIRST_ROWS = 8;
/** The clocks of all alarms have run out, and everybody has been told. A probe comes each minute, and two dozen readers read it. */
const QUIET = { seconds: 5, stepsAtMost: 100, patienceSeconds: 900 };

/** `npm run bench -- desk [--facilities 100000] [--alarms 10000]`: a desk on its worst day. */
export const deskBench: Bench = {
  name: 'desk',
  title:
    'desk with 10,000 open alarms and 100,000 facilities: first useful screen, frames while the map is dragged',
  async run(context) {
    const count = Number(context.options.facilities ?? 100_000);
    const alarms = Number(context.options.alarms ?? 10_000);
    const centre = await WholeCentre.start({ sender: context.options.sender === 'yes' });
    try {
      const empty = await centre.open('/desk');
      await settled(empty);
      const before = await framesWhilePanning(empty, context.seconds * 2);
      await empty.context().close();

      context.say(`registering ${count} facilities`);
      const facilities = await centre.register(count);
      context.say(`${alarms} alarms`);
      await sendAlarms(centre, facilities.slice(0, alarms));

      const busy = await openFull(centre, count);
      const busyFrames = await framesWhilePanning(busy.page, context.seconds * 2);
      await busy.page.context().close();
      context.say('waiting for the clocks of all alarms');
      await untilSettled(centre.pool('keng_core'), QUIET);

      const first: number[] = [];
      let full: readonly number[] = [];
      for (let round = 1; round <= context.rounds; round += 1) {
        const { page, usefulMs } = await openFull(centre, count);
        first.push(usefulMs);
        if (round === context.rounds) full = await framesWhilePanning(page, context.seconds * 2);
        await page.context().close();
      }
      const { row } = context;
      row(rowOf('first useful screen, slowest of the rounds', quantile(first, 1), 'ms', { atMost: 2_000 }));
      row(rowOf('first useful screen, median', quantile(first, 0.5), 'ms', null));
      row(rowOf('first useful screen while all clocks run out', busy.usefulMs, 'ms', null));
      const tellFrames = (
        name: string,
        frames: readonly number[],
        part: number,
        must: { readonly ratioAtMost: number } | null,
      ): void => row(rowOf(name, quantile(frames, part), 'ms', must, quantile(before, part)));
      tellFrames('frame p95 while dragging the map', full, 0.95, { ratioAtMost: 2.5 });
      tellFrames('frame p50 while dragging the map', full, 0.5, null);
      tellFrames('frame p95 while all clocks run out', busyFrames, 0.95, null);
    } finally {
      await centre.remove();
    }
  },
};

/** A desk that has everything, and how long its first useful screen took. */
async function openFull(
  centre: WholeCentre,
  facilities: number,
): Promise<{ readonly page: Page; readonly usefulMs: number }> {
  const page = await centre.open('/desk', watchRows);
  const usefulMs = await firstUseful(page);
  await page.getByRole('button', { name: new RegExp(`\\(${facilities}\\)`) }).waitFor();
  await settled(page);
  return { page, usefulMs };
}

async function sendAlarms(
  centre: WholeCentre,
  facilities: Awaited<ReturnType<WholeCentre['register']>>,
): Promise<void> {
  const generator = BenchChild.start(new URL('../alarm-generator.ts', import.meta.url));
  await generator.ask<AlarmRunResult>({
    type: 'run',
    port: centre.dc09Tcp,
    perSecond: ALARMS_PER_SECOND,
    alarms: facilities.flatMap(({ transmitters: [one] }) =>
      one ? [{ account: one.account, keyHex: one.keyHex ?? null, zone: one.zones[0]?.number ?? 1 }] : [],
    ),
  });
  await generator.stop();
  const pool = centre.pool('keng_core');
  const wanted = facilities.length;
  for (let open = 0; open < wanted; ) {
    const { rows } = await pool.query<{ open: number }>(
      `select count(*)::int as open from incident where world = 'live' and status = 'open'`,
    );
    open = rows[0]?.open ?? 0;
    if (open < wanted) await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Notes when the first rows of the queue stand on the page; installed before the page is loaded. */
async function watchRows(page: Page): Promise<void> {
  await page.addInitScript((rows) => {
    const look = (): void => {
      if (document.querySelectorAll('[data-incident]').length < rows) return;
      observer.disconnect();
      // The frame that shows them has been drawn by the second callback.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => Object.assign(globalThis, { kengUseful: performance.now() })),
      );
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true });
  }, FIRST_ROWS);
}

/** Milliseconds from the start of the navigation to the first rows drawn. */
async function firstUseful(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    () => (globalThis as unknown as { kengUseful?: number }).kengUseful,
    undefined,
    { polling: 50 },
  );
  return (await handle.jsonValue()) ?? Number.NaN;
}

/** The map is there, nothing has been fetched for a second, and the page has nothing left to do. */
async function settled(page: Page): Promise<void> {
  await page.locator('canvas').first().waitFor();
  // Not `networkidle`: the line of the live feed is never idle.
  await page.waitForFunction(
    () => {
      const seen = globalThis as unknown as { kengFetched?: number; kengFetchedMs?: number };
      const fetched = performance.getEntriesByType('resource').length;
      if (fetched !== seen.kengFetched)
        Object.assign(globalThis, { kengFetched: fetched, kengFetchedMs: performance.now() });
      return performance.now() - (seen.kengFetchedMs ?? performance.now()) > 1_000;
    },
    undefined,
    { polling: 100 },
  );
  await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(() => resolve(null)))),
  );
}
