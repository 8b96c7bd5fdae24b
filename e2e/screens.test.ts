import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { DemonstrationFacility } from '@keng/country-vn';
import { ENTRY_KINDS, PERMISSIONS } from '@keng/model';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readWords } from '../console/dev/read-words.ts';
import { launchBrowser } from './browser.ts';
import { DESKTOP, type Language, lookAt, type Person, PHONE, sitDown, word } from './person.ts';
import { type Rig, startRig } from './rig.ts';

const STATION = 'VN-ST-01-01';
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = { timeout: 45_000, interval: 100 };

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let rig: Rig;
let browser: Browser;
let facility: DemonstrationFacility;
let facilityId: string;
let ownerLink: string;
const people = new Map<string, Person>();

beforeAll(async () => {
  [rig, browser] = await Promise.all([startRig(), launchBrowser()]);
  const found = rig.facilities.find((one) => one.station === STATION);
  if (!found) throw new Error(`the demonstration data have no facility of ${STATION}`);
  facility = found;
  const zones = facility.transmitters[0]?.zones ?? [];
  const panel = rig.panelOf(facility);
  for (const zone of zones.slice(0, 3)) expect(await panel.send({ kind: 'alarm', zone })).toBe('ACK');
  const api = await rig.logIn('hanoi');
  const search = encodeURIComponent(facility.code);
  const { facilities } = await api.get<{ facilities: { id: string }[] }>(`/facilities?search=${search}`);
  facilityId = facilities[0]?.id ?? '';
  ownerLink = await vi.waitFor(() => {
    const link = rig.gateway.exchange.book
      .messages()
      .map(({ text }) => /https?:\/\/\S+\/owner\/[\w.~-]+/.exec(text)?.[0])
      .find((one) => one !== undefined);
    if (link === undefined) throw new Error('no message with a link has come yet');
    return link;
  }, PATIENCE);
});

afterAll(async () => {
  await browser?.close();
  await rig?.remove();
});

interface Screen {
  /** null: nobody is logged in. */
  readonly login: string | null;
  readonly path: () => string;
  /** What stands there when everything that was asked for has come. */
  readonly settled: (page: Page, language: Language) => Promise<unknown>;
}

const heading = (key: string) => (page: Page, language: Language) =>
  page.getByRole('heading', { level: 1, name: word(key, language) }).waitFor();
const facilityName = (page: Page) => page.getByRole('heading', { name: facility.name }).waitFor();
const at = (path: string) => () => path;

const SCREENS: Readonly<Record<string, Screen>> = {
  'log-in': { login: null, path: at('/'), settled: heading('app.name') },
  desk: {
    login: 'hanoi',
    path: at('/desk/1'),
    settled: async (page) => {
      await facilityName(page);
      await page.locator('canvas').first().waitFor();
    },
  },
  station: { login: 'station', path: at('/station'), settled: facilityName },
  owner: {
    login: null,
    path: () => new URL(ownerLink).pathname,
    settled: (page, language) =>
      page.getByRole('heading', { name: word('owner-page.question', language) }).waitFor(),
  },
  facilities: { login: 'admin', path: at('/facilities'), settled: heading('place.facilities') },
  facility: { login: 'hanoi', path: () => `/facilities/${facilityId}`, settled: facilityName },
  devices: { login: 'hanoi', path: at('/devices'), settled: heading('place.devices') },
  works: { login: 'hanoi', path: at('/works'), settled: heading('place.works') },
  shift: { login: 'hanoi', path: at('/shift'), settled: heading('place.shift') },
  'fallback sheet': { login: 'hanoi', path: at('/shift/sheet'), settled: heading('room.sheet') },
  'duty report': { login: 'hanoi', path: at('/shift/report'), settled: heading('room.report') },
  'form 01': {
    login: 'hanoi',
    path: at('/shift/form-01'),
    settled: (page) => page.locator('[data-form]').first().waitFor(),
  },
  users: { login: 'admin', path: at('/users'), settled: heading('place.users') },
  import: { login: 'admin', path: at('/facilities/import'), settled: heading('import.title') },
  'new facility': { login: 'admin', path: at('/facilities/new'), settled: heading('register.new') },
  numbers: { login: 'hanoi', path: at('/numbers'), settled: heading('place.numbers') },
  'list behind a number': {
    login: 'hanoi',
    path: at('/numbers?list=incidents'),
    settled: (page, language) =>
      page.getByRole('heading', { name: word('numbers.list-incidents', language) }).waitFor(),
  },
  'silent contacts': { login: 'hanoi', path: at('/contacts'), settled: heading('place.contacts') },
  log: { login: 'auditor', path: at('/log'), settled: heading('place.log') },
  system: { login: 'admin', path: at('/system'), settled: heading('place.system') },
  'my facilities': { login: 'owner', path: at('/my-facilities'), settled: heading('place.my-facilities') },
};

