import type { DemonstrationFacility } from '@keng/country-vn';
import type { Browser } from 'playwright-core';
import type { CentreApi } from '../e2e/centre-api.ts';
import type { Rig } from '../e2e/rig.ts';
import { addDeviceWithValues, registerTwice } from '../e2e/synthetic.ts';
import { importCommunes } from './screenshots-communes.ts';

/** What the pictures show: a busy evening with a past. Everything is synthetic, and every name says so. */
const ALARMS = 14;
const DAY_MS = 86_400_000;

export interface Scene {
  readonly rig: Rig;
  readonly browser: Browser;
  /** Its alarm was confirmed by the owner and dispatched. */
  readonly burning: DemonstrationFacility;
  readonly burningId: string;
  /** Of the log-in `owner`: with papers of every kind, and a device that measures. */
  readonly ownedId: string;
}

interface Coded {
  readonly code: string;
}

interface FacilityState {
  readonly name: string;
  readonly contacts: readonly { readonly id: string; readonly name: string }[];
  readonly transmitters: readonly {
    readonly id: string;
    readonly zones: readonly { readonly number: string; readonly kind: string }[];
  }[];
}

/** Alarms in both cities, some accepted, one confirmed by its owner and under way; shifts, works, papers, rights. */
export async function setScene(rig: Rig, browser: Browser, deviceApi: string): Promise<Scene> {
  await importCommunes(rig);
  const [calls, desk] = [await rig.logIn('hanoi.calls'), await rig.logIn('hanoi')];
  await calls.post('/shift', { officers: [officer('Trực ban phụ (giả lập)')], heard: true });
  const owner = await rig.logIn('owner');
  const { facilities } = await owner.get<{ facilities: { id: string }[] }>('/facilities');
  const ownedId = facilities[0]?.id ?? '';
  const { reference } = await owner.get<{ reference: string }>(`/facilities/${ownedId}`);
  const burning = rig.facilities.find((one) => one.code === reference);
  if (!burning) throw new Error(`the demonstration data have no facility ${reference}`);
  const step = Math.floor(rig.facilities.length / ALARMS);
  const others = Array.from({ length: ALARMS }, (_, index) => rig.facilities[index * step]).filter(
    (one) => one !== undefined && one !== burning,
  );
  for (const facility of others) if (facility) await ring(rig, facility, 1);
  await ring(rig, burning, 3);
  const burningId = ownedId;
  const { incidents } = await until(
    () => desk.get<{ incidents: { id: string; facility: { id: string } }[] }>('/desk/snapshot'),
    (snapshot) => snapshot.incidents.some((one) => one.facility.id === burningId),
  );
  const mine = incidents.find((one) => one.facility.id === burningId);
  if (!mine) throw new Error('the alarm has no incident');
  await answerCall(rig, burning);
  await desk.post('/shift', {
    officers: [officer('Cán bộ một (giả lập)'), officer('Cán bộ hai (giả lập)')],
    heard: true,
  });
  const rest = incidents.filter((other) => other !== mine);
  for (const one of rest.slice(0, 5)) await desk.post(`/incidents/${one.id}/accept`, {});
  await closeSome(desk, rest.slice(0, 2));
  await desk.post(`/incidents/${mine.id}/claim`, {});
  await desk.post(`/incidents/${mine.id}/accept`, {});
  const station = await rig.logIn('station');
  await station.post(`/incidents/${mine.id}/station-accept`, {});
  await station.post(`/incidents/${mine.id}/station-report`, { state: 'preparing' });
  await desk.post('/duty/notes', {
    text: 'Đã báo điện lực: mất điện khu vực phố cổ từ 02:10 (giả lập)',
    late: null,
  });
  await papers(rig, browser, owner, ownedId);
  await planWorks(desk, burningId);
  await raiseRights(rig);
  await eraseSomebody(rig);
  const admin = await rig.logIn('admin');
  await addDeviceWithValues(admin, ownedId, deviceApi);
  await registerTwice(admin, burningId);
  return { rig, browser, burning, burningId, ownedId };
}

