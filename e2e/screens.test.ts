import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { DemonstrationFacility } from '@keng/country-vn';
import { ENTRY_KINDS, PERMISSIONS } from '@keng/model';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readWords } from '../console/dev/read-words.ts';
import { launchBrowser } from './browser.ts';
import type { CentreApi } from './centre-api.ts';
import { DESKTOP, type Language, lookAt, type Person, PHONE, sitDown, word } from './person.ts';
import { freePort, type Rig, startRig } from './rig.ts';
import { addDeviceWithValues, facilityId as idOf, registerTwice } from './synthetic.ts';

const STATION = 'VN-ST-01-01';
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = { timeout: 45_000, interval: 100 };

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let rig: Rig;
let browser: Browser;
let facility: DemonstrationFacility;
let facilityId: string;
/** Of the log-in `owner`; one of its devices measures. */
let ownedId: string;
let ownerLink: string;
const people = new Map<string, { readonly person: Person; readonly language: Language }>();

beforeAll(async () => {
  const device = `127.0.0.1:${await freePort()}`;
  [rig, browser] = await Promise.all([startRig({ settings: { KENG_DEVICE_API: device } }), launchBrowser()]);
  const found = rig.facilities.find((one) => one.station === STATION);
  if (!found) throw new Error(`the demonstration data have no facility of ${STATION}`);
  facility = found;
  const zones = facility.transmitters[0]?.zones ?? [];
  const panel = rig.panelOf(facility);
  for (const zone of zones.slice(0, 3)) expect(await panel.send({ kind: 'alarm', zone })).toBe('ACK');
  const [api, owner, admin] = await Promise.all(['hanoi', 'owner', 'admin'].map((one) => rig.logIn(one)));
  if (!api || !owner || !admin) throw new Error('three of them have logged in');
  facilityId = await idOf(api, facility);
  const owned = await owner.get<{ facilities: { id: string }[] }>('/facilities');
  ownedId = owned.facilities[0]?.id ?? '';
  await registerTwice(admin, facilityId);
  await addDeviceWithValues(admin, ownedId, `http://${device}`);
  ownerLink = await vi.waitFor(
    () => {
      const link = rig.gateway.exchange.book
        .messages()
        .map(({ text }) => /https?:\/\/\S+\/owner\/[\w.~-]+/.exec(text)?.[0])
        .find((one) => one !== undefined);
      if (link === undefined) throw new Error('no message with a link has come yet');
      return link;
    },
    { ...PATIENCE, timeout: 120_000 },
  );
  // Not before: what is planned silences.
  await planWorks(api);
});

afterAll(async () => {
  await browser?.close();
  await rig?.remove();
});

async function planWorks(api: CentreApi): Promise<void> {
  const { transmitters } = await api.get<{
    transmitters: { id: string; zones: { number: string; kind: string }[] }[];
  }>(`/facilities/${ownedId}`);
  const [transmitter] = transmitters;
  const zone = transmitter?.zones.find(({ kind }) => kind !== 'manual');
  await api.post('/works', {
    facilityId: ownedId,
    transmitterId: transmitter?.id,
    zones: [zone?.number],
    from: new Date(Date.now() - 1_000).toISOString(),
    until: new Date(Date.now() + 3 * 3_600_000).toISOString(),
    reason: 'Hàn mái tôn (giả lập)',
    requestedBy: 'Đơn vị thi công (giả lập)',
  });
}

interface Screen {
  /** null: nobody is logged in. */
  readonly login: string | null;
  readonly path: () => string;
  /** What stands there when everything that was asked for has come. */
  readonly settled: (page: Page, language: Language) => Promise<unknown>;
}

const heading = (key: string) => (page: Page, language: Language) =>
  page.getByRole('heading', { level: 1, name: word(key, language) }).waitFor();
const section = (key: string) => (page: Page, language: Language) =>
  page
    .getByRole('heading', { name: word(key, language), exact: true })
    .first()
    .waitFor();
