import type { DemonstrationFacility } from '@keng/country-vn';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openClient, provideDatabase } from '../server/src/platform/index.ts';
import { launchBrowser } from './browser.ts';
import { sitDown, word } from './person.ts';
import { type Rig, startRig } from './rig.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

const PATIENCE = { timeout: 120_000, interval: 500 };
const HANOI = 'VN-PC07-01';

let rig: Rig;
let browser: Browser;
let facilities: readonly DemonstrationFacility[];
let provided: Awaited<ReturnType<typeof provideDatabase>>;
let database: Awaited<ReturnType<typeof openClient>>;

beforeAll(async () => {
  [rig, browser] = await Promise.all([startRig(), launchBrowser()]);
  facilities = rig.facilities.filter((one) => one.province === '01');
  provided = await provideDatabase({
    settings: { databaseUrl: null, dataFolder: rig.dataFolder },
    env: {},
  });
  database = await openClient(provided.address, 'administrator', 'room-test');
});

afterAll(async () => {
  await database?.end();
  await provided?.close();
  await browser?.close();
  await rig?.remove();
});

function at(index: number): DemonstrationFacility {
  const one = facilities[index];
  if (!one) throw new Error(`there is no facility ${index}`);
  return one;
}

async function alarm(facility: DemonstrationFacility): Promise<void> {
  const [zone] = facility.transmitters[0]?.zones ?? [];
  if (!zone) throw new Error(`${facility.code} has no zone`);
  expect(await rig.panelOf(facility).send({ kind: 'alarm', zone })).toBe('ACK');
}

/** What screens of the desk have said in the last moments. */
const screens = async () =>
  (
    await database.query<{ sound: string; visible: boolean }>(
      "select sound, visible from desk_screen where organisation = $1 and seen_at > now() - interval '15 seconds' order by seen_at",
      [HANOI],
    )
  ).rows;
const row = (page: Page, facility: DemonstrationFacility) =>
  page.locator('[data-incident]').filter({ hasText: facility.name });

test('a shift signs on with the sound test, takes over one by one, prints its sheet, and the outgoing leader signs', async () => {
  await alarm(at(0));
  await alarm(at(1));
  const calls = await rig.logIn('hanoi.calls');
  await vi.waitFor(async () => {
    const { lines } = await calls.get<{ lines: unknown[] }>(`/duty/form-01?date=${day()}`);
    expect(lines).toHaveLength(2);
  }, PATIENCE);
  await calls.post('/shift', { officers: [], heard: true });
  const { page, leave } = await sitDown(browser, rig, 'hanoi', '/shift');
  await page.getByTestId('short-handed').waitFor();
  await page.getByTestId('next-shift').click();
  const form = page.getByTestId('sign-on');
  await form.getByRole('button', { name: word('room.sound-test') }).click();
  await form.getByRole('button', { name: word('room.heard-yes') }).click();
  await form.getByLabel(word('room.others')).fill('Officer one (synthetic), Officer two (synthetic)');
  await form.getByRole('button', { name: word('room.sign-on') }).click();
  await form.waitFor({ state: 'detached' });
  expect(await page.getByTestId('short-handed').count()).toBe(0);
  await page.getByTestId('sheet-missing').waitFor();
  const open = page.getByTestId('handover-incident');
  expect(await open.getByText(word('room.not-handed-over')).count()).toBe(2);
  await open.getByRole('button', { name: `${word('room.accept')}: ${at(0).name}` }).click();
  await vi.waitFor(async () => expect(await open.getByText(word('room.not-handed-over')).count()).toBe(1));
  await page
    .getByTestId('shift-badge')
    .getByText(word('room.badge-waiting_one', 'en', { count: '1' }))
    .waitFor();

  const view = await calls.get<{ previous: { id: string } }>('/shift');
  await calls.post(`/shift/${view.previous.id}/sign`, { note: null });
  await page.getByRole('link', { name: word('room.sheet'), exact: true }).click();
  await page.getByTestId('sheet').getByText(at(0).name).waitFor();
  // What was loaded prints without the centre.
  await page.context().setOffline(true);
  await page.evaluate(() => {
    globalThis.print = () => document.body.setAttribute('data-printed', 'yes');
  });
  await page.getByTestId('print').click();
  await page.locator('body[data-printed="yes"]').waitFor();
  await page.context().setOffline(false);
  await page.getByTestId('print').click();
  await vi.waitFor(async () => {
    const { shift } = await calls.get<{ shift: { sheetPrinted: unknown } }>('/shift');
    expect(shift.sheetPrinted).not.toBeNull();
  }, PATIENCE);
  await leave();
});

test('what was on paper is keyed in with its true times and rings nowhere; an accepted incident is shelved, another never', async () => {
  const { page, leave } = await sitDown(browser, rig, 'hanoi', '/shift');
  await page.getByTestId('paper-open').click();
  const form = page.getByTestId('paper-form');
  await form.getByLabel(word('room.paper-new-open')).check();
  await form.getByPlaceholder(word('room.paper-search')).fill(at(2).name);
  await page.getByRole('option').first().click();
  await form.getByLabel(word('room.written-by')).fill('Night officer (synthetic)');
  await form.getByLabel(word('room.paper-lines')).fill('00:01 power is gone\n00:02 smoke on the third floor');
  await form.getByRole('button', { name: word('room.key-in') }).click();
  await form.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: word('place.desk') }).click();
  await row(page, at(2)).getByText(word('tag.late')).waitFor();
  await row(page, at(2)).click();
  const late = page
    .getByTestId('chronology')
    .locator('[data-late="true"]')
    .filter({ hasText: 'smoke on the third floor' });
  await late.getByTestId('late').waitFor();

  await page.getByTestId('shelve').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(word('room.shelve-reason')).fill('Waits for the owner');
  await dialog.getByRole('button', { name: word('room.shelve') }).click();
  await row(page, at(2)).waitFor({ state: 'detached' });
  await row(page, at(0)).waitFor();
  await page.getByRole('button', { name: new RegExp(word('queue.filter-shelved')) }).click();
  await row(page, at(2)).waitFor();
  expect(await row(page, at(0)).count()).toBe(0);
  await leave();
});

test('a screen proves that it is heard and seen, and says at once when it is hidden', async () => {
  const desk = await sitDown(browser, rig, 'hanoi', '/desk');
  await vi.waitFor(
    async () => expect(await screens()).toEqual([{ sound: 'running', visible: true }]),
    PATIENCE,
  );

  // Chromium without a head shows every page: what the browser would say is said for it.
  const hide = (state: string) =>
    desk.page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await hide('hidden');
  await vi.waitFor(async () => expect(await screens()).toMatchObject([{ visible: false }]), PATIENCE);
  await hide('visible');
  await vi.waitFor(async () => expect(await screens()).toMatchObject([{ visible: true }]), PATIENCE);
  await desk.leave();
});

/** The duty day in Viet Nam, which begins in the morning. */
function day(): string {
  return new Date(Date.now() + 7 * 3_600_000 - 7.5 * 3_600_000).toISOString().slice(0, 10);
}
