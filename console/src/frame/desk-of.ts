import type { Level } from '@keng/model';
import type { OrganisationItem } from '../api/queries.ts';
import type { SessionUser } from '../api/session.ts';

/**
 * The level whose alarms this person must hear. While the list of organisations is not here, the roles say it: better a
 * desk that sounds for too much than one that is silent.
 */
export function deskOf(user: SessionUser, organisations: readonly OrganisationItem[]): Level {
  const own = organisations.find((one) => one.code === user.organisation);
  if (own) return own.level;
  if (user.roles.includes('national-duty-officer')) return 'national';
  if (user.roles.includes('station-officer')) return 'station';
  return 'province';
}
