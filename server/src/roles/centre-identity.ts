import { PlatformError, type Pool } from '../platform/index.ts';

export interface CentreIdentity {
  readonly origin: string;
  readonly epoch: number;
}

/** Who this centre is in every log it takes part in. */
export async function readCentre(pool: Pool): Promise<CentreIdentity> {
  const { rows } = await pool.query<CentreIdentity>('select origin, epoch from centre');
  const centre = rows[0];
  if (!centre) {
    throw new PlatformError(
      'centre-unknown',
      'the database does not say which centre it is',
      'run `keng migrate`, then start again',
    );
  }
  return centre;
}

/** Writes down who this centre is at its first start, as keng_owner; refuses another name later. */
export async function establishCentre(owner: Pool, origin: string, country: string): Promise<CentreIdentity> {
  await owner.query('insert into centre (origin, country) values ($1, $2) on conflict do nothing', [
    origin,
    country,
  ]);
  const centre = await readCentre(owner);
  if (centre.origin !== origin) {
    throw new PlatformError(
      'centre-renamed',
      `this database belongs to the centre ${centre.origin}, not to ${origin}`,
      `start with --origin ${centre.origin}, or give another data folder`,
    );
  }
  return centre;
}