const facilityName = (page: Page) => page.getByRole('heading', { name: facility.name }).first().waitFor();
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
  'settings of a contact': {
    login: null,
    path: () => new URL(ownerLink).pathname,
    settled: async (page, language) => {
      await page.getByText(word('ways-out.title', language), { exact: true }).click();
      await page.getByText(word('ways-out.fire-always', language)).waitFor();
    },
  },
  facilities: { login: 'admin', path: at('/facilities'), settled: heading('place.facilities') },
  facility: { login: 'hanoi', path: () => `/facilities/${facilityId}`, settled: facilityName },
  'device with its values': {
    login: 'hanoi',
    path: () => `/facilities/${ownedId}`,
    settled: async (page, language) => {
      await page.getByText(word('measurement.kind-pressure', language)).click();
      await page
        .getByRole('img', { name: new RegExp(word('measurement.kind-pressure', language)) })
        .waitFor();
    },
  },
  'facility edited': {
    login: 'admin',
    path: () => `/facilities/${facilityId}/edit`,
    settled: (page) => page.locator('form').first().waitFor(),
  },
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
  calendar: {
    login: 'national',
    path: at('/numbers'),
    settled: async (page, language) => {
      await page.getByLabel(word('numbers.from', language), { exact: true }).click();
      await page.locator('[data-dates-dropdown]').waitFor();
    },
  },
  system: { login: 'admin', path: at('/system'), settled: heading('place.system') },
  'my facilities': { login: 'owner', path: at('/my-facilities'), settled: heading('place.my-facilities') },
  'facility of an owner': {
    login: 'owner',
    path: () => `/my-facilities/${ownedId}`,
    settled: section('portal.title'),
  },
  'own declaration': {
    login: 'owner',
    path: () => `/my-facilities/${ownedId}/declare`,
    settled: heading('portal.declare'),
  },
  'own fire plan': {
    login: 'owner',
    path: () => `/my-facilities/${ownedId}/fire-plan`,
    settled: async (page, language) => {
      await page
        .getByRole('button', { name: word('fire-plan.write', language) })
        .first()
        .click();
    },
  },
  'self-inspection': {
    login: 'owner',
    path: () => `/my-facilities/${ownedId}/self-inspection`,
    settled: section('safety.checklist'),
  },
  inspections: { login: 'inspector', path: at('/inspections'), settled: heading('place.inspections') },
  duplicates: {
    login: 'inspector',
    path: at('/inspections'),
    settled: async (page, language) => {
      await page.getByText(word('review.duplicates', language), { exact: true }).click();
      await page.getByText(facility.name.toUpperCase()).first().waitFor();
    },
  },
  account: { login: 'station', path: at('/account'), settled: section('account.sessions') },
  'who read what': { login: 'auditor', path: at('/access'), settled: heading('place.access') },
  erasure: { login: 'admin', path: at('/access'), settled: section('erasure.title') },
};

test.each(Object.entries(SCREENS))(
  '%s: nothing that bars people, dark and light, on a desk and on a telephone, and every text is there',
  async (_, screen) => {
    const page = await open(screen, 'vi');
    expect(await faultsOf(page)).toEqual([]);
  },
);

test.each([
  ['the fallback sheet', 'hanoi', at('/shift/sheet')],
  ['the daily report', 'hanoi', at('/shift/report')],
  ['form 01', 'hanoi', at('/shift/form-01')],
  ['the fire plan', 'owner', () => `/my-facilities/${ownedId}/fire-plan`],
])('%s is black on paper, without what is around it on the screen', async (_, login, path) => {
  const { page, leave } = await sitDown(browser, rig, login, path(), { language: 'vi', scheme: 'dark' });
  const title = page.getByRole('heading', { level: 1 });
  await title.waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await title.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(0, 0, 0)');
  expect(await page.getByRole('banner').isVisible()).toBe(false);
  await leave();
});

