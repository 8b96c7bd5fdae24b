import type { Permission } from '@keng/model';

export interface Place {
  readonly path: string;
  /** Key of its name. */
  readonly name: string;
  readonly needs: Permission;
}

/** Where one can go, in the order of the work; a place without the right is not shown. */
export const PLACES: readonly Place[] = [
  { path: '/desk', name: 'place.desk', needs: 'desk.read' },
  { path: '/station', name: 'place.station', needs: 'incident.station' },
  { path: '/shift', name: 'place.shift', needs: 'shift.read' },
  { path: '/works', name: 'place.works', needs: 'works.read' },
  { path: '/facilities', name: 'place.facilities', needs: 'facility.read' },
  { path: '/inspections', name: 'place.inspections', needs: 'inspection.read' },
  { path: '/my-facilities', name: 'place.my-facilities', needs: 'facility.own' },
  { path: '/contacts', name: 'place.contacts', needs: 'facility.read' },
  { path: '/devices', name: 'place.devices', needs: 'device.read' },
  { path: '/numbers', name: 'place.numbers', needs: 'numbers.read' },
  { path: '/users', name: 'place.users', needs: 'user.read' },
  { path: '/log', name: 'place.log', needs: 'log.read' },
  { path: '/system', name: 'place.system', needs: 'system.read' },
];

export function placesFor(permissions: ReadonlySet<Permission>): readonly Place[] {
  return PLACES.filter((place) => permissions.has(place.needs));
}

/** Where a person starts: a station team at its orders, everybody else at their first place. */
export function homeOf(permissions: ReadonlySet<Permission>): string | null {
  if (permissions.has('incident.station')) return '/station';
  if (permissions.has('inspection.write')) return '/inspections';
  return placesFor(permissions)[0]?.path ?? null;
}
