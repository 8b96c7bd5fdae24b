import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodInput } from '../test-register.ts';
import { comparableText, matchKeys } from './match-keys.ts';
import { type Compared, PROPOSED_FROM, scoreDuplicate, similarity } from './score.ts';

const PREFIX = '+84';
const contact = (telephone: string) => ({ ...base.contacts[0], telephone }) as Compared['contacts'][number];
const base = goodInput({ name: 'Khách sạn Sông Hồng', address: '15 Trần Hưng Đạo' }) as Compared;
const elsewhere: Partial<Compared> = {
  name: 'Xưởng gỗ Bình Minh',
  address: '200 Lê Lợi',
  position: null,
  contacts: [contact('+84999999999')],
};

describe('two entries of the register', () => {
  // Every line: what the other entry is, the reasons it gives, whether a person is asked.
  it.each<[string, Partial<Compared>, string[], boolean]>([
    ['the same in everything', {}, ['same-name', 'same-address', 'same-telephone', 'near'], true],
    ['nothing in common', elsewhere, [], false],
    [
      'the same name without marks, the same place',
      { ...elsewhere, name: 'KHACH SAN SONG HONG', position: base.position },
      ['same-name', 'near'],
      true,
    ],
    ['a chain: the name alone', { ...elsewhere, name: base.name }, ['same-name'], false],
    [
      'a guard for two buildings: telephones alone',
      { ...elsewhere, contacts: base.contacts },
      ['same-telephone'],
      false,
    ],
    [
      'one house, two tenants: the address alone',
      { ...elsewhere, address: 'Số 15 - Trần Hưng Đạo'.replace('Số ', '') },
      ['same-address'],
      false,
    ],
    [
      'name and telephone, written in another way',
      { ...elsewhere, name: 'khách sạn  Sông-Hồng', contacts: [contact('0000000001')] },
      ['same-name', 'same-telephone'],
      true,
    ],
    [
      'almost the name, the telephones',
      { ...elsewhere, name: 'Khách sạn Sông Hồng 2', contacts: base.contacts },
      ['similar-name', 'same-telephone'],
      true,
    ],
    [
      'the same name and telephone in another province',
      { ...elsewhere, name: base.name, contacts: base.contacts, areaCode: '79' },
      ['same-name', 'same-telephone', 'other-area'],
      false,
    ],
    [
      'the same name and telephones three kilometres away',
      { ...elsewhere, name: base.name, contacts: base.contacts, position: [105.88, 21.03] },
      ['same-name', 'same-telephone', 'far'],
      false,
    ],
    [
      'name and place, of another use, each with a number of the register',
      { ...elsewhere, name: base.name, position: base.position, category: 'market', reference: 'HN-2' },
      ['same-name', 'near', 'other-category', 'both-numbered'],
      false,
    ],
  ])('%s', (_name, change, reasons, proposed) => {
    const one: Compared = { ...base, reference: 'HN-1' };
    const score = scoreDuplicate(one, { ...base, reference: null, ...change }, PREFIX);
    expect(score.reasons.map((reason) => reason.code)).toEqual(reasons);
    expect(score.points >= PROPOSED_FROM).toBe(proposed);
    expect(score.points).toBe(score.reasons.reduce((sum, reason) => sum + reason.points, 0));
  });

  it('are compared in either order alike', () => {
    const other = { ...base, name: 'Khách sạn Hồng', position: null };
    expect(scoreDuplicate(base, other, PREFIX).points).toBe(scoreDuplicate(other, base, PREFIX).points);
  });
});

describe('texts', () => {
  it('are compared by letters and digits alone', () => {
    expect(comparableText('  Số 15, Trần-Hưng Đạo. ')).toBe('so 15 tran hung dao');
  });

  it('are alike between nothing and all, the same both ways round, and by themselves', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const [left, right] = [`a${comparableText(one)}`, `a${comparableText(other)}`];
        const alike = similarity(left, right);
        expect(alike).toBe(similarity(right, left));
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
        expect(similarity(left, left)).toBe(1);
      }),
    );
  });

  it('give the keys by which duplicates are found; what is too short gives none', () => {
    expect(
      matchKeys({ ...base, contacts: [contact('0912 345 678'), contact('+84912345678')] }, PREFIX),
    ).toEqual(['name:01:khach san song hong', 'address:01:15 tran hung dao', 'telephone:912345678']);
    expect(matchKeys({ ...base, name: 'Chợ', address: '1', contacts: [] }, PREFIX)).toEqual([]);
  });
});
