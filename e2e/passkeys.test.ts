import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { logInWithForm, lookAt, type Person, word } from './person.ts';
import { type Rig, startRig } from './rig.ts';

/** Keys in a real browser: Chromium's own virtual authenticator answers as a security key with a PIN does. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let rig: Rig;
let browser: Browser;
/** By name: WebAuthn knows no bare addresses. */
let address: string;

beforeAll(async () => {
  [rig, browser] = await Promise.all([
    startRig({ facilities: 10, settings: { KENG_PASSKEY_ROLES: 'administrator' } }),
    launchBrowser(),
  ]);
  address = rig.url.replace('127.0.0.1', 'localhost');
});

afterAll(async () => {
  await browser?.close();
  await rig?.remove();
});

interface Authenticator {
  readonly cdp: CDPSession;
  readonly id: string;
}

async function plugIn(page: Page): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id: authenticatorId };
}

const press = (page: Page, key: string) => page.getByRole('button', { name: word(key), exact: true }).click();
const leave = async ({ page }: Person) => {
  await page.locator('header [aria-haspopup=menu]').last().click();
  await page.getByRole('menuitem', { name: word('login.leave') }).click();
  await page.getByLabel(word('login.login'), { exact: true }).waitFor();
};
const methodOf = (page: Page): Promise<string> =>
  page.evaluate(async () => ((await (await fetch('/api/session')).json()) as { method: string }).method);
const refusals = async (): Promise<string[]> => {
  const auditor = await rig.logIn('auditor');
  const { entries } = await auditor.get<{ entries: { body: { reason: string } }[] }>(
    '/log?before=9007199254740991&kind=session.refused',
  );
  return entries.map((entry) => entry.body.reason);
};

async function registerKey(page: Page, name: string): Promise<void> {
  await page.getByLabel(word('account.key-name'), { exact: true }).fill(name);
  await page.getByLabel(word('account.password-again'), { exact: true }).fill(rig.password);
  await page
    .locator('form')
    .getByRole('button', { name: word('account.add-key') })
    .click();
}

test('a role that needs a key gets nothing before it has one, then logs in with both, then with the key alone', async () => {
  const person = await lookAt(browser, `${address}/users`);
  const { page } = person;
  const authenticator = await plugIn(page);
  await logInWithForm(page, 'admin', rig.password);
  await page.getByRole('heading', { name: word('account.missing-title') }).waitFor();
  const refused = await page.evaluate(async () => {
    const answer = await fetch('/api/users');
    return [answer.status, ((await answer.json()) as { code: string }).code];
  });
  expect(refused).toEqual([403, 'session.passkey-missing']);
  await registerKey(page, 'Key ring');
  await page.getByRole('banner').waitFor();
  await leave(person);

  await logInWithForm(page, 'admin', rig.password);
  await page.getByRole('banner').waitFor();
  expect(await methodOf(page)).toBe('password+passkey');
  await leave(person);

  const answers: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/session/passkey')) answers.push(request.postData() ?? '');
  });
  await press(page, 'login.key');
  await page.getByRole('banner').waitFor();
  expect(await methodOf(page)).toBe('passkey');

  // The same answer once more, from the same browser: it was for one question, and that is over.
  const again = await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/session/passkey', { method: 'POST', headers, body });
    return ((await answer.json()) as { code: string }).code;
  }, answers[0] ?? null);
  expect(again).toBe('session.step-over');
  await leave(person);

  // A key on a desk, without the PIN of its owner.
  await authenticator.cdp.send('WebAuthn.setUserVerified', {
    authenticatorId: authenticator.id,
    isUserVerified: false,
  });
  await press(page, 'login.key');
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('banner').count()).toBe(0);
  await authenticator.cdp.send('WebAuthn.setUserVerified', {
    authenticatorId: authenticator.id,
    isUserVerified: true,
  });

  // A copy of the key, made when it had counted less.
  const { credentials } = await authenticator.cdp.send('WebAuthn.getCredentials', {
    authenticatorId: authenticator.id,
  });
  const [original] = credentials;
  if (!original) throw new Error('the authenticator has no key');
  await authenticator.cdp.send('WebAuthn.clearCredentials', { authenticatorId: authenticator.id });
  await authenticator.cdp.send('WebAuthn.addCredential', {
    authenticatorId: authenticator.id,
    credential: { ...original, signCount: 0 },
  });
  await press(page, 'login.key');
  await page.getByText(word('problem.session-passkey-refused')).waitFor();
  expect(await refusals()).toContain('passkey-copied');
  await person.leave();
});

test('a person has several keys with names, may ask for one after each password, and removes them', async () => {
  const person = await lookAt(browser, `${address}/account`);
  const { page } = person;
  const first = await plugIn(page);
  await logInWithForm(page, 'hanoi', rig.password);
  await page.getByRole('banner').waitFor();
  await press(page, 'account.add-key');
  await registerKey(page, 'Desk computer');
  const keys = page.getByRole('table', { name: word('account.keys') });
  await keys.getByText('Desk computer').first().waitFor();
  // Another one, from another pocket: while the first is plugged in, it may be the one that answers, that it is registered already.
  await first.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: first.id });
  const second = await plugIn(page);
  await page.waitForFunction(() => document.querySelector('[role=dialog]') === null);
  await press(page, 'account.add-key');
  await registerKey(page, 'Spare');
  await keys.getByText('Spare').first().waitFor();
  await press(page, 'account.second-factor-switch-on');
  await page
    .getByRole('dialog')
    .getByLabel(word('account.password-again'), { exact: true })
    .fill(rig.password);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('common.confirm') })
    .click();
  await page.getByText(word('account.second-factor-on'), { exact: true }).waitFor();

  // Elsewhere, without any key, the password alone is not enough.
  const elsewhere = await browser.newContext();
  const answer = await elsewhere.request.post(`${address}/api/session`, {
    data: { login: 'hanoi', password: rig.password },
  });
  expect(Object.keys((await answer.json()) as object)).toEqual(['secondFactor']);
  expect((await elsewhere.request.get(`${address}/api/session`)).status()).toBe(401);
  await elsewhere.close();

  await keys.getByRole('row').filter({ hasText: 'Spare' }).getByRole('button').click();
  await page
    .getByRole('dialog')
    .getByLabel(word('account.password-again'), { exact: true })
    .fill(rig.password);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('account.remove') })
    .click();
  await keys.getByText('Spare').first().waitFor({ state: 'detached' });
  await second.cdp.detach();
  await person.leave();
});

test('a code on paper lets somebody back in who has lost password and key', async () => {
  const made = await rig.keng('user', 'recover', '--login', 'hanoi', '--lost-keys');
  expect(made.code, made.output).toBe(0);
  const code = /shown only now: (\S+)/.exec(made.output)?.[1] ?? '';
  const person = await lookAt(browser, `${address}/account`);
  const { page } = person;
  await press(page, 'login.recover');
  await page.getByLabel(word('login.login'), { exact: true }).fill('hanoi');
  await page.getByLabel(word('login.code'), { exact: true }).fill(code.toUpperCase());
  await page.getByLabel(word('own-password.next'), { exact: true }).fill('words from the paper');
  await page.getByLabel(word('own-password.again'), { exact: true }).fill('words from the paper');
  await press(page, 'login.enter');
  await page.getByRole('banner').waitFor();
  expect(await methodOf(page)).toBe('recovery');
  await page.getByText(word('account.no-key')).waitFor();
  await person.leave();
});
