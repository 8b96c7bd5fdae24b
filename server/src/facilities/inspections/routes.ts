import type { Route } from '../../platform/http/index.ts';
import type { DutyFacts } from './duty-rules.ts';
import { firePlanRoutes } from './fire-plan-routes.ts';
import { inspectionRoutes } from './inspection-routes.ts';
import { overdueRoutes } from './overdue-routes.ts';
import { selfInspectionRoutes } from './self-inspection-routes.ts';

export interface SafetyRoutesDeps {
  readonly facts: DutyFacts;
  readonly wallClock: () => Date;
}

export function safetyRoutes(deps: SafetyRoutesDeps): Route[] {
  return [
    ...firePlanRoutes(deps),
    ...selfInspectionRoutes(deps),
    ...inspectionRoutes(deps),
    ...overdueRoutes(deps),
  ];
}