// That no language lacks a text is a check of the files (`npm run check`); its longest words must also fit on a telephone.
test.each(Object.entries(SCREENS))('%s: fits in Russian on a telephone', async (_, screen) => {
  const page = await open(screen, 'ru');
  expect(await missing(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  const overflow = await widerThanItsRoom(page);
  await page.setViewportSize(DESKTOP);
  expect(overflow).toBeLessThanOrEqual(0);
});

interface Dialogs extends Screen {
  readonly buttons: Readonly<Record<string, (page: Page) => Promise<unknown>>>;
}

const button = (key: string) => (page: Page) =>
  page
    .getByRole('button', { name: word(key, 'vi'), exact: true })
    .first()
    .click();
const startsWith = (key: string) => (page: Page) =>
  page
    .getByRole('button', { name: new RegExp(`^${word(key, 'vi')}`) })
    .first()
    .click();
const press = (key: string) => (page: Page) => page.keyboard.press(key);
const ofPerson = (key: string) => async (page: Page) => {
  await page.getByRole('banner').locator('[aria-haspopup="menu"]').click();
  await page.getByRole('menuitem', { name: word(key, 'vi') }).click();
};

const DIALOGS: Readonly<Record<string, Dialogs>> = {
  'of an incident': {
    login: 'hanoi',
    path: at('/desk/1'),
    settled: async (page) => {
      await facilityName(page);
      await page.keyboard.press('a');
      await page.getByTestId('shelve').waitFor();
    },
    buttons: {
      answer: press('o'),
      close: press('c'),
      shelve: (page) => page.getByTestId('shelve').click(),
      'raised rights': ofPerson('rights.raise'),
      password: ofPerson('own-password.change'),
    },
  },
  'of a facility': {
    login: 'hanoi',
    path: () => `/facilities/${facilityId}`,
    settled: facilityName,
    buttons: { 'works planned': button('works-page.plan') },
  },
  'of works': {
    login: 'hanoi',
    path: at('/works'),
    settled: heading('place.works'),
    buttons: { 'called back': button('works-page.call-back'), ended: button('works-page.end') },
  },
  'of form 01': {
    login: 'hanoi',
    path: at('/shift/form-01'),
    settled: (page) => page.locator('[data-form]').first().waitFor(),
    buttons: { written: button('room.form-write') },
  },
  'of an inspector': {
    login: 'inspector',
    path: () => `/facilities/${facilityId}`,
    settled: section('safety.inspections'),
    buttons: { record: button('safety.record') },
  },
  'of an owner': {
    login: 'owner',
    path: () => `/my-facilities/${ownedId}`,
    settled: section('portal.title'),
    buttons: { 'test mode': button('portal.test'), 'drawing added': button('plan.add') },
  },
  'of a device': {
    login: 'admin',
    path: () => `/facilities/${facilityId}`,
    settled: facilityName,
    buttons: { key: button('register.set-key') },
  },
  'of users': {
    login: 'admin',
    path: at('/users'),
    settled: heading('place.users'),
    buttons: {
      new: button('user.new'),
      changed: startsWith('register.edit'),
      password: startsWith('login.password'),
      'ways in': startsWith('ways.button'),
    },
  },
  'of an account': {
    login: 'station',
    path: at('/account'),
    settled: section('account.keys'),
    buttons: { 'key added': button('account.add-key') },
  },
};

const CLICK_MS = 10_000;
const always = () => true;
const never = () => false;

test.each(Object.entries(DIALOGS))('dialogs %s: nothing that bars people', async (_, screen) => {
  const page = await open(screen, 'vi');
  const faults: string[] = [];
  for (const [name, click] of Object.entries(screen.buttons)) {
    const dialog = page.getByRole('dialog');
    await click(page);
    // A page that still moves can swallow a click; whoever sees nothing happen clicks again.
    if (!(await dialog.waitFor({ timeout: CLICK_MS }).then(always, never))) await click(page);
    await dialog.waitFor();
    faults.push(...(await faultsOf(page, '[role="dialog"]')).map((fault) => `${name}: ${fault}`));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  expect(faults).toEqual([]);
});

/** What bars people, what does not fit, which text is not there. `part`: only this of the page. */
async function faultsOf(page: Page, part?: string): Promise<string[]> {
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
      // Colours on their way from one theme to the other are nobody's.
      for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
    }, scheme);
    faults.push(
      ...(await barriers(page, rules, part)).map((fault) => `${scheme}, ${viewport.width} px: ${fault}`),
    );
    const overflow = await widerThanItsRoom(page);
    if (overflow > 0) faults.push(`${viewport.width} px: the page is ${overflow} px wider than the screen`);
  }
  faults.push(...(await missing(page)).map((key) => `no text for ${key}`));
  await page.setViewportSize(DESKTOP);
  return faults;
}

/** By how many pixels the page would scroll sideways: the document, or the part of the frame that scrolls in its place. */
async function widerThanItsRoom(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const content = document.querySelector('main');
    const scrollers = [document.documentElement, content, content?.parentElement].filter(
      (one) => one != null,
    );
    return Math.max(...scrollers.map((one) => one.scrollWidth - one.clientWidth));
  });
}

async function open(screen: Screen, language: Language): Promise<Page> {
  const key = screen.login ?? '';
  const known = people.get(key);
  const address = `${rig.url}${screen.path()}`;
  const person =
    known?.person ??
    (screen.login === null
      ? await lookAt(browser, address, { language })
      : await sitDown(browser, rig, screen.login, screen.path(), { language }));
  people.set(key, { person, language });
  const { page } = person;
  // Who is logged in and reads this language walks on; only others load the console anew.
  if (known && known.language === language && screen.login !== null) {
    await walk(page, screen.path(), language);
  } else if (known) {
    await page.evaluate((code) => localStorage.setItem('keng.language', code), language);
    await page.goto(address);
  }
  await screen.settled(page, language);
  expect(await page.getByText(word('state.failed', language)).count(), 'parts that could not be loaded').toBe(
    0,
  );
  return page;
}

/** As a link does it. By way of no place at all: nothing of the last page stands when the next one is waited for. */
async function walk(page: Page, path: string, language: Language): Promise<void> {
  const step = (to: string) => page.evaluate((address) => history.pushState(null, '', address), to);
  await step('/no-such-place');
  await page.getByText(word('state.not-found', language), { exact: true }).waitFor();
  await step(path);
}

/** Serious and critical findings, as one would look for them: the rule, and where. `rules`: only these; null: all. */
async function barriers(page: Page, rules: readonly string[] | null, part?: string): Promise<string[]> {
  // Not as a script element: the page's own policy forbids it, and is to stay as it is.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(AXE);
  const where = part === undefined ? 'document' : JSON.stringify(part);
  const { violations, passes } = await page.evaluate<AxeResults>(
    `axe.run(${where}, { resultTypes: ["violations"], elementRef: false${rules === null ? '' : `, runOnly: ${JSON.stringify(rules)}`} })`,
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
