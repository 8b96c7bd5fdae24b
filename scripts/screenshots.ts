import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../e2e/browser.ts';
import {
  DESKTOP,
  type Language,
  type Looks,
  lookAt,
  type Person,
  PHONE,
  sitDown,
  word,
} from '../e2e/person.ts';
import { freePort, startRig } from '../e2e/rig.ts';
import { type Scene, setScene } from './screenshots-scene.ts';

/** `node scripts/run.mjs scripts/screenshots.ts [name ...]`: the pictures of README and docs, from a centre with synthetic data. */
const FOLDER = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const FACILITIES = 600;
/** Fonts and the map draw themselves in after the last text has come. */
const DRAWN_MS = 1_500;

interface Shot {
  readonly login: string | null;
  readonly path: (scene: Scene) => string;
  readonly looks: Looks;
  readonly before?: (page: Page, scene: Scene) => Promise<void>;
  readonly after?: (scene: Scene) => void;
}

const LAPTOP = { width: 1440, height: 900 } as const;
const openIncident = async (page: Page, { burning }: Scene, language: Language = 'vi'): Promise<void> => {
  await page
    .getByRole('region', { name: word('desk.part-queue', language) })
    .getByRole('button', { name: burning.name })
    .click();
  await page.getByRole('heading', { name: burning.name }).waitFor();
};

