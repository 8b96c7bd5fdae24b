import { ROLES, type Role } from '@keng/model';
import { expect, test } from 'vitest';
import { fits, LOGIN_PATTERN, needsOrganisation } from './role-rules.ts';

test.each<[Role, readonly Role[], boolean]>([
  ['dispatcher', ['call-taker'], true],
  ['administrator', ['dispatcher'], false],
  ['dispatcher', ['administrator'], false],
  ['auditor', ['facility-owner'], false],
  ['auditor', [], true],
  ['auditor', ['auditor'], true],
])('%s beside %j: %s', (role, chosen, expected) => {
  expect(fits(role, chosen)).toBe(expected);
});

test('whoever works at a desk belongs to an organisation, owners and administrators need none', () => {
  const needing = ROLES.filter((role) => needsOrganisation([role]));
  expect(needing).toEqual(['call-taker', 'dispatcher', 'station-officer', 'national-duty-officer']);
});

test.each([
  ['hanoi.calls', true],
  ['A', false],
  ['Hanoi', false],
  ['nguyen van', false],
])('the log-in name %s', (login, good) => {
  expect(new RegExp(`^(?:${LOGIN_PATTERN})$`, 'v').test(login)).toBe(good);
});
