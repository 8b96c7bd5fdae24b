import { randomBytes } from 'node:crypto';
import type { DemonstrationFacility } from '@keng/country-vn';
import { signRequest } from '@keng/device-api';
import type { CentreApi } from './centre-api.ts';

/** What a demonstration centre has not by itself: a device with values, and a facility that stands in the register twice. */

const ACCOUNT = 'A10001';
const VALUES = 240;
const KNOWN_WITHIN_MS = 30_000;
const AGAIN_MS = 200;
const STEP_MS = 5 * 60_000;

interface Registered {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  readonly contacts: readonly { readonly id: string }[];
  readonly transmitters: readonly { readonly id: string; readonly account: string }[];
}

export async function facilityId(api: CentreApi, { code }: DemonstrationFacility): Promise<string> {
  const path = `/facilities?search=${encodeURIComponent(code)}`;
  const [found] = (await api.get<{ facilities: { id: string }[] }>(path)).facilities;
  if (!found) throw new Error(`${code} is not in the register`);
  return found.id;
}

/** Gives the facility a device that speaks the Device API; it says how the pressure went in the last day. */
export async function addDeviceWithValues(admin: CentreApi, id: string, deviceApi: string): Promise<void> {
  const { id: _id, ...facility } = await admin.get<Registered>(`/facilities/${id}`);
  const device = {
    protocol: 'device-api',
    account: ACCOUNT,
    model: 'Tủ bơm (giả lập)',
    reportingSeconds: 1_800,
    zones: [],
  };
  const { transmitters } = await admin.put<Registered>(`/facilities/${id}`, {
    ...facility,
    transmitters: [...facility.transmitters, device],
  });
  const added = transmitters.find((one) => one.account === ACCOUNT);
  const key = randomBytes(16);
  await admin.post(`/facilities/${id}/transmitters/${added?.id}/key`, {
    key: key.toString('hex'),
    form: 'hex',
  });
  await send(deviceApi, key, valuesUntil(Date.now()));
}

function valuesUntil(now: number) {
  const pressure = Array.from({ length: VALUES }, (_, index) => ({
    kind: 'pressure',
    part: 1,
    unit: 'kPa',
    // The pump rests, and runs once.
    value: Math.round(604 + 6 * Math.sin(index / 9) - (index > 150 && index < 162 ? 60 : 0)),
    at: new Date(now - (VALUES - index) * STEP_MS).toISOString(),
  }));
  return [...pressure, { kind: 'temperature', part: 2, unit: '°C', value: 31.5 }];
}

async function send(deviceApi: string, key: Buffer, measurements: readonly unknown[]): Promise<void> {
  const target = '/api/device/v1/measurements';
  const body = Buffer.from(JSON.stringify({ measurements }));
  const until = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    const headers = signRequest({ method: 'POST', target }, body, { keyId: ACCOUNT, key }, Date.now());
    const response = await fetch(`${deviceApi}${target}`, { method: 'POST', headers: { ...headers }, body });
    if (response.ok) return;
    // A receiver hears of a new device a moment after the register.
    if (response.status !== 401 || Date.now() > until)
      throw new Error(`measurements: ${response.status} ${await response.text()}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Somebody registers the facility a second time, spelt otherwise. */
export async function registerTwice(admin: CentreApi, id: string): Promise<void> {
  const { id: _id, revision: _revision, ...facility } = await admin.get<Registered>(`/facilities/${id}`);
  await admin.post('/facilities', {
    ...facility,
    reference: null,
    name: facility.name.toUpperCase(),
    contacts: facility.contacts.map(({ id: _contact, ...contact }) => contact),
    transmitters: [],
  });
}
