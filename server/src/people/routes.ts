import type { Route } from '../platform/http/index.ts';
import type { Clock, Pool } from '../platform/index.ts';
import { accountRoutes } from './account-routes.ts';
import type { IdentityPolicy } from './identity-policy.ts';
import type { Provider } from './provider.ts';
import { providerRoutes } from './provider-routes.ts';
import { raisedRightsRoutes } from './raised-rights-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import type { SessionKeeper } from './sessions.ts';
import { userRoutes } from './user-routes.ts';
import { userWaysRoutes } from './user-ways-routes.ts';

export interface PeopleDeps {
  /** keng_web; only for what happens before somebody is logged in. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly sessions: SessionKeeper;
  /** Unset: passwords, and keys for whoever wants one. */
  readonly policy?: IdentityPolicy;
  readonly provider?: Provider | null;
}

export function peopleRoutes(deps: PeopleDeps): Route[] {
  return [
    ...sessionRoutes(deps),
    ...providerRoutes(deps),
    ...accountRoutes(deps),
    ...userRoutes(),
    ...userWaysRoutes(deps),
    ...raisedRightsRoutes(),
  ];
}
