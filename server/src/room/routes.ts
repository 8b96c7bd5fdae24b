import type { IncidentService } from '../incidents/index.ts';
import type { Route } from '../platform/http/index.ts';
import { dutyRoutes } from './duty-routes.ts';
import { fallbackRoutes } from './fallback-routes.ts';
import { paperRoutes } from './paper-routes.ts';
import { screenRoutes } from './screen-routes.ts';
import type { RoomService } from './service.ts';
import { shelfRoutes } from './shelf-routes.ts';
import { shiftRoutes } from './shift-routes.ts';

export interface RoomDependencies {
  readonly room: RoomService;
  readonly incidents: IncidentService;
}

export function roomRoutes({ room, incidents }: RoomDependencies): Route[] {
  return [
    ...shiftRoutes(room),
    ...screenRoutes(),
    ...dutyRoutes(room.policy),
    ...fallbackRoutes(),
    ...paperRoutes(incidents),
    ...shelfRoutes(incidents, room.policy),
  ];
}
