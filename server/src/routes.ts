import { type AreaRoutesDeps, areaRoutes } from './areas/index.ts';
import { dutyCheckRoutes } from './duty-checks/index.ts';
import { type ErasureDeps, erasureRoutes } from './erasure/index.ts';
import { type FacilityRoutesDeps, facilityRoutes } from './facilities/index.ts';
import { type IncidentService, incidentRoutes } from './incidents/index.ts';
import { type IntakeRoutesDeps, intakeRoutes } from './intake/index.ts';
import { type LiveDependencies, liveRoutes } from './live/index.ts';
import { type NotifyRouteOptions, notifyRoutes } from './notify/index.ts';
import { type NumberRouteOptions, numberRoutes } from './numbers/index.ts';
import { organisationRoutes } from './organisations/index.ts';
import { type PeopleDeps, peopleRoutes } from './people/index.ts';
import type { Route } from './platform/http/index.ts';
import { probeRoutes } from './probes/index.ts';
import { type RecordDependencies, recordRoutes } from './record/index.ts';
import { type RoomDependencies, roomRoutes } from './room/index.ts';
import { type WorksService, worksRoutes } from './works/index.ts';

/** What the modules need, each under its own name. */
export interface RouteDeps {
  readonly people: PeopleDeps;
  readonly live: LiveDependencies;
  readonly record: RecordDependencies;
  readonly areas: AreaRoutesDeps;
  readonly erasure: ErasureDeps;
  readonly facilities: FacilityRoutesDeps;
  readonly incidents: IncidentService;
  readonly intake: IntakeRoutesDeps;
  readonly notify: NotifyRouteOptions;
  readonly numbers: NumberRouteOptions;
  readonly works: WorksService;
  readonly room: RoomDependencies;
}

/** Every route of a centre. The matrix test walks this list with every role. */
export function allRoutes(deps: RouteDeps): Route[] {
  return [
    ...peopleRoutes(deps.people),
    ...organisationRoutes(),
    ...areaRoutes(deps.areas),
    ...facilityRoutes(deps.facilities),
    ...erasureRoutes(deps.erasure),
    ...incidentRoutes({ incidents: deps.incidents }),
    ...worksRoutes({ works: deps.works }),
    ...roomRoutes(deps.room),
    ...intakeRoutes(deps.intake),
    ...dutyCheckRoutes(),
    ...notifyRoutes(deps.notify),
    ...numberRoutes(deps.numbers),
    ...probeRoutes(),
    ...recordRoutes(deps.record),
    ...liveRoutes(deps.live),
  ];
}
