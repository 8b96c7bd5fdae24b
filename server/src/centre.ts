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
import { countryPack } from './roles/country.ts';
import { type OpenSurroundings, openSurroundings, type RunningRole } from './roles/role.ts';

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

type StartRole = (surroundings: OpenSurroundings) => Promise<RunningRole>;

/**
 * In the order in which they start; they stop in this order, too: whatever was accepted is stored before its readers end.
 * A process loads the code of its own roles alone: a receiver that was killed is back in half the time.
 */
const ROLES: readonly (readonly [ProcessRole, () => Promise<StartRole>])[] = [
  ['receiver', async () => (await import('./roles/receiver-role.ts')).startReceiverRole],
  ['web', async () => (await import('./roles/web-role.ts')).startWebRole],
  ['supervisor', async () => (await import('./roles/supervisor-role.ts')).startSupervisorRole],
  ['consumer', async () => (await import('./roles/consumer-role.ts')).startConsumerRole],
  ['sender', async () => (await import('./roles/sender-role.ts')).startSenderRole],
  ['sequencer', async () => (await import('./roles/sequencer-role.ts')).startSequencerRole],
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
    for (const [role, load] of ROLES) {
      if (!roles.includes(role)) continue;
      const start = await load();
      running.push(await start(surroundings));
    }
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
