import {
  type FacilityId,
  type OrganisationCode,
  ROLES,
  type Role,
  type UserBody,
  type UserId,
} from '@keng/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkUser, permitChange, sessionUser } from './rules.ts';

const code = (text: string): OrganisationCode => text as OrganisationCode;
const person = (
  id: string,
  roles: Role[],
  organisation: string | null,
  more: Partial<UserBody> = {},
): UserBody => ({
  id: id as UserId,
  login: id,
  name: id,
  roles,
  organisation: organisation === null ? null : code(organisation),
  facilities: [],
  language: 'vi',
  active: true,
  synthetic: true,
  ...more,
});
const acting = (user: UserBody, below: string[] = []) =>
  sessionUser(user, user.organisation === null ? null : 'province', below.map(code));

describe('a user that makes no sense is refused', () => {
  it.each([
    [
      'an administrator who commands',
      person('a', ['administrator', 'dispatcher'], 'P1'),
      'user.duties-conflict',
    ],
    ['an auditor who administers', person('a', ['auditor', 'administrator'], null), 'user.duties-conflict'],
    ['a dispatcher of nowhere', person('a', ['dispatcher'], null), 'user.organisation-missing'],
    [
      'a national duty officer of a province',
      person('a', ['national-duty-officer'], 'P1'),
      'user.organisation-level',
    ],
    ['the same role twice', person('a', ['dispatcher', 'dispatcher'], 'P1'), 'user.roles-repeated'],
    [
      'facilities without being an owner',
      person('a', ['dispatcher'], 'P1', { facilities: ['f' as FacilityId] }),
      'user.facilities-without-role',
    ],
  ])('%s', (_, user, problem) => {
    expect(() => checkUser(user, user.organisation === null ? null : 'province')).toThrow(
      expect.objectContaining({ code: problem }),
    );
  });
});

describe('changing users', () => {
  const admin = person('admin', ['administrator'], 'P1');
  const by = acting(admin, ['P1', 'S1']);

  it.each([
    ['their own roles', { roles: ['dispatcher'] as Role[] }],
    ['their own organisation', { organisation: code('S1') }],
    ['their own activity', { active: false }],
    ['their own facilities', { facilities: ['f' as FacilityId] }],
  ])('nobody changes %s', (_, change) => {
    expect(() => permitChange(by, admin, { ...admin, ...change })).toThrow(
      expect.objectContaining({ code: 'user.own-rights' }),
    );
  });

  it('one may change one’s own name', () => {
    expect(() => permitChange(by, admin, { ...admin, name: 'new' })).not.toThrow();
  });

  it('an administrator of a province never reaches beyond it, whatever is asked', () => {
    const organisation = fc.constantFrom(null, 'N', 'P1', 'P2', 'S1', 'S2');
    const roles = fc.subarray([...ROLES], { minLength: 1 });
    const someone = fc.tuple(roles, organisation).map(([own, place]) => person('other', own, place));
    fc.assert(
      fc.property(fc.option(someone), someone, (before, after) => {
        const inside = [before ?? after, after].every((user) =>
          ['P1', 'S1'].includes(String(user.organisation)),
        );
        if (inside) permitChange(by, before, after);
        else
          expect(() => permitChange(by, before, after)).toThrow(
            expect.objectContaining({ code: 'scope.outside' }),
          );
      }),
    );
  });

  it('nobody without the permission changes anybody', () => {
    for (const role of ROLES.filter((one) => one !== 'administrator')) {
      const other = person('other', ['dispatcher'], 'P1');
      expect(() => permitChange(acting(person('x', [role], 'P1'), ['P1']), null, other)).toThrow(
        expect.objectContaining({ code: 'permission.missing' }),
      );
    }
  });
});

it('an owner sees facilities and no organisation, whoever looks after the account', () => {
  const owner = person('o', ['facility-owner'], 'P1', { facilities: ['f' as FacilityId] });
  expect(acting(owner, ['P1', 'S1'])).toMatchObject({ scope: [], facilities: ['f'] });
});
