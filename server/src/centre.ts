import {
  checkDurability,
  type DatabaseAddress,
  openPool,
  type ProcessRole,
  type Secrets,
  type Settings,
} from './platform/index.ts';

export interface RunningCentre {
  /** Where it listens, by the name of the setting, e.g. `{ http: '127.0.0.1:8114' }`. */
  readonly listening: Readonly<Record<string, string>>;
  /** Stops accepting, drains what was accepted, closes. */
  stop(): Promise<void>;
}

/** Builds the part of one centre that this process has the roles for. */
export async function startCentre(
  _settings: Settings,
  roles: readonly ProcessRole[],
  address: DatabaseAddress,
  _secrets: Secrets,
): Promise<RunningCentre> {
  const pool = openPool({ address, role: 'keng_core', applicationName: `keng-${roles.join('-')}` });
  try {
    await checkDurability(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { listening: {}, stop: () => pool.end() };
}
