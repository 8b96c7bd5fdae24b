import { PLAIN_POLICY } from './identity-policy.ts';
import type { LogInDeps } from './log-in.ts';
import type { PeopleDeps } from './routes.ts';

export function logInDepsOf(deps: PeopleDeps): LogInDeps {
  return { ...deps, world: deps.sessions.world, policy: deps.policy ?? PLAIN_POLICY };
}
