import type { DemonstrationFacility, DemonstrationZone } from '@keng/country-vn';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { lookAt, type Person, sitDown, word } from './person.ts';
import { type Rig, startRig } from './rig.ts';

const STATION = 'VN-ST-01-01';
/** Half a minute for the owner instead of a whole one (country pack, owner.answer). */
const SHORT_CLOCK = ['hospital', 'kindergarten', 'karaoke', 'social-care', 'petrol-station', 'chemical'];
/** Each desk draws a map with the processor: those that are only looked at get a small one. */
const SMALL = { viewport: { width: 1024, height: 600 } };
const PATIENCE = { timeout: 45_000, interval: 100 };

// A browser that draws its map with the processor, beside whatever else the machine does.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let rig: Rig;
let browser: Browser;
let desk: Person;
let silent: DemonstrationFacility;
let usual: readonly DemonstrationFacility[];

beforeAll(async () => {
  [rig, browser] = await Promise.all([startRig(), launchBrowser()]);
  desk = await sitDown(browser, rig, 'hanoi', '/desk');
  await live(desk.page);
  const here = rig.facilities.filter((one) => one.province === '01');
  const quick = here.find((one) => SHORT_CLOCK.includes(one.category) && one.station !== STATION);
  if (!quick) throw new Error('the demonstration data have no facility with a short clock');
  silent = quick;
  usual = here.filter((one) => one.station === STATION && !SHORT_CLOCK.includes(one.category));
  // First of all, so that its clock runs while the other journeys are made.
  await alarm(silent, 'smoke');
});

afterAll(async () => {
  await browser?.close();
  await rig?.remove();
});

test('an alarm goes from the panel over the owner, the desk and the station to its end, and the chronology tells each step', async () => {
  const facility = nth(usual, 0);
  const station = await sitDown(browser, rig, 'station', '/station');
  const national = await sitDown(browser, rig, 'national', '/desk', SMALL);
  const elsewhere = await sitDown(browser, rig, 'hcmc', '/desk', SMALL);
  await Promise.all([live(station.page), live(national.page), live(elsewhere.page)]);

  await alarm(facility, 'smoke');
  await Promise.all([
    row(desk.page, facility).waitFor(),
    row(national.page, facility).waitFor(),
    station.page.getByRole('heading', { name: facility.name }).waitFor(),
  ]);
  expect(await elsewhere.page.getByText(facility.name).count()).toBe(0);
  await Promise.all([elsewhere.leave(), national.leave()]);

  // All contacts are rung at once; the first to answer presses 1.
  const calls = await vi.waitFor(() => {
    const rung = callsTo(facility);
    expect(new Set(rung.map((call) => call.to)).size).toBe(
      new Set(facility.contacts.map((c) => c.telephone)).size,
    );
    return rung;
  }, PATIENCE);
  const [call] = calls;
  if (!call) throw new Error('nobody was rung');
  expect(call.say.join(' ')).toContain(facility.name);
  const spoken = await rig.gateway.exchange.press(call.id, '1');
  const afterKey = spoken.heard.slice(spoken.heard.findIndex((line) => line.who === 'person') + 1);
  expect(afterKey.length, 'the first measures are read out').toBeGreaterThan(1);

  await openIncident(desk.page, facility);
  const panel = desk.page.getByRole('region', { name: word('desk.part-incident') });
  await panel.getByText(word('owner.answer-real')).waitFor();
  await panel.getByText(word('reason.owner-real')).first().waitFor();

  await desk.page.keyboard.press('a');
  await chronology(desk.page, 'incident.desk-accepted');
  await desk.page.keyboard.press('d');
  await panel.getByRole('heading', { name: word('dispatch.confirmed') }).waitFor();

  await station.page.getByText(word('order.dispatch-confirmed')).waitFor();
  await station.page.keyboard.press('Enter');
  for (const [key, state] of [
    ['2', 'turned-out'],
    ['3', 'on-scene'],
    ['4', 'under-control'],
  ] as const) {
    await station.page.getByRole('button', { name: word(`station-state.${state}`) }).waitFor();
    await station.page.keyboard.press(key);
    await panel
      .getByText(word(`station-state.${state}`), { exact: true })
      .first()
      .waitFor();
  }
  await station.leave();

  await desk.page.keyboard.press('c');
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByRole('radio', { name: word('outcome.fire'), exact: true }).click();
  await dialog.getByRole('button', { name: word('close.confirm') }).click();
  await dialog.waitFor({ state: 'detached' });
  await chronology(desk.page, 'incident.closed');

  const told = await kinds(desk.page);
  for (const kind of [
    'incident.opened',
    'incident.owner-alerted',
    'incident.contact-reached',
    'incident.owner-answered',
    'incident.dispatch-proposed',
    'incident.desk-accepted',
    'incident.dispatch-confirmed',
    'incident.station-accepted',
    'incident.station-reported',
    'incident.closed',
  ])
    expect(told).toContain(kind);
});

test('an owner who says false on the page of the SMS closes nothing, and two answers that differ count as fire', async () => {
  const facility = nth(usual, 1);
  await alarm(facility, 'smoke');
  await openIncident(desk.page, facility);
  const links = await vi.waitFor(() => {
    const found = messagesTo(facility).flatMap(
      ({ text }) => /https?:\/\/\S+\/owner\/[\w.~-]+/.exec(text)?.[0] ?? [],
    );
    expect(new Set(found).size).toBeGreaterThanOrEqual(2);
    return found;
  }, PATIENCE);
  const panel = desk.page.getByRole('region', { name: word('desk.part-incident') });

  const first = await lookAt(browser, nth(links, 0));
  await first.page.getByRole('button', { name: word('owner-page.answer-false') }).click();
  await first.page.getByRole('button', { name: word('owner-page.sure-yes') }).click();
  await panel.getByText(word('owner.answer-false')).waitFor();
  expect(await row(desk.page, facility).count(), 'the alarm stays in the queue').toBe(1);

  const second = await lookAt(browser, nth(links, 1));
  await second.page.getByRole('button', { name: word('owner-page.answer-real'), exact: true }).click();
  await second.page.getByRole('heading', { name: word('owner-page.measures') }).waitFor();
  await panel.getByText(word('owner.answer-contradictory')).waitFor();
  await panel.getByRole('heading', { name: word('dispatch.proposed') }).waitFor();
  await Promise.all([first.leave(), second.leave()]);
});

