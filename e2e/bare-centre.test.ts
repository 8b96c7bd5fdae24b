import { Panel, TcpLink, UdpLink } from '@keng/simulator';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import type { CentreApi } from './centre-api.ts';
import { logInWithForm, lookAt, sitDown, word } from './person.ts';
import { type Rig, startRig } from './rig.ts';

/** What the documentation tells somebody who starts with nothing: serve, a first user, a device by the API, its frames. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let rig: Rig;
let browser: Browser;
let administrator: CentreApi;
let password: string;
/** Of `second.admin`, as it was printed. */
let temporary: string;

const KEY = '000102030405060708090A0B0C0D0E0F';
const ZONES = [
  { number: '1', label: 'Sảnh', kind: 'manual' },
  { number: '2', label: 'Bếp', kind: 'heat' },
] as const;

beforeAll(async () => {
  [rig, browser] = await Promise.all([startRig({ kind: 'bare' }), launchBrowser()]);
  const first = await addAdministrator('first.admin');
  temporary = await addAdministrator('second.admin');
  await addAdministrator('third.admin');
  // The centre answers nothing else before the printed password is changed.
  password = 'nobody else knows these words';
  const before = await rig.logIn('first.admin', first);
  await before.post('/session/password', { current: first, next: password });
  administrator = await rig.logIn('first.admin', password);
});

async function addAdministrator(login: string): Promise<string> {
  const name = 'Quản trị (giả lập)';
  const added = await rig.keng('user', 'add', '--login', login, '--role', 'administrator', '--name', name);
  expect(added.code, added.output).toBe(0);
  return /shown only now: (\S+)/.exec(added.output)?.[1] ?? '';
}

afterAll(async () => {
  await browser?.close();
  await rig?.remove();
});

interface Registered {
  readonly id: string;
  readonly transmitters: readonly { readonly id: string; readonly account: string }[];
}

test('a device registered by the API is heard at once: plain over UDP, then with its key over TCP, and no longer in plain', async () => {
  const facility = await administrator.post<Registered>('/facilities', {
    reference: 'GL-1',
    name: 'Nhà máy dệt (giả lập)',
    address: '1 đường Thử Nghiệm',
    areaCode: '01',
    communeCode: null,
    communeName: null,
    position: [105.85, 21.03],
    category: 'market',
    managingLevel: 'province',
    organisation: 'VN-PC07-01',
    contacts: [1, 2, 3].map((order) => ({
      order,
      name: `Người trực ${order} (giả lập)`,
      role: 'bảo vệ',
      telephone: `+8400000000${order}`,
      email: null,
      language: 'vi',
    })),
    transmitters: [{ protocol: 'dc09', account: 'A1B2', model: null, reportingSeconds: 300, zones: ZONES }],
    hazards: [],
    onSiteForce: { people: 0, description: '' },
    water: [],
    synthetic: true,
  });
  expect(await send('udp', null)).toBe('ACK');
  const transmitter = facility.transmitters[0]?.id ?? '';
  await administrator.post(`/facilities/${facility.id}/transmitters/${transmitter}/key`, {
    key: KEY,
    form: 'hex',
  });
  // The receiver follows the log: from the moment the change is there it wants the key.
  await expect.poll(() => send('tcp', null), { timeout: 20_000 }).not.toBe('ACK');
  expect(await send('tcp', KEY)).toBe('ACK');

  const dispatcher = await addDispatcher();
  const { incidents, refused } = await expect
    .poll(() => snapshot(dispatcher), { timeout: 20_000 })
    .toMatchObject({ incidents: [{ signalCount: acknowledged }] })
    .then(() => snapshot(dispatcher));
  expect(incidents).toHaveLength(1);
  expect(refused.map((entry) => entry.body.reason)).toContain('plain-from-keyed-account');
});

test('whoever has a password that somebody else set chooses their own before anything else', async () => {
  const { page, leave } = await lookAt(browser, `${rig.url}/users`);
  await logInWithForm(page, 'second.admin', temporary);
  const own = 'nobody else knows these words';
  const type = async (name: string, text: string) =>
    await page.getByLabel(word(`own-password.${name}`), { exact: true }).fill(text);
  const change = page.getByRole('button', { name: word('own-password.change') });
  await page.getByRole('heading', { name: word('own-password.title') }).waitFor();
  expect(await page.getByRole('banner').count()).toBe(0);
  await type('next', 'short');
  await type('again', 'shorter');
  await expect.poll(() => change.isDisabled()).toBe(true);
  await type('again', 'short');
  await change.click();
  await page.getByText(word('problem.password-too-short')).waitFor();
  // After a reload nobody knows any more what was typed at the log-in.
  await page.reload();
  await type('current', 'not the password');
  await type('next', own);
  await type('again', own);
  await change.click();
  await page.getByText(word('problem.session-refused')).waitFor();
  await type('current', temporary);
  await change.click();
  await page.getByRole('banner').waitFor();

  const row = (login: string) => page.getByRole('row').filter({ hasText: login });
  await row('third.admin').getByText(word('user.password-temporary')).waitFor();
  expect(await row('second.admin').getByText(word('user.password-temporary')).count()).toBe(0);
  await leave();
});