const SHOTS: Readonly<Record<string, Shot>> = {
  'desk-dark': { login: 'hanoi', path: () => '/desk', looks: { viewport: LAPTOP }, before: openIncident },
  'desk-light': {
    login: 'hanoi',
    path: () => '/desk',
    looks: { viewport: LAPTOP, scheme: 'light' },
    before: openIncident,
  },
  'desk-phone': { login: 'hanoi', path: () => '/desk', looks: { viewport: PHONE } },
  'desk-communes': {
    login: 'hanoi',
    path: () => '/desk',
    looks: { viewport: LAPTOP },
    before: async (page, scene) => {
      await openIncident(page, scene);
      await zoomMap(page);
    },
  },
  'close-dialog': {
    login: 'hanoi',
    path: () => '/desk',
    looks: { viewport: LAPTOP, scheme: 'light' },
    before: async (page, scene) => {
      await openIncident(page, scene);
      await page.keyboard.press('c');
      await page.getByRole('dialog').waitFor();
    },
  },
  'national-desk': { login: 'national', path: () => '/desk', looks: { viewport: LAPTOP } },
  'station-dark': { login: 'station', path: () => '/station', looks: { viewport: LAPTOP } },
  'owner-phone': { login: null, path: ownerPath, looks: { viewport: PHONE, scheme: 'light' } },
  facility: {
    login: 'hanoi',
    path: ({ burningId }) => `/facilities/${burningId}`,
    looks: { viewport: LAPTOP },
  },
  facilities: { login: 'hanoi', path: () => '/facilities', looks: { viewport: LAPTOP } },
  devices: { login: 'hanoi', path: () => '/devices', looks: { viewport: LAPTOP } },
  'import-problems': {
    login: 'admin',
    path: () => '/facilities/import',
    looks: { viewport: LAPTOP, scheme: 'light' },
    before: chooseBadFile,
  },
  log: { login: 'auditor', path: () => '/log', looks: { viewport: LAPTOP }, before: verifyLog },
  shift: { login: 'hanoi', path: () => '/shift', looks: { viewport: LAPTOP } },
  'fallback-sheet': {
    login: 'hanoi',
    path: () => '/shift/sheet',
    looks: { viewport: LAPTOP, scheme: 'light' },
  },
  'duty-report': { login: 'hanoi', path: () => '/shift/report', looks: { viewport: LAPTOP } },
  'form-01': { login: 'hanoi', path: () => '/shift/form-01', looks: { viewport: LAPTOP, scheme: 'light' } },
  works: {
    login: 'hanoi',
    path: () => '/works',
    looks: { viewport: LAPTOP, scheme: 'light' },
    before: async (page) => page.getByText(word('works-page.history', 'vi')).click(),
  },
  portal: {
    login: 'owner',
    path: ({ ownedId }) => `/my-facilities/${ownedId}`,
    looks: { viewport: LAPTOP, scheme: 'light' },
  },
  inspections: { login: 'inspector', path: () => '/inspections', looks: { viewport: LAPTOP } },
  duplicates: {
    login: 'inspector',
    path: () => '/inspections',
    looks: { viewport: LAPTOP },
    before: async (page) => page.getByText(word('review.duplicates', 'vi'), { exact: true }).click(),
  },
  'device-values': {
    login: 'hanoi',
    path: ({ ownedId }) => `/facilities/${ownedId}`,
    looks: { viewport: LAPTOP },
    before: openPressure,
  },
  numbers: { login: 'national', path: () => '/numbers', looks: { viewport: LAPTOP } },
  'numbers-list': {
    login: 'national',
    path: () => '/numbers?list=incidents',
    looks: { viewport: LAPTOP, scheme: 'light' },
  },
  contacts: { login: 'hanoi', path: () => '/contacts', looks: { viewport: LAPTOP, scheme: 'light' } },
  system: { login: 'admin', path: () => '/system', looks: { viewport: LAPTOP } },
  users: { login: 'admin', path: () => '/users', looks: { viewport: LAPTOP, scheme: 'light' } },
  erasure: { login: 'admin', path: () => '/access', looks: { viewport: LAPTOP, scheme: 'light' } },
  account: { login: 'station', path: () => '/account', looks: { viewport: PHONE } },
  access: { login: 'auditor', path: () => '/access', looks: { viewport: LAPTOP } },
  'log-in': { login: null, path: () => '/', looks: { viewport: LAPTOP } },
  'station-phone': { login: 'station', path: () => '/station', looks: { viewport: PHONE } },
  'contact-settings-phone': {
    login: null,
    path: ownerPath,
    looks: { viewport: PHONE },
    before: async (page) => {
      const title = page.getByText(word('ways-out.title', 'vi'), { exact: true });
      await title.click();
      await title.evaluate((element) => element.scrollIntoView());
    },
  },
  'declare-phone': {
    login: 'owner',
    path: ({ ownedId }) => `/my-facilities/${ownedId}/declare`,
    looks: { viewport: PHONE, scheme: 'light' },
  },
  'fire-plan': {
    login: 'owner',
    path: ({ ownedId }) => `/my-facilities/${ownedId}/fire-plan`,
    looks: { viewport: LAPTOP, scheme: 'light' },
  },
  'self-inspection-phone': {
    login: 'owner',
    path: ({ ownedId }) => `/my-facilities/${ownedId}/self-inspection`,
    looks: { viewport: PHONE },
  },
  'drawing-en': {
    login: 'hanoi',
    path: () => '/desk',
    looks: { viewport: LAPTOP, language: 'en' },
    before: async (page, scene) => {
      await openIncident(page, scene, 'en');
      // The key is there when the centre has said that there are drawings.
      await page.getByRole('button', { name: word('plan.show', 'en') }).waitFor();
      await page.keyboard.press('p');
      // By its tag: what a button holds has no role of its own.
      await page.getByRole('dialog').locator('img').waitFor();
    },
  },
  'shift-ru': { login: 'hanoi', path: () => '/shift', looks: { viewport: LAPTOP, language: 'ru' } },
  'station-zh': { login: 'station', path: () => '/station', looks: { viewport: LAPTOP, language: 'zh' } },
  'my-facilities-phone': {
    login: 'owner',
    path: () => '/my-facilities',
    looks: { viewport: PHONE, scheme: 'light' },
  },
  // The last one: it brings alarms that the others do not know.
  'desk-arrivals': {
    login: 'hanoi',
    path: () => '/desk',
    looks: { viewport: LAPTOP },
    before: async (page, { rig }) => {
      process.kill(rig.processOf('consumer'), 'SIGSTOP');
      const buildings = rig.facilities.filter((one) => one.province === '01').slice(20, 26);
      for (const facility of buildings) {
        const zone = facility.transmitters[0]?.zones.find((one) => one.kind === 'smoke');
        if (zone) await rig.panelOf(facility).send({ kind: 'alarm', zone });
      }
      await page.getByTestId('arrivals').waitFor();
    },
    after: ({ rig }) => process.kill(rig.processOf('consumer'), 'SIGCONT'),
  },
};