test.each(Object.entries(SCREENS))(
  '%s: nothing that bars people, dark and light, on a desk and on a telephone, and every text is there',
  async (_, screen) => {
    const page = await open(screen, 'vi');
    const faults: string[] = [];
    // Colours are those of the theme whatever the width; all else is that of the width whatever the theme.
    for (const [viewport, scheme, rules] of [
      [DESKTOP, 'dark', null],
      [DESKTOP, 'light', ['color-contrast']],
      [PHONE, 'light', null],
    ] as const) {
      await page.setViewportSize(viewport);
      await page.evaluate((value) => {
        document.documentElement.setAttribute('data-mantine-color-scheme', value);
      }, scheme);
      faults.push(
        ...(await barriers(page, rules)).map((fault) => `${scheme}, ${viewport.width} px: ${fault}`),
      );
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) faults.push(`${viewport.width} px: the page is ${overflow} px wider than the screen`);
    }
    await page.setViewportSize(DESKTOP);
    expect(faults).toEqual([]);
    expect(await missing(page)).toEqual([]);
  },
);

// That no language lacks a text is a check of the files (`npm run check`); its longest words must also fit on a telephone.
test.each(Object.entries(SCREENS))('%s: fits in Russian on a telephone', async (_, screen) => {
  const page = await open(screen, 'ru');
  expect(await missing(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.setViewportSize(DESKTOP);
  expect(overflow).toBeLessThanOrEqual(0);
});

async function open(screen: Screen, language: Language): Promise<Page> {
  const key = screen.login ?? '';
  const known = people.get(key);
  const person =
    known ??
    (screen.login === null
      ? await lookAt(browser, rig.url)
      : await sitDown(browser, rig, screen.login, screen.path()));
  people.set(key, person);
  const { page } = person;
  await page.evaluate((code) => localStorage.setItem('keng.language', code), language);
  await page.goto(`${rig.url}${screen.path()}`);
  await screen.settled(page, language);
  expect(await page.getByText(word('state.failed', language)).count(), 'parts that could not be loaded').toBe(
    0,
  );
  return page;
}

/** Serious and critical findings, as one would look for them: the rule, and where. `rules`: only these; null: all. */
async function barriers(page: Page, rules: readonly string[] | null): Promise<string[]> {
  // Not as a script element: the page's own policy forbids it, and is to stay as it is.
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate<AxeResults>(
    `axe.run(document, { resultTypes: ["violations", "passes"], elementRef: false${rules === null ? '' : `, runOnly: ${JSON.stringify(rules)}`} })`,
  );
  expect(
    passes.map(({ id }) => id),
    'axe has looked at texts',
  ).toContain('color-contrast');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => `${id} at ${target.join(' ')} ${any[0]?.message ?? ''}`),
    );
}

const NAMES: ReadonlySet<string> = new Set<string>([...Object.keys(ENTRY_KINDS), ...PERMISSIONS]);
const SPACES = Object.keys(readWords('en'));

/** Keys that stand where a text should: i18next shows the key when it has no text. */
async function missing(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const shown = [document.body.innerText];
    for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) shown.push(one.getAttribute(name) ?? '');
    return shown;
  });
  const keys = texts.flatMap((text) => text.match(/\b[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+\b/g) ?? []);
  return [...new Set(keys)].filter((key) => SPACES.includes(key.split('.')[0] ?? '') && !NAMES.has(key));
}
