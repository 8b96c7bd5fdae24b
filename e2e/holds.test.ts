import type { DemonstrationFacility } from '@keng/country-vn';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openClient, provideDatabase } from '../server/src/platform/index.ts';
import { Line } from './line.ts';
import { type Language, logInWithForm, lookAt, sitDown, word } from './person.ts';
import { setScene } from './scene.ts';

const scene = setScene();
const { at, alarm } = scene;
/** Of the log-in `station`. */
const STATION = 'VN-ST-01-01';

test('a lost line is said at once; what came meanwhile is there when it is back, nothing twice, and what was typed is kept', async () => {
  const line = await Line.open(scene.rig.url);
  const desk = await sitDown(
    scene.browser,
    { url: line.url, password: scene.rig.password },
    'hanoi',
    '/desk',
  );
  const { page } = desk;
  const first = at(0);
  await alarm(first);
  await row(page, first).click();
  const note = page.getByRole('textbox', { name: word('action.note'), exact: true });
  await note.fill('Bảo vệ báo có khói ở tầng 3');
  await page.getByLabel(word('command.label')).fill('note 1 half a sentence');

  line.goSilent();
  const banner = page.getByRole('alert').filter({ hasText: word('link.lost-banner') });
  await banner.waitFor();
  await expect.poll(() => accept(page).isDisabled()).toBe(true);
  const meanwhile = [at(1), at(2), at(3)];
  for (const facility of meanwhile) await alarm(facility);

  line.comeBack();
  await banner.waitFor({ state: 'detached' });
  for (const facility of meanwhile) await row(page, facility).waitFor();
  for (const facility of [first, ...meanwhile]) expect(await row(page, facility).count()).toBe(1);
  expect(await note.inputValue()).toBe('Bảo vệ báo có khói ở tầng 3');
  expect(await page.getByLabel(word('command.label')).inputValue()).toBe('note 1 half a sentence');
  await note.press('Enter');
  await page.getByTestId('chronology').getByText('Bảo vệ báo có khói ở tầng 3').waitFor();
  await desk.leave();
  await line.close();
});

test('what cannot be sent cannot be pressed, on every page; what was typed is kept', async () => {
  const line = await Line.open(scene.rig.url);
  const place = { url: line.url, password: scene.rig.password };
  const { page, leave } = await sitDown(scene.browser, place, 'hanoi', '/shift');
  await page.getByLabel(word('room.note'), { exact: true }).fill('Người trực ban báo mất điện');
  const write = page.getByRole('button', { name: word('room.write-note') });
  await expect.poll(() => write.isEnabled()).toBe(true);

  line.goSilent();
  await page
    .getByRole('alert')
    .filter({ hasText: word('link.lost-help') })
    .waitFor();
  await expect.poll(() => write.isDisabled()).toBe(true);

  line.comeBack();
  await expect.poll(() => write.isEnabled()).toBe(true);
  await write.click();
  await page.getByText('Người trực ban báo mất điện').waitFor();
  await leave();
  await line.close();
});

test('the line breaks while the map is still coming: the queue stands, and the map comes by itself', async () => {
  const { page, context, leave } = await lookAt(scene.browser, `${scene.rig.url}/desk`);
  let refused = 0;
  await context.route(/desk-map-[^/]+\.js/, (route) => (refused++ < 2 ? route.abort() : route.continue()));
  await logInWithForm(page, 'hanoi', scene.rig.password);
  await page
    .getByRole('region', { name: word('desk.part-map') })
    .getByRole('alert')
    .waitFor();
  await row(page, at(0)).waitFor();
  await page
    .getByRole('region', { name: word('desk.part-map') })
    .locator('canvas')
    .waitFor();
  await leave();
});

test('rules that stand still hide no alarm: it is on desk and station without its incident, and becomes one when they go on', async () => {
  const rules = scene.rig.processOf('consumer');
  const { page, leave } = await sitDown(scene.browser, scene.rig, 'hanoi', '/desk');
  const station = await sitDown(scene.browser, scene.rig, 'station', '/station');
  const late = scene.rig.facilities.findLast((one) => one.station === STATION);
  if (!late) throw new Error(`the demonstration data have no facility of ${STATION}`);
  const arrivals = page.getByTestId('arrivals');
  await station.page.getByRole('heading', { level: 1 }).waitFor();
  process.kill(rules, 'SIGSTOP');
  try {
    await alarm(late);
    for (const one of [arrivals, station.page.getByTestId('arrivals')])
      await one.getByRole('link', { name: late.name }).waitFor();
    expect(await row(page, late).count()).toBe(0);
  } finally {
    process.kill(rules, 'SIGCONT');
  }
  await row(page, late).waitFor();
  await arrivals.waitFor({ state: 'detached' });
  await station.page.getByTestId('arrivals').waitFor({ state: 'detached' });
  await station.page.getByText(late.name).first().waitFor();
  await Promise.all([leave(), station.leave()]);
});

