import type { DemonstrationFacility } from '@keng/country-vn';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { lookAt, PHONE, sitDown, word } from './person.ts';
import { type Rig, startRig } from './rig.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let rig: Rig;
let browser: Browser;
/** The one that the log-in `owner` owns. */
let facility: DemonstrationFacility;
let facilityId: string;

beforeAll(async () => {
  [rig, browser] = await Promise.all([startRig(), launchBrowser()]);
  const api = await rig.logIn('owner');
  const { facilities } = await api.get<{ facilities: { id: string; name: string }[] }>('/facilities');
  const found = rig.facilities.find((one) => one.name === facilities[0]?.name);
  if (!found) throw new Error('the owner of the demonstration owns nothing');
  facility = found;
  facilityId = facilities[0]?.id ?? '';
});

afterAll(async () => {
  await browser?.close();
  await rig?.remove();
});

interface Incident {
  readonly id: string;
  readonly owner: { readonly answers: { contactId: string | null; name: string; answer: string }[] };
}
interface Entry {
  readonly kind: string;
  readonly actor: { readonly kind: string; readonly name?: string };
}

test('a device is never heard until it speaks; then its page and the list say so, without a reload', async () => {
  const other = rig.facilities.find((one) => one.station === facility.station && one !== facility);
  if (!other) throw new Error('the station has one facility only');
  const api = await rig.logIn('hanoi');
  const { facilities } = await api.get<{ facilities: { id: string }[] }>(
    `/facilities?search=${encodeURIComponent(other.code)}`,
  );
  const { page, leave } = await sitDown(browser, rig, 'hanoi', `/facilities/${facilities[0]?.id}`);
  const device = page.getByRole('article', {
    name: word('register.account-of', 'en', { account: other.transmitters[0]?.account ?? '' }),
  });
  await device.getByText(word('device.line-never')).waitFor();
  expect(await rig.panelOf(other).send({ kind: 'heartbeat', zone: null })).toBe('ACK');
  await device.getByText(word('device.line-up'), { exact: true }).waitFor();
  await page.goto(`${rig.url}/devices?state=ok`);
  await page.getByRole('row').filter({ hasText: other.name }).waitFor();
  const { counts } = await api.get<{ counts: Record<string, number> }>('/devices?limit=1');
  const { all, ...parts } = counts;
  expect(Object.values(parts).reduce((sum, count) => sum + count)).toBe(all);
  const shown = page.getByRole('radio', { name: `${word('device.filter-ok')} ${counts.ok}` });
  await expect.poll(() => shown.isChecked()).toBe(true);
  await leave();
});

test('an owner who has logged in sees the alarm arrive, answers, and is told what to do first', async () => {
  const { page, leave } = await sitDown(browser, rig, 'owner', '/my-facilities', { viewport: PHONE });
  await page.getByText(word('mine.alarms-none')).waitFor();
  const [zone] = facility.transmitters[0]?.zones ?? [];
  if (!zone) throw new Error(`${facility.code} has no zone`);
  expect(await rig.panelOf(facility).send({ kind: 'alarm', zone })).toBe('ACK');
  const alarm = page.getByRole('article');
  await alarm.getByRole('heading', { name: word('owner-page.question') }).waitFor();
  await alarm.getByRole('button', { name: word('owner-page.answer-checking') }).click();
  await alarm.getByRole('heading', { name: word('owner-page.measures') }).waitFor();
  // The receipt is what the centre says, not the button.
  await alarm
    .getByRole('status')
    .filter({ hasText: word('owner-page.answer-checking') })
    .waitFor();

  const desk = await rig.logIn('hanoi');
  const { incidents } = await desk.get<{ incidents: Incident[] }>(`/incidents?facility=${facilityId}`);
  const incident = incidents[0];
  expect(incident?.owner.answers).toMatchObject([{ contactId: null, answer: 'checking' }]);
  await expect
    .poll(
      async () => {
        const { entries } = await desk.get<{ entries: Entry[] }>(`/incidents/${incident?.id}/chronology`);
        return (
          entries
            .filter((one) => ['incident.owner-answered', 'incident.measures-shown'].includes(one.kind))
            // Both leave the telephone at the same moment.
            .map((one) => [one.kind, one.actor.kind, one.actor.name])
            .sort()
        );
      },
      { timeout: 45_000 },
    )
    .toEqual([
      ['incident.measures-shown', 'user', incident?.owner.answers[0]?.name],
      ['incident.owner-answered', 'user', incident?.owner.answers[0]?.name],
    ]);

  await page.reload();
  const pressed = page.getByRole('button', { name: word('owner-page.answer-checking'), pressed: true });
  await pressed.waitFor();
  await leave();
});

test('on a telephone every place is reached by touch, and by keyboard alone', async () => {
  const { page, leave } = await sitDown(browser, rig, 'hanoi', '/devices', { viewport: PHONE });
  const names = page.getByRole('navigation', { name: word('place.navigation') });
  const links = names.getByRole('link');
  const toggle = page.getByRole('banner').getByRole('button', { name: word('place.devices') });
  await toggle.click();
  await names.getByRole('link', { name: word('place.works') }).click();
  await page.getByRole('heading', { level: 1, name: word('place.works') }).waitFor();
  await expect.poll(() => links.count(), { message: 'the list closes behind whoever has chosen' }).toBe(0);

  const open = page.getByRole('banner').getByRole('button', { name: word('place.works') });
  await open.focus();
  await page.keyboard.press('Enter');
  await links.first().waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => links.count()).toBe(0);
  await page.keyboard.press('Enter');
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: word('place.facilities') }).waitFor();
  await leave();
});

test('the name of the Chinese language is drawn before anybody chooses it', async () => {
  const { page, leave } = await lookAt(browser, `${rig.url}/owner/${'A'.repeat(32)}`, { viewport: PHONE });
  await page.getByRole('button', { name: '中文' }).waitFor();
  const loaded = () =>
    page.evaluate(() =>
      [...document.fonts]
        .filter((face) => face.status === 'loaded' && face.family.includes('Noto Sans SC'))
        .map((face) => face.unicodeRange)
        .sort(),
    );
  await expect.poll(loaded, { timeout: 45_000 }).toEqual(['U+4E2D', 'U+6587']);
  await leave();
});