test('a CSV with bad rows says which and why, takes the good ones on request, and nothing by half', async () => {
  const { page, leave } = await sitDown(
    browser,
    { url: rig.url, password },
    'first.admin',
    '/facilities/import',
  );
  await page.locator('input[type=file]').setInputFiles({
    name: 'co-so.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(CSV, 'utf8'),
  });
  await page.getByText('contact2_telephone').first().waitFor();
  await page.getByText('category').first().waitFor();
  expect(await registered()).toEqual(['GL-1']);

  await page.getByRole('button', { name: word('import.take-good_one', 'en', { count: '1' }) }).click();
  await expect.poll(registered, { timeout: 20_000 }).toEqual(['CSV-1', 'GL-1']);
  await leave();
});

const HEADER =
  'reference,name,address,area,longitude,latitude,category,managing_level,contact1_name,contact1_telephone,contact2_name,contact2_telephone,contact3_name,contact3_telephone,transmitter1_account,transmitter1_zones';
const people = (second: string): string => `Một,+84000000011,Hai,${second},Ba,+84000000013`;
/** The first row is good; the second has a telephone that is none, the third a category that nobody knows. */
const CSV = [
  HEADER,
  `CSV-1,Trường học (giả lập),2 Trần Hưng Đạo,01,105.84,21.02,school,commune,${people('+84000000012')},B001,1:smoke:Tầng 1|2:manual:Sảnh`,
  `CSV-2,Chợ (giả lập),3 Trần Hưng Đạo,01,105.84,21.02,market,province,${people('gọi sau')},B002,1:smoke:Tầng 1`,
  `CSV-3,Rạp (giả lập),4 Trần Hưng Đạo,01,105.84,21.02,spaceport,province,${people('+84000000012')},B003,1:smoke:Tầng 1`,
  '',
].join('\r\n');

async function registered(): Promise<(string | null)[]> {
  const { facilities } = await administrator.get<{ facilities: { reference: string | null }[] }>(
    '/facilities',
  );
  return facilities.map((one) => one.reference).sort();
}

async function addDispatcher(): Promise<CentreApi> {
  const added = await rig.keng(
    'user',
    'add',
    '--login',
    'hanoi',
    '--role',
    'dispatcher',
    '--organisation',
    'VN-PC07-01',
  );
  expect(added.code, added.output).toBe(0);
  const printed = /shown only now: (\S+)/.exec(added.output)?.[1] ?? '';
  const before = await rig.logIn('hanoi', printed);
  const next = 'words of the duty desk';
  await before.post('/session/password', { current: printed, next });
  return await rig.logIn('hanoi', next);
}

interface Snapshot {
  readonly incidents: readonly { readonly signalCount: number }[];
  readonly refused: readonly { readonly body: { readonly reason: string } }[];
}
const snapshot = (api: CentreApi): Promise<Snapshot> => api.get<Snapshot>('/desk/snapshot');

let sent = 0;
let acknowledged = 0;
/** One alarm of the call point; 'none' when it was not acknowledged. */
async function send(over: 'tcp' | 'udp', keyHex: string | null): Promise<string> {
  sent += 1;
  const target = { host: '127.0.0.1', port: rig.dc09[over] };
  const panel = new Panel({
    transmitter: {
      synthetic: true,
      protocol: 'sia-dc09',
      token: 'SIA-DCS',
      account: 'A1B2',
      supervisionSeconds: 300,
      zones: [],
      ...(keyHex === null ? {} : { keyHex }),
    },
    link: over === 'tcp' ? new TcpLink(target) : new UdpLink(target),
    ledger: null,
    firstSequence: sent * 10,
    tries: 1,
  });
  const answer = await panel.send({
    kind: 'alarm',
    zone: { number: 1, label: 'Sảnh', kind: 'manual-call-point' },
  });
  panel.stop();
  if (answer === 'ACK') acknowledged += 1;
  return answer;
}
