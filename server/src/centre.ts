import { LIVE } from '@keng/model';
import {
  createLogger,
  type DatabaseAddress,
  ProcessMetrics,
  type ProcessRole,
  type RoleHealth,
  type Secrets,
  type Settings,
  systemClock,
} from './platform/index.ts';
import { startConsumerRole } from './roles/consumer-role.ts';
import { countryPack } from './roles/country.ts';
import { startReceiverRole } from './roles/receiver-role.ts';
import { type OpenSurroundings, openSurroundings, type RunningRole } from './roles/role.ts';
import { startSenderRole } from './roles/sender-role.ts';
import { startSequencerRole } from './roles/sequencer-role.ts';
import { startSupervisorRole } from './roles/supervisor-role.ts';
import { startWebRole } from './roles/web-role.ts';

export interface RunningCentre {
  /** Where it listens, by the name of the setting, e.g. `{ http: '127.0.0.1:8114' }`. */
  readonly listening: Readonly<Record<string, string>>;
  /** What this process counts, and how its roles are. */
  report(): Promise<CentreReport>;
  /** Stops accepting, drains what was accepted, closes. */
  stop(): Promise<void>;
}

export interface CentreReport {
  readonly metrics: readonly object[];
  readonly health: readonly RoleHealth[];
}

/** In the order in which they start; they stop in this order, too: whatever was accepted is stored before its readers end. */
const ROLES: readonly (readonly [ProcessRole, (surroundings: OpenSurroundings) => Promise<RunningRole>])[] = [
  ['receiver', startReceiverRole],
  ['web', startWebRole],
  ['supervisor', startSupervisorRole],
  ['consumer', startConsumerRole],
  ['sender', startSenderRole],
  ['sequencer', startSequencerRole],
];

/** Builds the part of one centre that this process has the roles for. */
export async function startCentre(
  settings: Settings,
  roles: readonly ProcessRole[],
  address: DatabaseAddress,
  secrets: Secrets,
): Promise<RunningCentre> {
  const metrics = new ProcessMetrics(roles.join('+'));
  const surroundings = await openSurroundings(
    {
      settings,
      secrets,
      address,
      clock: systemClock,
      world: LIVE,
      country: countryPack(settings.country),
      log: createLogger(roles.join('+')),
      metrics,
    },
    roles,
  );
  const running: RunningRole[] = [];
  const stop = async (): Promise<void> => {
    for (const role of running.splice(0)) await role.stop();
    await surroundings.close();
  };
  try {
    for (const [role, start] of ROLES) if (roles.includes(role)) running.push(await start(surroundings));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    listening: Object.assign({}, ...running.map((role) => role.listening ?? {})),
    report: async () => ({
      metrics: await metrics.report(),
      health: await Promise.all(running.flatMap((role) => (role.health ? [role.health()] : []))),
    }),
    stop,
  };
}