const officer = (name: string) => ({ id: null, name });

async function ring(rig: Rig, facility: DemonstrationFacility, zones: number): Promise<void> {
  const panel = rig.panelOf(facility);
  const spoken = facility.transmitters[0]?.zones.filter((zone) => zone.kind !== 'gas') ?? [];
  for (const zone of spoken.slice(1, 1 + zones)) await panel.send({ kind: 'alarm', zone });
}

async function answerCall(rig: Rig, burning: DemonstrationFacility): Promise<void> {
  const telephones = burning.contacts.map((contact) => contact.telephone);
  const book = rig.gateway.exchange.book;
  const call = await until(
    async () => book.calls().find((one) => telephones.includes(one.to)),
    (found) => found !== undefined,
  );
  if (call) await rig.gateway.exchange.press(call.id, '1');
}

async function closeSome(desk: CentreApi, incidents: readonly { readonly id: string }[]): Promise<void> {
  for (const [index, one] of incidents.entries())
    await desk.post(`/incidents/${one.id}/close`, {
      outcome: 'false',
      cause: index === 0 ? 'cooking' : 'dust',
      note: 'Đã kiểm tra tại chỗ (giả lập)',
    });
}

const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Drawing, plan, self-inspection, inspection with findings, declaration, test mode. */
async function papers(rig: Rig, browser: Browser, owner: CentreApi, id: string): Promise<void> {
  const facility = await owner.get<FacilityState>(`/facilities/${id}`);
  const facts = await owner.get<{
    facilityDuties: { checklist: readonly Coded[]; firePlan: readonly Coded[] };
  }>('/country');
  await owner.upload(
    `/facilities/${id}/plans?name=${encodeURIComponent('Mặt bằng tầng 1 (giả lập)')}&floor=1&file=tang-1.png`,
    await drawing(browser),
  );
  await owner.post(`/facilities/${id}/fire-plans`, {
    approvedOn: day(-200),
    approvedBy: 'Người đứng đầu cơ sở (giả lập)',
    fields: Object.fromEntries(
      facts.facilityDuties.firePlan.map(({ code }) => [code, 'Nội dung phương án (giả lập)']),
    ),
  });
  const checklist = facts.facilityDuties.checklist.map(({ code }, index) => ({
    code,
    result: index === 2 ? 'defect' : 'good',
    note: index === 2 ? 'Cửa thoát nạn bị chắn (giả lập)' : '',
  }));
  await owner.post(`/my/facilities/${id}/self-inspections`, {
    on: day(-3),
    inspectedBy: 'Người kiểm tra (giả lập)',
    items: checklist,
    remarks: '',
  });
  const inspector = await rig.logIn('inspector');
  await inspector.post(`/facilities/${id}/inspections`, {
    kind: 'periodic',
    on: day(-40),
    record: 'BB-01/GL',
    conclusion: 'Hai tồn tại, cho thời hạn khắc phục (giả lập)',
    findings: [
      { text: 'Lối thoát nạn tầng 2 để hàng hoá (giả lập)', article: null, deadline: day(-10) },
      { text: 'Thiếu đèn chỉ dẫn thoát nạn (giả lập)', article: null, deadline: day(20) },
    ],
  });
  const [transmitter] = facility.transmitters;
  const zone = transmitter?.zones.find((one) => one.kind !== 'manual');
  if (transmitter && zone)
    await owner.post(`/my/facilities/${id}/tests`, {
      transmitterId: transmitter.id,
      zones: [zone.number],
      until: new Date(Date.now() + 3_600_000).toISOString(),
      reason: 'Thử đầu báo hằng quý (giả lập)',
    });
}