test('planned works silence the zone they name after the call-back: its alarm stays visible and rings nobody, a call point rings', async () => {
  const facility = nth(usual, 2);
  const zone = zoneOf(facility, 'smoke');
  const api = await rig.logIn('hanoi');
  const { facilities } = await api.get<{ facilities: { id: string }[] }>(
    `/facilities?search=${encodeURIComponent(facility.code)}`,
  );
  const id = facilities[0]?.id ?? '';
  const state = await api.get<{ contacts: { id: string }[]; transmitters: { id: string }[] }>(
    `/facilities/${id}`,
  );
  const now = Date.now();
  const works = await api.post<{ id: string }>('/works', {
    facilityId: id,
    transmitterId: state.transmitters[0]?.id,
    zones: [String(zone.number)],
    from: new Date(now - 1_000).toISOString(),
    until: new Date(now + 3_600_000).toISOString(),
    reason: 'Hàn mái tôn (giả lập)',
  });
  await api.post(`/works/${works.id}/call-back`, { contactId: state.contacts[0]?.id });

  await alarm(facility, 'smoke');
  await desk.page.getByRole('tab', { name: word('queue.tab-muted') }).click();
  await desk.page.getByText(word('works-list.muted_one', 'en', { count: '1' })).waitFor();
  expect(callsTo(facility)).toHaveLength(0);
  await desk.page.getByRole('tab', { name: word('queue.tab-open') }).click();
  expect(await row(desk.page, facility).count()).toBe(0);

  await alarm(facility, 'manual-call-point');
  await row(desk.page, facility).waitFor();
  await vi.waitFor(() => expect(callsTo(facility).length).toBeGreaterThanOrEqual(3), PATIENCE);
});

test('when nobody answers, the end of the owner’s clock has the first dispatch ready, and says that it is for silence', async () => {
  await openIncident(desk.page, silent);
  const panel = desk.page.getByRole('region', { name: word('desk.part-incident') });
  await panel.getByRole('heading', { name: silent.name }).waitFor();
  await panel.getByRole('heading', { name: word('dispatch.proposed') }).waitFor();
  await panel.getByText(word('reason.owner-silent')).first().waitFor();
  await expect.poll(() => panel.getByText(word('owner.answer-none')).count()).toBe(1);
  await expect
    .poll(() => panel.getByRole('button', { name: word('dispatch.confirm') }).isEnabled())
    .toBe(true);
});

test('after all this the chain of the log is whole, and every state is what the log says', async () => {
  await rig.stopCentre();
  const { code, output } = await rig.keng('verify', '--states');
  expect(output).toContain('0 faults');
  expect(output).not.toContain('DIFFER');
  expect(output).toMatch(/equal\s+incident/);
  expect(code, output).toBe(0);
});

async function alarm(facility: DemonstrationFacility, kind: DemonstrationZone['kind']): Promise<void> {
  expect(await rig.panelOf(facility).send({ kind: 'alarm', zone: zoneOf(facility, kind) })).toBe('ACK');
}

function zoneOf(facility: DemonstrationFacility, kind: DemonstrationZone['kind']): DemonstrationZone {
  const zones = facility.transmitters[0]?.zones ?? [];
  const zone = zones.find((one) => one.kind === kind);
  if (!zone) throw new Error(`${facility.code} has no ${kind}`);
  return zone;
}

function nth<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`there are only ${items.length}`);
  return item;
}

function callsTo(facility: DemonstrationFacility) {
  const telephones = facility.contacts.map((contact) => contact.telephone);
  return rig.gateway.exchange.book.calls().filter((call) => telephones.includes(call.to));
}

function messagesTo(facility: DemonstrationFacility) {
  const telephones = facility.contacts.map((contact) => contact.telephone);
  return rig.gateway.exchange.book.messages().filter((message) => telephones.includes(message.to));
}

/** The line of this facility in the queue of open alarms. */
function row(page: Page, facility: DemonstrationFacility) {
  return page
    .getByRole('region', { name: word('desk.part-queue') })
    .getByRole('button', { name: facility.name });
}

/** The queue moves under the pointer when an alarm becomes more urgent: whoever opened the wrong one looks again. */
async function openIncident(page: Page, facility: DemonstrationFacility): Promise<void> {
  const panel = page.getByRole('region', { name: word('desk.part-incident') });
  await vi.waitFor(async () => {
    await row(page, facility).click();
    await panel.getByText(facility.name).first().waitFor({ timeout: 3_000 });
  }, PATIENCE);
}

async function live(page: Page): Promise<void> {
  await page.getByRole('banner').getByText(word('link.live'), { exact: true }).waitFor();
}

async function chronology(page: Page, kind: string): Promise<void> {
  await page.getByTestId('chronology').locator(`[data-kind="${kind}"]`).first().waitFor();
}

async function kinds(page: Page): Promise<(string | null)[]> {
  const events = await page.getByTestId('chronology').getByRole('listitem').all();
  return await Promise.all(events.map((event) => event.getAttribute('data-kind')));
}
