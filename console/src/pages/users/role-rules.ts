import type { Role } from '@keng/model';

/** Whoever administers neither commands nor audits, and whoever audits does nothing else (domain of security, section 7). */
const ALONE: ReadonlySet<Role> = new Set<Role>(['administrator', 'auditor']);
const AT_A_DESK: ReadonlySet<Role> = new Set<Role>([
  'call-taker',
  'dispatcher',
  'station-officer',
  'national-duty-officer',
]);

/** Can this role be added to those? The centre decides; the form only spares the detour. */
export function fits(role: Role, chosen: readonly Role[]): boolean {
  if (chosen.includes(role)) return true;
  return chosen.length === 0 || (!ALONE.has(role) && !chosen.some((one) => ALONE.has(one)));
}

export function needsOrganisation(roles: readonly Role[]): boolean {
  return roles.some((role) => AT_A_DESK.has(role));
}

/** `nguyen.van-a2`: what the centre takes for a log-in name. */
export const LOGIN_PATTERN = '[a-z0-9][a-z0-9._\\-]{1,62}';
