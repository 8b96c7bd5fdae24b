import {
  forbidden,
  invalid,
  type OrganisationCode,
  Problem,
  permissionsOf,
  type RaisedRightsState,
  type Role,
  type UserBody,
} from '@keng/model';
import type { SessionUser } from '../platform/http/index.ts';

export type Level = 'national' | 'province' | 'station';

/** What decides how much of the country a user sees. */
export interface Placement {
  readonly roles: readonly Role[];
  readonly organisation: OrganisationCode | null;
  /** Level of that organisation; null when there is none. */
  readonly level: Level | null;
  /** That organisation and everything below it. */
  readonly below: readonly OrganisationCode[];
}

/**
 * The national desk sees everything, so do administrators and auditors who belong to no organisation; others see theirs and what is
 * below it. An owner's account sees its facilities only, also when an organisation looks after the account.
 */
export function scopeOf(placement: Placement): '*' | readonly OrganisationCode[] {
  if (placement.roles.every((role) => role === 'facility-owner')) return [];
  if (placement.level === 'national') return '*';
  return placement.organisation === null && placement.roles.some(actsNationally) ? '*' : placement.below;
}

const actsNationally = (role: Role): boolean => role === 'administrator' || role === 'auditor';

/** What somebody has raised and how far it reaches. */
export interface Raised {
  readonly state: RaisedRightsState;
  readonly below: readonly OrganisationCode[];
}

export function sessionUser(
  user: UserBody,
  level: Level | null,
  below: readonly OrganisationCode[],
  raised: Raised | null = null,
): SessionUser {
  const ownScope = scopeOf({ roles: user.roles, organisation: user.organisation, level, below });
  const roles = raised?.state.role ? [...user.roles, raised.state.role] : user.roles;
  return {
    id: user.id,
    login: user.login,
    name: user.name,
    roles: user.roles,
    permissions: permissionsOf(roles),
    organisation: user.organisation,
    scope: raised === null || ownScope === '*' ? ownScope : [...new Set([...ownScope, ...raised.below])],
    facilities: user.roles.includes('facility-owner') ? user.facilities : [],
    language: user.language,
    raised: raised && {
      id: raised.state.id,
      target: raised.state.target,
      role: raised.state.role,
      reason: raised.state.reason,
      until: new Date(raised.state.until),
      ownScope,
    },
  };
}

const DESK_ROLES: readonly Role[] = [
  'call-taker',
  'dispatcher',
  'station-officer',
  'national-duty-officer',
  'inspector',
];

/**
 * A user that makes sense at all, whoever asks for it. Separation of duties (domain of security, section 7): who administers neither
 * commands nor audits, who audits does nothing else, so both roles stand alone.
 */
export function checkUser(user: UserBody, level: Level | null): void {
  const has = (role: Role): boolean => user.roles.includes(role);
  if (new Set(user.roles).size !== user.roles.length) {
    throw invalid('user.roles-repeated', 'Each role is given once.', 'roles');
  }
  if (user.roles.length > 1 && (has('administrator') || has('auditor'))) {
    throw invalid(
      'user.duties-conflict',
      'Administrator and auditor cannot be joined with another role.',
      'roles',
    );
  }
  if (user.organisation === null && user.roles.some((role) => DESK_ROLES.includes(role))) {
    throw invalid(
      'user.organisation-missing',
      'Whoever works at a desk or station belongs to an organisation.',
      'organisation',
    );
  }
  if (has('national-duty-officer') && level !== 'national') {
    throw invalid(
      'user.organisation-level',
      'A national duty officer belongs to the national desk.',
      'organisation',
    );
  }
  if (user.facilities.length > 0 && !has('facility-owner')) {
    throw invalid('user.facilities-without-role', 'Only a facility owner has facilities.', 'facilities');
  }
}

/** Whether `by` may turn `before` (null: nobody yet) into `after`. */
export function permitChange(by: SessionUser, before: UserBody | null, after: UserBody): void {
  if (!by.permissions.has('user.write')) throw forbidden('user.write');
  if (before?.id === by.id && !sameRights(before, after)) {
    throw new Problem(
      403,
      'user.own-rights',
      'Nobody changes their own roles, organisation, facilities or activity.',
    );
  }
  permitOrganisation(by, before?.organisation);
  permitOrganisation(by, after.organisation);
}

function permitOrganisation(by: SessionUser, organisation: OrganisationCode | null | undefined): void {
  if (organisation === undefined || by.scope === '*') return;
  if (organisation !== null && by.scope.includes(organisation)) return;
  throw new Problem(403, 'scope.outside', 'This belongs to an organisation outside of yours.', {
    at: 'organisation',
  });
}

function sameRights(one: UserBody, other: UserBody): boolean {
  return (
    one.active === other.active &&
    one.organisation === other.organisation &&
    sameSet(one.roles, other.roles) &&
    sameSet(one.facilities, other.facilities)
  );
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((member) => other.includes(member));
}
