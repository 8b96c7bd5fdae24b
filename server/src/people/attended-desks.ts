import { type OrganisationCode, type Permission, permissionsOf, ROLES, type World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { SESSION_LIMITS } from './sessions.ts';

export interface AttendedDesk {
  readonly organisation: OrganisationCode;
  /** The last log-in there that still holds. */
  readonly since: Date;
  /** When somebody there was last seen: their screen followed the live feed, or asked for something. */
  readonly seenAt: Date;
}

const rolesWith = (permission: Permission) => ROLES.filter((role) => permissionsOf([role]).has(permission));

/**
 * Desks at which somebody is logged in who may accept an alarm (or do what is asked for), and when they were last seen. A browser that was closed without
 * a log-out is logged in until its session is idle, but not seen.
 */
export async function attendedDesks(
  client: PoolClient,
  world: World,
  now: Date,
  permission: Permission = 'incident.accept',
): Promise<AttendedDesk[]> {
  const { rows } = await client.query<AttendedDesk>({
    name: 'people-attended-desks',
    text: `select u.organisation, max(s.created_at) as since, greatest(max(s.last_seen_at), max(p.seen_at)) as "seenAt"
      from session s join app_user u on u.world = s.world and u.id = s.user_id
        left join desk_presence p on p.world = s.world and p.organisation = u.organisation
      where s.world = $1 and s.closed_at is null and s.expires_at > $2 and s.last_seen_at > $3
        and u.active and u.organisation is not null and u.state->'roles' ?| $4::text[]
      group by u.organisation`,
    values: [
      world,
      now.toISOString(),
      new Date(now.getTime() - SESSION_LIMITS.idleSeconds * 1000).toISOString(),
      rolesWith(permission),
    ],
  });
  return rows;
}
