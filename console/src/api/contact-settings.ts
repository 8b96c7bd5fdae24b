import type { ContactPreference } from '@keng/model';
import { get, post, trusted } from './client.ts';

/** How one contact is told, as the centre knows it. */
export interface ContactSettings {
  readonly contact: {
    readonly id: string;
    readonly name: string;
    readonly order: number;
    readonly language: string;
  };
  readonly facility: { readonly id: string; readonly name: string };
  readonly hasEmail: boolean;
  readonly preference: ContactPreference | null;
  readonly browsers: number;
  readonly unansweredInARow: number;
  readonly reportedAt: string | null;
  /** Mail came back from the address that the register has. */
  readonly emailReturned: { readonly at: string; readonly status: string | null } | null;
  /** For the browser that asks to be told; null: web push is not there. */
  readonly pushKey: string | null;
}

/** Where the settings of a contact are changed: by the link of an alarm, or by a log-in. */
export type SettingsPlace = string;

export const placeOfLink = (token: string): SettingsPlace => `/owner/${encodeURIComponent(token)}`;
export const placeOfContact = ({ facility, contact }: ContactSettings): SettingsPlace =>
  `/my/facilities/${facility.id}/contacts/${contact.id}`;

export const loadSettings = (token: string): Promise<ContactSettings> =>
  get(`${placeOfLink(token)}/settings`, trusted<ContactSettings>());

export const loadMyContacts = (signal?: AbortSignal): Promise<readonly ContactSettings[]> =>
  get('/my/contacts', (json) => trusted<{ contacts: readonly ContactSettings[] }>()(json).contacts, signal);

export const savePreference = (
  place: SettingsPlace,
  preference: ContactPreference,
): Promise<ContactSettings> => post(`${place}/preference`, preference, trusted<ContactSettings>());

/** The address from which mail came back takes mail again. */
export const sayEmailWorks = (place: SettingsPlace): Promise<ContactSettings> =>
  post(`${place}/email-works`, {}, trusted<ContactSettings>());

const WORKER = '/push-worker.js';

/** Can this browser be told at all? Not without TLS, and on some telephones only from the home screen. */
export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
}

/** The subscription of this browser, if it has one. */
export async function ownSubscription(): Promise<PushSubscription | null> {
  if (!canPush()) return null;
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** null: the person, or the browser for them, said no. */
export async function startPush(place: SettingsPlace, key: string): Promise<ContactSettings | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  const registration = await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
  const subscription = await subscribe(registration, bytesOf(key));
  const { endpoint, keys } = subscription.toJSON();
  return await post(`${place}/push`, { endpoint, keys }, trusted<ContactSettings>());
}

export async function stopPush(place: SettingsPlace): Promise<ContactSettings | null> {
  const subscription = await ownSubscription();
  if (subscription === null) return null;
  // Only this contact: another one of the same browser is told on.
  return await post(`${place}/push/remove`, { endpoint: subscription.endpoint }, trusted<ContactSettings>());
}

/** A subscription for another key, from before the centre had this one, is replaced. */
async function subscribe(
  { pushManager }: ServiceWorkerRegistration,
  key: Uint8Array<ArrayBuffer>,
): Promise<PushSubscription> {
  const known = await pushManager.getSubscription();
  const same = known?.options.applicationServerKey;
  if (known && same && equal(new Uint8Array(same), key)) return known;
  await known?.unsubscribe();
  return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