test('an expired log-in locks what can be done and goes on showing alarms; logged in again, it goes on where it was', async () => {
  const { page, leave } = await sitDown(scene.browser, scene.rig, 'hanoi', '/desk');
  const facility = at(4);
  await alarm(facility);
  await row(page, facility).click();
  await accept(page).waitFor();
  await expireSessions();

  // Whichever comes first tells the screen: this press, or a question it asks by itself (then the button is locked already).
  await accept(page).dispatchEvent('click');
  const dialog = page.getByRole('dialog', { name: word('login.expired') });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: word('common.close') }).click();
  await expect.poll(() => accept(page).isDisabled()).toBe(true);
  const next = at(5);
  await alarm(next);
  await row(page, next).waitFor();

  await page.getByRole('button', { name: word('login.again') }).click();
  await dialog.getByLabel(word('login.password'), { exact: true }).fill(scene.rig.password);
  await dialog.getByRole('button', { name: word('login.enter') }).click();
  await dialog.waitFor({ state: 'detached' });
  await accept(page).click();
  await page.getByTestId('chronology').locator('[data-kind="incident.desk-accepted"]').waitFor();
  await leave();
});

/** Where each log-in of the demonstration can go, in the words of the navigation. */
const PLACES: Readonly<Record<string, { readonly home: string; readonly places: readonly string[] }>> = {
  'hanoi.calls': {
    home: '/desk',
    places: ['desk', 'shift', 'works', 'facilities', 'inspections', 'contacts', 'devices'],
  },
  hanoi: {
    home: '/desk',
    places: [
      'desk',
      'shift',
      'works',
      'facilities',
      'inspections',
      'contacts',
      'devices',
      'numbers',
      'system',
    ],
  },
  station: {
    home: '/station',
    places: [
      'desk',
      'station',
      'shift',
      'works',
      'facilities',
      'inspections',
      'contacts',
      'devices',
      'numbers',
    ],
  },
  national: {
    home: '/desk',
    places: [
      'desk',
      'shift',
      'works',
      'facilities',
      'inspections',
      'contacts',
      'devices',
      'numbers',
      'system',
    ],
  },
  inspector: { home: '/inspections', places: ['works', 'facilities', 'inspections', 'contacts', 'devices'] },
  owner: { home: '/my-facilities', places: ['my-facilities'] },
  admin: {
    home: '/works',
    places: ['works', 'facilities', 'contacts', 'devices', 'numbers', 'users', 'system'],
  },
  auditor: {
    home: '/desk',
    places: [
      'desk',
      'shift',
      'works',
      'facilities',
      'inspections',
      'contacts',
      'devices',
      'numbers',
      'users',
      'log',
      'system',
    ],
  },
};

test.each(Object.entries(PLACES))(
  '%s is led to its own work, and sees no way to another',
  async (login, { home, places }) => {
    const { page, leave } = await sitDown(scene.browser, scene.rig, login, '/');
    await page.waitForURL((url) => url.pathname.startsWith(home));
    const navigation = page.getByRole('navigation', { name: word('place.navigation') });
    // What has no room beside the others stands behind a button; what comes into the header later takes its room then.
    const shown = async () => {
      const more = navigation.getByRole('button', { expanded: false });
      if ((await more.count()) > 0) await more.click();
      return navigation.getByRole('link').allTextContents();
    };
    await expect.poll(shown, { timeout: 30_000 }).toEqual(places.map((place) => word(`place.${place}`)));
    if (!places.includes('users')) {
      await page.goto(`${scene.rig.url}/users`);
      await page.getByText(word('state.no-right')).waitFor();
    }
    await leave();
  },
);

test('whoever is logged in changes the own password, and the old one opens nothing any more', async () => {
  const { page, leave } = await sitDown(scene.browser, scene.rig, 'hcmc', '/desk');
  await page.getByRole('banner').getByRole('button').last().click();
  await page.getByRole('menuitem', { name: word('own-password.change') }).click();
  const dialog = page.getByRole('dialog', { name: word('own-password.change') });
  await dialog.getByLabel(word('own-password.current'), { exact: true }).fill(scene.rig.password);
  for (const field of ['next', 'again'])
    await dialog.getByLabel(word(`own-password.${field}`), { exact: true }).fill('nine blue lanterns');
  await dialog.getByRole('button', { name: word('own-password.change') }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect(scene.rig.logIn('hcmc')).rejects.toThrow();
  await scene.rig.logIn('hcmc', 'nine blue lanterns');
  await leave();
});

test('a wrong password says so in the words of the language, and the screen stays', async () => {
  for (const language of ['vi', 'en'] as const satisfies Language[]) {
    const context = await scene.browser.newContext();
    const page = await context.newPage();
    await page.addInitScript((code) => localStorage.setItem('keng.language', code), language);
    await page.goto(scene.rig.url);
    await logInWithForm(page, 'hanoi', 'not the password', language);
    await page.getByRole('alert').getByText(word('login.failed', language)).waitFor();
    await context.close();
  }
});

/** As if the shift were over: the centre looks each session up for each request. */
async function expireSessions(): Promise<void> {
  const database = await provideDatabase({
    settings: { databaseUrl: null, dataFolder: scene.rig.dataFolder },
    env: {},
  });
  const client = await openClient(database.address, 'administrator', 'keng-e2e');
  // All of it in the past: a screen of this test may be younger than any span after its log-in.
  await client.query(
    `update session set created_at = now() - interval '2 hours', last_seen_at = now() - interval '2 hours',
       expires_at = now() - interval '1 hour'`,
  );
  await client.end();
  await database.close();
}

function accept(page: Page) {
  return page
    .getByRole('region', { name: word('desk.part-incident') })
    .getByRole('button', { name: word('action.accept') });
}

function row(page: Page, facility: DemonstrationFacility) {
  return page
    .getByRole('region', { name: word('desk.part-queue') })
    .getByRole('button', { name: facility.name });
}
