import type { DemonstrationFacility } from '@keng/country-vn';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openClient, provideDatabase } from '../server/src/platform/index.ts';
import { launchBrowser } from './browser.ts';
import { logInWithForm, lookAt, sitDown, word } from './person.ts';
import { type Rig, startRig } from './rig.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

const PATIENCE = { timeout: 120_000, interval: 500 };
const HANOI = 'VN-PC07-01';
const SAIGON = 'VN-PC07-79';
const SMALL = { viewport: { width: 1024, height: 600 } } as const;

let rig: Rig;
let browser: Browser;
let leftAt: Date;
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

afterEach(async () => {
  // A page that a failed test left behind would be a screen of its desk in the next one.
  for (const context of browser.contexts()) await context.close();
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
const screens = async (organisation = HANOI) =>
  (
    await database.query<{ sound: string; visible: boolean }>(
      "select sound, visible from desk_screen where organisation = $1 and seen_at > now() - interval '15 seconds' order by seen_at",
      [organisation],
    )
  ).rows;
const row = (page: Page, facility: DemonstrationFacility) =>
  page.locator('[data-incident]').filter({ hasText: facility.name });

/** Waits for the centre's patience of half a minute, twice: run with KENG_SLOW=yes. */
const slowly = test.runIf(process.env.KENG_SLOW === 'yes');

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
  await expect.poll(() => page.getByTestId('short-handed').count()).toBe(0);
  await page.getByTestId('sheet-missing').waitFor();
  const open = page.getByTestId('handover-incident');
  const waitsFor = (count: number) =>
    vi.waitFor(
      async () => expect(await open.getByText(word('room.not-handed-over')).count()).toBe(count),
      PATIENCE,
    );
  await waitsFor(2);
  await open.getByRole('button', { name: `${word('room.accept')}: ${at(0).name}` }).click();
  await waitsFor(1);
  const view = await calls.get<{ previous: { id: string }; pending: Readonly<Record<string, number>> }>(
    '/shift',
  );
  expect(view.pending.incident).toBe(1);
  // These panels speak once. Where a machine is so slow that they are missed before the shift begins, their links are handed over, too.
  const waiting = Object.values(view.pending).reduce((sum, count) => sum + count);
  await page
    .getByTestId('shift-badge')
    .getByText(
      word(waiting === 1 ? 'room.badge-waiting_one' : 'room.badge-waiting_other', 'en', {
        count: String(waiting),
      }),
    )
    .waitFor();

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

test('a day and a time are written and read in the language of the screen, whatever that of the browser; a day that is picked keeps the time', async () => {
  const { page, leave } = await sitDown(browser, rig, 'hanoi', '/shift', { language: 'vi' });
  await page.getByLabel(word('room.note', 'vi')).fill('Mất điện');
  await page.getByLabel(word('room.was-on-paper', 'vi')).check();
  const at = page.getByLabel(word('room.true-time', 'vi'));
  await at.fill('21/11/2026 2h10');
  await at.blur();
  await expect.poll(() => at.inputValue()).toBe('21/11/2026 02:10');
  await at.fill('no day');
  await at.blur();
  await expect.poll(() => at.inputValue()).toBe('21/11/2026 02:10');
  await at.click();
  await page.getByRole('button', { name: '20 tháng 11 2026', exact: true }).click();
  await expect.poll(() => at.inputValue()).toBe('20/11/2026 02:10');
  await page.getByLabel(word('room.written-by', 'vi')).first().fill('Người trực (giả lập)');
  const sent = page.waitForRequest((request) => request.url().endsWith('/api/duty/notes'));
  await page.getByRole('button', { name: word('room.write-note', 'vi') }).click();
  expect((await sent).postDataJSON()).toMatchObject({ late: { at: '2026-11-19T19:10:00.000Z' } });
  await expect.poll(() => page.getByLabel(word('room.note', 'vi')).inputValue()).toBe('');
  await leave();
});

test('what was on paper is keyed in with its true times and rings nowhere; an accepted incident is shelved, another never', async () => {
  const { page, leave } = await sitDown(browser, rig, 'hanoi', '/shift');
  await page.getByTestId('paper-open').click();
  const form = page.getByTestId('paper-form');
  await form.getByLabel(word('room.paper-new-open')).check();
  const search = form.getByPlaceholder(word('room.paper-search'));
  // As a person does: into the field first. A field that has just come empties itself once more, and with it what was typed too soon.
  await search.click();
  await search.fill(at(2).name);
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

test('a screen proves that it is heard and seen, says at once when it is hidden, and shows who does not answer until somebody takes it', async () => {
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

  // Somebody else has to prove it, too: a control room is asked, and its ten minutes are made short.
  const { rows } = await database.query<{ id: string }>(
    "select id from transmitter where protocol in ('gb26875', 'mqtt') and organisation like 'VN-ST-01-%' limit 1",
  );
  const api = await rig.logIn('hanoi');
  await api.post('/duty-checks', { transmitterId: rows[0]?.id });
  await database.query("update timer set due_at = now() where kind = 'duty-check.end'");
  const absent = desk.page.getByTestId('absence-open');
  await absent.getByRole('button', { name: word('duty-check.claim') }).click();
  await absent.waitFor({ state: 'detached' });
  const waiting = await api.get<{ dutyChecks: unknown[] }>('/duty-checks?waiting=true');
  expect(waiting.dutyChecks).toMatchObject([{ absence: 'claimed', claimedBy: { name: expect.any(String) } }]);
  await desk.leave();
});

test('who has left the register is found by the name, and erased when a second person agrees', async () => {
  const admin = await rig.logIn('admin');
  const search = encodeURIComponent(at(5).code);
  const { facilities: found } = await admin.get<{ facilities: { id: string }[] }>(
    `/facilities?search=${search}`,
  );
  const path = `/facilities/${found[0]?.id}`;
  const { id: _id, ...facility } = await admin.get<{ id: string; contacts: { id?: string; name: string }[] }>(
    path,
  );
  const [{ id: _gone, ...gone } = { name: '' }, ...others] = facility.contacts;
  const successor = { ...gone, name: 'Successor (synthetic)' };
  await admin.put(path, { ...facility, contacts: [successor, ...others] });

  const first = await sitDown(browser, rig, 'admin', '/access');
  await first.page.getByRole('combobox', { name: word('erasure.facility') }).fill(at(5).code);
  await first.page
    .getByRole('option')
    .filter({ hasText: at(5).name })
    .click();
  await first.page.getByRole('combobox', { name: word('erasure.contact') }).click();
  await first.page.getByRole('option').filter({ hasText: gone.name }).click();
  await first.page.getByLabel(word('rights.reason')).fill('Asked for it in writing (synthetic)');
  await first.page.getByRole('button', { name: word('erasure.ask') }).click();
  const waiting = first.page.getByRole('row').filter({ hasText: gone.name });
  await waiting.getByText(word('erasure.status-asked')).waitFor();
  expect(await waiting.getByRole('button').count(), 'nobody confirms their own').toBe(0);

  const second = await secondAdministrator();
  const page = (await lookAt(browser, `${rig.url}/access`)).page;
  await logInWithForm(page, second.login, second.password);
  const row = page.getByRole('row').filter({ hasText: gone.name });
  await row.getByRole('button', { name: word('erasure.erase') }).click();
  // Nothing goes by one click.
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('erasure.erase') })
    .click();
  await page.getByText(word('erasure.status-done')).waitFor();
  await expect.poll(() => page.getByText(gone.name).count()).toBe(0);
  await Promise.all([first.leave(), page.context().close()]);
});

test('rights are raised with a reason, seen by others at once, given back, and reviewed by somebody else', async () => {
  const { page, leave } = await sitDown(browser, rig, 'hcmc', '/works');
  await page.getByRole('banner').locator('[aria-haspopup="menu"]').click();
  await page.getByRole('menuitem', { name: word('rights.raise') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(word('rights.target')).click();
  await page.getByRole('option').filter({ hasText: 'Hanoi' }).first().click();
  await dialog.getByLabel(word('rights.reason')).fill('The desk of Hanoi has no power (synthetic)');
  await dialog.getByRole('button', { name: word('rights.raise') }).click();
  const back = page.getByRole('button', { name: word('rights.give-back') });
  await back.waitFor();
  const auditor = await sitDown(browser, rig, 'auditor', '/access');
  const line = auditor.page.getByRole('row').filter({ hasText: 'no power' });
  await line.getByText(word('rights.is-running')).waitFor();
  await back.click();
  await back.waitFor({ state: 'detached' });
  // A word against a colleague needs its reason; nothing is said by one click.
  await line.getByRole('button', { name: word('rights.not-justified'), exact: true }).click();
  const against = auditor.page.getByRole('dialog');
  const saysNo = against.getByRole('button', { name: word('rights.not-justified'), exact: true });
  expect(await saysNo.isDisabled()).toBe(true);
  await against.getByRole('button', { name: word('common.cancel') }).click();
  await against.waitFor({ state: 'detached' });
  await line.getByRole('button', { name: word('rights.justified'), exact: true }).click();
  const review = auditor.page.getByRole('dialog');
  await review.getByLabel(word('rights.found-optional')).fill('The line was down (synthetic)');
  await review.getByRole('button', { name: word('rights.justified'), exact: true }).click();
  await line.getByText('The line was down (synthetic)').waitFor();
  await line.getByText(new RegExp(`^${word('rights.justified')} \\(`)).waitFor();
  await auditor.leave();
  // The last page of this desk: what follows from that is looked at below.
  leftAt = new Date();
  await leave();
});

slowly('a desk whose page was closed goes one level up, and stays there until a screen is back', async () => {
  const silence = await vi.waitFor(async () => {
    const { rows } = await database.query<{ body: { reason: string; since: string } }>(
      "select body from entry where subject = $1 and kind = 'desk.silent' and body->>'reason' <> 'sound-blocked' order by id desc limit 1",
      [`desk/${SAIGON}`],
    );
    expect(Date.parse(rows[0]?.body.since ?? '')).toBeGreaterThan(leftAt.getTime() - 60_000);
    return rows[0]?.body;
  }, PATIENCE);
  // A browser that still could say so was closed; one that was ended is like one that sleeps.
  expect(['nobody-logged-in', 'screen-asleep']).toContain(silence?.reason);
  const national = await sitDown(browser, rig, 'national', '/desk', SMALL);
  const list = national.page.getByRole('region', { name: word('silent.title') });
  await list.getByRole('button', { name: word('silent.show') }).click();
  const line = national.page.locator(`li[data-reason="${silence?.reason}"]`);
  await line.waitFor();
  const back = await sitDown(browser, rig, 'hcmc', '/desk', SMALL);
  await line.waitFor({ state: 'detached', ...PATIENCE });
  await Promise.all([back.leave(), national.leave()]);
});

slowly(
  'a browser that is muted is an alarm one level up, which says why, until it sounds again',
  async () => {
    const national = await sitDown(browser, rig, 'national', '/desk', SMALL);
    const desk = await lookAt(browser, `${rig.url}/desk`, SMALL);
    await keepAudio(desk.page);
    // No alarm waits here, which would be reason enough to go up.
    await logInWithForm(desk.page, 'hcmc', rig.password);
    await vi.waitFor(
      async () => expect(await screens(SAIGON)).toMatchObject([{ sound: 'running' }]),
      PATIENCE,
    );
    // As an operating system does that gives the sound to another program.
    await desk.page.evaluate(() => {
      AudioContext.prototype.resume = () => new Promise(() => {});
      // Put there by keepAudio.
      const contexts = (globalThis as unknown as { kengAudio: AudioContext[] }).kengAudio;
      return Promise.all(contexts.map((one) => one.suspend()));
    });
    await desk.page.getByTestId('own-silence').waitFor(PATIENCE);
    await national.page.getByRole('button', { name: word('silent.show') }).click();
    const muted = national.page.locator('li[data-reason="sound-blocked"]');
    await muted.waitFor(PATIENCE);
    await desk.page.evaluate(() => {
      Reflect.deleteProperty(AudioContext.prototype, 'resume');
      const contexts = (globalThis as unknown as { kengAudio: AudioContext[] }).kengAudio;
      return Promise.all(contexts.map((one) => one.resume()));
    });
    await muted.waitFor({ state: 'detached', ...PATIENCE });
    await Promise.all([desk.leave(), national.leave()]);
  },
);

/** Every sound of this page, so that it can be taken away. */
async function keepAudio(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept: AudioContext[] = [];
    Object.assign(globalThis, { kengAudio: kept });
    globalThis.AudioContext = class extends AudioContext {
      constructor(options?: AudioContextOptions) {
        super(options);
        kept.push(this);
      }
    };
  });
}

async function secondAdministrator(): Promise<{ readonly login: string; readonly password: string }> {
  const login = 'second.admin';
  const added = await rig.keng('user', 'add', '--login', login, '--role', 'administrator');
  const printed = /shown only now: (\S+)/.exec(added.output)?.[1] ?? '';
  const password = 'nobody else knows these words';
  const before = await rig.logIn(login, printed);
  await before.post('/session/password', { current: printed, next: password });
  return { login, password };
}

/** The duty day in Viet Nam, which begins in the morning. */
function day(): string {
  return new Date(Date.now() + 7 * 3_600_000 - 7.5 * 3_600_000).toISOString().slice(0, 10);
}
