import { describe, expect, it } from 'vitest';
import {
  checkBody,
  ENTRY_KINDS,
  newUuid,
  type Organisation,
  type OrganisationCode,
  Problem,
  parseWorld,
  permissionsOf,
  ROLES,
  subtree,
} from './index.ts';

describe('ids', () => {
  it('are UUIDs of version 7 that sort by their time', () => {
    const early = newUuid(1_700_000_000_000);
    const late = newUuid(1_700_000_000_001);
    expect(early).toMatch(/^018bcfe5-6800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(early < late).toBe(true);
  });
});

describe('worlds', () => {
  it.each([
    ['live', true],
    ['exercise-hue-2026', true],
    ['Live', false],
    ['exercise-', false],
    ['exercise-A', false],
    ["live' or 1=1", false],
    ['', false],
  ])('%s', (text, known) => {
    expect(parseWorld(text) !== null).toBe(known);
  });
});

describe('permissions', () => {
  it('whoever administers can neither command nor read what the log says', () => {
    const administrator = permissionsOf(['administrator']);
    for (const permission of ['incident.dispatch', 'incident.close', 'incident.accept', 'log.read'] as const)
      expect(administrator.has(permission)).toBe(false);
  });
  it('the auditor changes nothing; what he may end is the emergency right of somebody else', () => {
    for (const permission of permissionsOf(['auditor']))
      expect(permission).toMatch(/\.(read|verify)$|^rights\.review$/);
  });
  it('every role may do something', () => {
    for (const role of ROLES) expect(permissionsOf([role]).size).toBeGreaterThan(0);
  });
});

describe('entries', () => {
  it('a body that is not of its schema is refused with the member at fault', () => {
    expect(() => checkBody('incident.noted', { by: { id: newUuid(), name: 'x' }, text: '' })).toThrow(
      Problem,
    );
    try {
      checkBody('incident.noted', { by: { id: newUuid(), name: 'x' }, text: '' });
    } catch (error) {
      expect(error).toMatchObject({ code: 'entry.invalid', at: 'incident.noted.text', status: 422 });
    }
  });
  it('every kind has a version and is named subject.happened', () => {
    for (const [kind, definition] of Object.entries(ENTRY_KINDS)) {
      expect(kind).toMatch(/^[a-z]+(?:-[a-z]+)*\.[a-z-]+$/);
      expect(definition.version).toBeGreaterThan(0);
    }
  });
});

describe('organisations', () => {
  it('a desk answers for itself and all below it', () => {
    const one = (code: string, parent: string | null): Organisation => ({
      code: code as OrganisationCode,
      parent: parent as OrganisationCode | null,
      level: 'station',
      name: { vi: '', en: '', ru: '', zh: '' },
      areaCode: null,
      position: null,
      synthetic: true,
    });
    const all = [one('c07', null), one('pc07-01', 'c07'), one('st-01-01', 'pc07-01'), one('pc07-79', 'c07')];
    expect([...subtree(all, 'pc07-01' as OrganisationCode)]).toEqual(['pc07-01', 'st-01-01']);
    expect(subtree(all, 'c07' as OrganisationCode).size).toBe(4);
  });
});