await main(process.argv.slice(2));

async function main(wanted: readonly string[]): Promise<void> {
  fs.mkdirSync(FOLDER, { recursive: true });
  const deviceApi = `127.0.0.1:${await freePort()}`;
  const [rig, browser] = await Promise.all([
    startRig({ facilities: FACILITIES, settings: { KENG_DEVICE_API: deviceApi } }),
    launchBrowser(),
  ]);
  try {
    const scene = await setScene(rig, browser, `http://${deviceApi}`);
    for (const [name, shot] of Object.entries(SHOTS)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      await take(name, shot, scene);
    }
  } finally {
    await browser.close();
    await rig.remove();
  }
}

async function take(name: string, shot: Shot, scene: Scene): Promise<void> {
  const { rig, browser } = scene;
  const looks: Looks = { language: 'vi', viewport: DESKTOP, ...shot.looks };
  let person: Person | null = null;
  try {
    person =
      shot.login === null
        ? await lookAt(browser, `${rig.url}${shot.path(scene)}`, looks)
        : await sitDown(browser, rig, shot.login, shot.path(scene), looks);
    const { page } = person;
    await settled(page, looks.language ?? 'vi');
    // A queue keeps its order while somebody points into it.
    await page.mouse.move(0, 0);
    await shot.before?.(page, scene);
    await settled(page, looks.language ?? 'vi');
    await page.waitForTimeout(DRAWN_MS);
    await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
    process.stdout.write(`${name}.png\n`);
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    shot.after?.(scene);
    await person?.leave();
  }
}

/** Nothing says any more that it is being loaded, or that the line is being opened. */
async function settled(page: Page, language: Language): Promise<void> {
  await page.locator('main, form').first().waitFor();
  for (const key of ['state.loading', 'owner-page.loading', 'link.connecting'])
    await page.getByText(word(key, language), { exact: true }).first().waitFor({ state: 'hidden' });
}

/** From the open incident as far away as the names of communes can be read. */
async function zoomMap(page: Page): Promise<void> {
  const box = await page.locator('canvas').first().boundingBox();
  if (!box) throw new Error('the desk has no map');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 200);
  await page.waitForTimeout(DRAWN_MS);
}

async function openPressure(page: Page): Promise<void> {
  const pressure = page.getByText(word('measurement.kind-pressure', 'vi'));
  await pressure.click();
  await page.getByRole('img', { name: new RegExp(word('measurement.kind-pressure', 'vi')) }).waitFor();
  await pressure.scrollIntoViewIfNeeded();
}

function ownerPath({ rig, burning }: Scene): string {
  const telephones = burning.contacts.map((contact) => contact.telephone);
  const texts = rig.gateway.exchange.book.messages().filter((one) => telephones.includes(one.to));
  const link = texts.map(({ text }) => /https?:\/\/\S+\/owner\/[\w.~-]+/.exec(text)?.[0]).find(Boolean);
  if (!link) throw new Error('no message with a link was sent');
  return new URL(link).pathname;
}

async function chooseBadFile(page: Page, { rig }: Scene): Promise<void> {
  const template = await (await rig.logIn('admin')).text('/facilities/template.csv');
  const [header = '', example = ''] = template.split(/\r?\n/);
  const rows = [
    example,
    example.replace('HN-000123', 'HN-000124').replace('105.8500', '205.8500'),
    example.replace('HN-000123', 'HN-000125').replace('school', 'trường học'),
    example.replace('HN-000123', 'HN-000126').replace('+84 000 000 002', 'gọi lễ tân'),
    example.replace('HN-000123', 'HN-000123'),
  ];
  await page.locator('input[type=file]').setInputFiles({
    name: 'co-so-quy-2.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([header, ...rows, ''].join('\r\n'), 'utf8'),
  });
}

async function verifyLog(page: Page): Promise<void> {
  await page.getByRole('button', { name: word('log.verify', 'vi'), exact: true }).click();
}