/** A floor drawn by the browser, so that no file has to be kept. */
async function drawing(browser: Browser): Promise<Uint8Array<ArrayBuffer>> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 640 } });
  const page = await context.newPage();
  const room = (x: number, y: number, width: number, height: number, name: string): string =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#fff" stroke="#223" stroke-width="6"/>
     <text x="${x + 16}" y="${y + 36}" font-family="sans-serif" font-size="22">${name}</text>`;
  await page.setContent(`<body style="margin:0"><svg width="1000" height="640" style="background:#f4f4ef">
    ${room(40, 60, 300, 240, 'Kho (giả lập)')}${room(340, 60, 360, 240, 'Sảnh')}${room(700, 60, 260, 240, 'Bếp')}
    ${room(40, 300, 920, 120, 'Hành lang thoát nạn')}${room(40, 420, 460, 180, 'Phòng họp')}${room(500, 420, 460, 180, 'Văn phòng')}
    <circle cx="520" cy="180" r="14" fill="#c22"/><circle cx="820" cy="180" r="14" fill="#c22"/>
  </svg></body>`);
  const image = await page.screenshot();
  await context.close();
  return new Uint8Array(image);
}

async function planWorks(desk: CentreApi, id: string): Promise<void> {
  const facility = await desk.get<FacilityState>(`/facilities/${id}`);
  const [transmitter] = facility.transmitters;
  const zones = transmitter?.zones.filter((one) => one.kind !== 'manual').map((one) => one.number) ?? [];
  const plan = (reason: string, first: number) =>
    desk.post<{ id: string }>('/works', {
      facilityId: id,
      transmitterId: transmitter?.id,
      zones: zones.slice(first, first + 1),
      from: new Date(Date.now() - 1_000).toISOString(),
      until: new Date(Date.now() + 3 * 3_600_000).toISOString(),
      reason,
      requestedBy: 'Đơn vị thi công (giả lập)',
    });
  const over = await plan('Thay đầu báo khói (giả lập)', 1);
  await desk.post(`/works/${over.id}/end`, { reason: 'person' });
  const running = await plan('Hàn mái tôn (giả lập)', 2);
  await desk.post(`/works/${running.id}/call-back`, { contactId: facility.contacts[0]?.id });
  await plan('Sơn trần hành lang (giả lập)', 3);
}

async function raiseRights(rig: Rig): Promise<void> {
  const api = await rig.logIn('hcmc');
  const raised = await api.post<{ id: string }>('/raised-rights', {
    target: 'VN-PC07-01',
    role: null,
    reason: 'Mất điện tại phòng trực Hà Nội, nhận thay (giả lập)',
    minutes: 30,
  });
  await api.post(`/raised-rights/${raised.id}/end`, {});
}

/** A contact who has left their facility: erasure is asked for, and waits for a second person. */
async function eraseSomebody(rig: Rig): Promise<void> {
  const admin = await rig.logIn('admin');
  const { facilities } = await admin.get<{ facilities: { id: string }[] }>('/facilities?limit=50');
  const id = facilities.at(-1)?.id ?? '';
  const { id: _id, ...facility } = await admin.get<
    FacilityState & { readonly id: string; readonly revision: number }
  >(`/facilities/${id}`);
  const [first, ...rest] = facility.contacts;
  // Somebody new in their place: a facility needs three who can be called.
  const { id: _contact, ...successor } = { ...first, name: 'Người mới (giả lập)' };
  await admin.put(`/facilities/${id}`, { ...facility, contacts: [successor, ...rest] });
  await admin.post('/erasures', {
    facility: id,
    contact: first?.id,
    reason: 'Đề nghị bằng văn bản của chính người đó (giả lập)',
  });
}

export async function until<Value>(
  ask: () => Promise<Value>,
  good: (value: Value) => boolean,
): Promise<Value> {
  for (let tries = 0; tries < 300; tries += 1) {
    const value = await ask();
    if (good(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('waited a minute for the scene to be ready');
}
