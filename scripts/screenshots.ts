import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DemonstrationFacility } from '@keng/country-vn';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../e2e/browser.ts';
import type { CentreApi } from '../e2e/centre-api.ts';
import { DESKTOP, type Looks, lookAt, type Person, PHONE, sitDown, word } from '../e2e/person.ts';
import { type Rig, startRig } from '../e2e/rig.ts';

/** `node scripts/run.mjs scripts/screenshots.ts [name ...]`: the pictures of README and docs, from a centre with synthetic data. */
const FOLDER = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const STATION = 'VN-ST-01-01';
const FACILITIES = 1_500;
const ALARMS = 14;
/** Fonts and the map draw themselves in after the last text has come. */
const DRAWN_MS = 2_500;

interface Scene {
  readonly rig: Rig;
  readonly browser: Browser;
  readonly desk: CentreApi;
  /** Its alarm was confirmed by the owner and dispatched. */
  readonly burning: DemonstrationFacility;
  readonly burningId: string;
}

interface Shot {
  readonly login: string | null;
  readonly path: (scene: Scene) => string;
  readonly looks: Looks;
  readonly before?: (page: Page, scene: Scene) => Promise<void>;
}

const LAPTOP = { width: 1440, height: 900 } as const;
const openIncident = async (page: Page, { burning }: Scene): Promise<void> => {
  await page
    .getByRole('region', { name: word('desk.part-queue', 'vi') })
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
  works: { login: 'hanoi', path: () => '/works', looks: { viewport: LAPTOP, scheme: 'light' } },
  inspections: { login: 'inspector', path: () => '/inspections', looks: { viewport: LAPTOP } },
  numbers: { login: 'national', path: () => '/numbers', looks: { viewport: LAPTOP } },
  contacts: { login: 'hanoi', path: () => '/contacts', looks: { viewport: LAPTOP, scheme: 'light' } },
  system: { login: 'admin', path: () => '/system', looks: { viewport: LAPTOP } },
  users: { login: 'admin', path: () => '/users', looks: { viewport: LAPTOP, scheme: 'light' } },
  account: { login: 'station', path: () => '/account', looks: { viewport: PHONE } },
  access: { login: 'auditor', path: () => '/access', looks: { viewport: LAPTOP } },
  'my-facilities-phone': {
    login: 'owner',
    path: () => '/my-facilities',
    looks: { viewport: PHONE, scheme: 'light' },
  },
};

await main(process.argv.slice(2));

async function main(wanted: readonly string[]): Promise<void> {
  fs.mkdirSync(FOLDER, { recursive: true });
  const [rig, browser] = await Promise.all([startRig({ facilities: FACILITIES }), launchBrowser()]);
  try {
    const scene = await setScene(rig, browser);
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
    await page.waitForTimeout(DRAWN_MS);
    await shot.before?.(page, scene);
    await page.waitForTimeout(DRAWN_MS);
    await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
    process.stdout.write(`${name}.png\n`);
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await person?.leave();
  }
}

/** A busy evening: alarms in both cities, some accepted, one confirmed by its owner and under way. */
async function setScene(rig: Rig, browser: Browser): Promise<Scene> {
  const desk = await rig.logIn('hanoi');
  const burning = rig.facilities.find((one) => one.station === STATION && one.category !== 'hospital');
  if (!burning) throw new Error(`the demonstration data have no facility of ${STATION}`);
  const step = Math.floor(rig.facilities.length / ALARMS);
  const others = Array.from({ length: ALARMS }, (_, index) => rig.facilities[index * step]).filter(
    (one) => one !== undefined && one !== burning,
  );
  for (const facility of others) if (facility) await ring(rig, facility, 1);
  await ring(rig, burning, 3);
  const burningId = await idOf(desk, burning);
  const { incidents } = await until(
    () => desk.get<{ incidents: { id: string; facility: { id: string } }[] }>('/desk/snapshot'),
    (snapshot) => snapshot.incidents.some((one) => one.facility.id === burningId),
  );
  const mine = incidents.find((one) => one.facility.id === burningId);
  const telephones = burning.contacts.map((contact) => contact.telephone);
  const book = rig.gateway.exchange.book;
  const call = await until(
    async () => book.calls().find((one) => telephones.includes(one.to)),
    (found) => found !== undefined,
  );
  if (call) await rig.gateway.exchange.press(call.id, '1');
  for (const one of incidents.filter((other) => other !== mine).slice(0, 3))
    await desk.post(`/incidents/${one.id}/accept`, {});
  if (mine) {
    await desk.post(`/incidents/${mine.id}/claim`, {});
    await desk.post(`/incidents/${mine.id}/accept`, {});
    const station = await rig.logIn('station');
    await station.post(`/incidents/${mine.id}/station-accept`, {});
    await station.post(`/incidents/${mine.id}/station-report`, { state: 'preparing' });
  }
  return { rig, browser, desk, burning, burningId };
}

async function ring(rig: Rig, facility: DemonstrationFacility, zones: number): Promise<void> {
  const panel = rig.panelOf(facility);
  const spoken = facility.transmitters[0]?.zones.filter((zone) => zone.kind !== 'gas') ?? [];
  for (const zone of spoken.slice(1, 1 + zones)) await panel.send({ kind: 'alarm', zone });
}

async function idOf(api: CentreApi, facility: DemonstrationFacility): Promise<string> {
  const search = encodeURIComponent(facility.code);
  const found = await api.get<{ facilities: { id: string }[] }>(`/facilities?search=${search}`);
  return found.facilities[0]?.id ?? '';
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

async function until<Value>(ask: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = await ask();
    if (good(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('waited 40 s for the scene to be ready');
}
