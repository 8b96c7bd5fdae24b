import type { DeviceItem, DevicePage, OwnerAnswer } from '@keng/model';
import { useQuery } from '@tanstack/react-query';
import { get, post, trusted } from './client.ts';
import { type OwnerAlarmView, PATIENCE_MS } from './owner.ts';

/*
 * What an owner with a log-in sees of the own facilities. There is no feed for owners: what alarms is looked at every few
 * seconds, as the page behind a link does; the rest more slowly.
 */

export interface MyAlarms {
  readonly now: string;
  /** What is open, the newest first, then what was closed within a day. */
  readonly alarms: readonly OwnerAlarmView[];
  readonly next: string | null;
  readonly emergencyNumber: string | null;
}

export const MY_ALARMS = ['my-alarms'] as const;
const LOOK_EVERY_MS = 4_000;
/** An owner with more alarms than this at once calls. */
const MOST_ALARMS = 50;

export function useMyAlarms() {
  return useQuery({
    queryKey: MY_ALARMS,
    queryFn: () =>
      get(`/my/alarms?limit=${MOST_ALARMS}`, trusted<MyAlarms>(), AbortSignal.timeout(PATIENCE_MS)),
    refetchInterval: LOOK_EVERY_MS,
    retry: false,
    // Our own count of what is old: a browser that calls itself offline may be wrong.
    networkMode: 'always',
  });
}

type MyAlarm = OwnerAlarmView & { readonly now: string };
const pathOf = (incident: string): string => `/my/alarms/${encodeURIComponent(incident)}`;

export const sendMyAnswer = (incident: string, answer: OwnerAnswer): Promise<MyAlarm> =>
  post(`${pathOf(incident)}/answer`, { answer }, trusted<MyAlarm>());

export const tellMyMeasuresShown = (incident: string): Promise<MyAlarm> =>
  post(`${pathOf(incident)}/measures-shown`, {}, trusted<MyAlarm>());

export interface MyWorks {
  readonly id: string;
  readonly facilityId: string;
  readonly transmitterId: string;
  readonly zones: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly requestedBy: string | null;
  readonly purpose?: 'test';
  readonly calledBack: { readonly contactName: string; readonly at: string } | null;
  readonly mutedSignals: number;
}

export function useMyWorks(select: (works: readonly MyWorks[]) => readonly MyWorks[] = (works) => works) {
  return useQuery({
    queryKey: ['my-works'],
    queryFn: ({ signal }) =>
      get('/my/works', (json) => trusted<{ works: readonly MyWorks[] }>()(json).works, signal),
    refetchInterval: 15_000,
    select,
  });
}

/** All transmitters of the own facilities. */
export function useMyDevices() {
  return useQuery({
    queryKey: ['my-devices'],
    queryFn: async ({ signal }) => {
      const devices: DeviceItem[] = [];
      for (let cursor: string | null = null; ; ) {
        const more: string = cursor === null ? '' : `&cursor=${cursor}`;
        const page: DevicePage = await get(`/my/devices?limit=500${more}`, trusted<DevicePage>(), signal);
        devices.push(...page.devices);
        if (page.next === null) return devices;
        cursor = page.next;
      }
    },
    refetchInterval: 5_000,
  });
}
