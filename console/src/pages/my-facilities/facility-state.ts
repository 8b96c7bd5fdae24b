import type { DeviceItem } from '@keng/model';
import type { MyWorks } from '../../api/mine.ts';
import { worksPhase } from '../works/works-phase.ts';

/** What an owner has to know of a facility, the worst first; `ok` only when nothing else is so. */
export const FACILITY_STATES = ['alarm', 'lost', 'never', 'fault', 'silent', 'no-device', 'ok'] as const;
export type MyFacilityState = (typeof FACILITY_STATES)[number];

export interface FacilityNow {
  readonly alarming: boolean;
  /** null while they are loaded: nothing can be said of them, and nothing is. */
  readonly devices: readonly Pick<DeviceItem, 'condition' | 'health'>[] | null;
  readonly works: readonly Pick<MyWorks, 'from' | 'until' | 'calledBack'>[];
}

export function statesOf({ alarming, devices, works }: FacilityNow, now: number): MyFacilityState[] {
  const is = (condition: DeviceItem['condition']) => devices?.some((one) => one.condition === condition);
  const holds: Readonly<Record<Exclude<MyFacilityState, 'ok'>, boolean | undefined>> = {
    alarm: alarming,
    lost: is('lost'),
    never: is('never'),
    // A device that is lost may have been broken before.
    fault: devices?.some((one) => (one.health?.faults.length ?? 0) > 0),
    silent: works.some((one) => worksPhase({ ...one, ended: null }, now) === 'silent'),
    'no-device': devices?.length === 0,
  };
  const found = FACILITY_STATES.filter((state) => state !== 'ok' && holds[state]);
  if (found.length > 0 || devices === null) return found;
  return ['ok'];
}
