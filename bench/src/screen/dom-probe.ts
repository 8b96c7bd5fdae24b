import type { Page } from 'playwright-core';
import type { CountSeen } from '../delays-of.ts';

/**
 * Watches the number beside the tab of open alarms. It changes with every alarm, wherever in the queue its row stands, so it tells
 * when the screen knows the n-th alarm.
 */
export async function watchCount(page: Page): Promise<void> {
  await page.getByRole('tab').first().waitFor();
  await page.evaluate(() => {
    const tab = document.querySelector('[role=tab]');
    if (tab === null) throw new Error('the desk has no tab of open alarms');
    const seen: { count: number; atMs: number }[] = [];
    const look = (): void => {
      const count = Number(/(\d+)\D*$/.exec(tab.textContent ?? '')?.[1] ?? -1);
      if (seen.at(-1)?.count !== count)
        seen.push({ count, atMs: performance.timeOrigin + performance.now() });
    };
    look();
    new MutationObserver(look).observe(tab, { childList: true, characterData: true, subtree: true });
    Object.assign(globalThis, { kengSeen: seen });
  });
}

export async function countsSeen(page: Page): Promise<readonly CountSeen[]> {
  // Put there by watchCount.
  return await page.evaluate(() => (globalThis as unknown as { kengSeen: CountSeen[] }).kengSeen);
}

/** Waits until the screen knows so many, or does not get any further. */
export async function waitForCount(page: Page, count: number, patienceMs: number): Promise<void> {
  await page
    .waitForFunction(
      (wanted) =>
        ((globalThis as unknown as { kengSeen: CountSeen[] }).kengSeen.at(-1)?.count ?? 0) >= wanted,
      count,
      { timeout: patienceMs, polling: 100 },
    )
    // What is missing is a row of the result, not the end of the measurement.
    .catch(() => undefined);
}

/** Milliseconds between the frames that the browser drew while the map was dragged to and fro for so long. */
export async function framesWhilePanning(page: Page, seconds: number): Promise<readonly number[]> {
  await page.locator('canvas').first().waitFor();
  return await page.evaluate(async (lastingMs) => {
    const canvas = document.querySelector('canvas');
    if (canvas === null) throw new Error('the desk has no map');
    const box = canvas.getBoundingClientRect();
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const tell = (target: EventTarget, type: string, x: number, buttons: number): void => {
      const where = { clientX: x, clientY: middle.y, button: 0, buttons, bubbles: true, cancelable: true };
      target.dispatchEvent(new MouseEvent(type, where));
    };
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    tell(canvas, 'mousedown', middle.x, 1);
    const frames: number[] = [];
    const start = await frame();
    let last = start;
    while (last - start < lastingMs) {
      // 250 px to each side, there and back in two seconds: a quick hand.
      const x = middle.x + 250 * Math.sin(((last - start) / 2_000) * 2 * Math.PI);
      tell(document, 'mousemove', x, 1);
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
    tell(document, 'mouseup', middle.x, 0);
    return frames;
  }, seconds * 1_000);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
