import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

test('the browser of the tests draws text and has a WebGL 2 that draws what it is told', async () => {
  const page = await browser.newPage();
  await page.setContent('<h1>Cháy tại phường Hoàn Kiếm</h1>');
  expect(await page.textContent('h1')).toContain('Hoàn Kiếm');
  const pixel = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('webgl2');
    if (!context) return null;
    context.clearColor(1, 0, 0, 1);
    context.clear(context.COLOR_BUFFER_BIT);
    const read = new Uint8Array(4);
    context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, read);
    return [...read];
  });
  expect(pixel).toEqual([255, 0, 0, 255]);
  await page.close();
});
