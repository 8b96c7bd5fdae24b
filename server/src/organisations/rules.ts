import { type Level, type Organisation, type OrganisationCode, Problem } from '@keng/model';

/** Codes go into settings of the database joined by commas, and `*` means all of them. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const LEVEL_ABOVE: Readonly<Record<Level, Level | null>> = {
  national: null,
  province: 'national',
  station: 'province',
};

/**
 * Checks that organisations form the tree that everything relies on: national desk, provinces below it, stations below those.
 * @param known Those that are stored already.
 * @throws Problem `organisation.invalid` with the code at fault
 */
export function checkTree(organisations: readonly Organisation[], known: readonly Organisation[]): void {
  const levels = new Map<OrganisationCode, Level>();
  for (const one of [...known, ...organisations]) levels.set(one.code, one.level);
  for (const one of organisations) {
    if (!CODE.test(one.code))
      throw fault(one, 'its code has other characters than letters, digits, dot, dash and underline');
    const above = LEVEL_ABOVE[one.level];
    const parent = one.parent === null ? null : levels.get(one.parent);
    if (parent === undefined) throw fault(one, `there is no ${one.parent} above it`);
    if (parent !== above) throw fault(one, `a ${one.level} does not stand below ${parent ?? 'nothing'}`);
  }
}

function fault(one: Organisation, why: string): Problem {
  return new Problem(422, 'organisation.invalid', `Organisation ${one.code}: ${why}.`, { at: one.code });
}
