import { vietNam } from '@keng/country-vn';
import {
  type ContactId,
  type FacilityState,
  newId,
  type Organisation,
  type OrganisationCode,
  type TransmitterId,
} from '@keng/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AreaIndex, provinceIndex } from '../areas/index.ts';
import { registered } from './change.ts';
import type { FacilityInput } from './facility-input.ts';
import { bodyOf, comparableNumber, problemsOf, type RegisterFacts, withKnownIds } from './rules.ts';
import { searchPatterns } from './search-text.ts';
import { DESK, goodInput, HANOI, hand, SAIGON, STATION } from './test-register.ts';

const organisation = (code: OrganisationCode, areaCode: string | null): [OrganisationCode, Organisation] => [
  code,
  {
    code,
    level: 'station',
    parent: null,
    name: { vi: '', en: '', ru: '', zh: '' },
    areaCode,
    position: null,
    synthetic: true,
  },
];
const facts: RegisterFacts = {
  areas: provinceIndex(vietNam),
  categories: new Set(['school']),
  organisations: new Map([
    organisation(STATION, HANOI),
    organisation(DESK, HANOI),
    organisation('N' as OrganisationCode, null),
  ]),
  minimumContacts: 3,
  supervisionCategories: new Map(vietNam.supervisionCategories.map((one) => [one.code, one])),
  telephonePrefix: '+84',
};
const [first, second, third] = goodInput().contacts;
const [panel] = goodInput().transmitters;
if (!first || !second || !third || !panel) throw new Error('goodInput has three contacts and a transmitter');

function stored(): FacilityState {
  return registered(hand, newId(), bodyOf(goodInput(), facts, null, 0), 'form').state;
}

describe('a facility', () => {
  it.each<[string, Partial<FacilityInput>, string[]]>([
    ['is right', {}, []],
    ['has no position', { position: null }, []],
    ['lies a little outside the outline of its province', { position: [105.85, 20.4] }, []],
    ['lies in another province', { position: [106.7, 10.78] }, ['position facility.position-outside-area']],
    [
      'lies in Trường Sa and not in Hà Nội',
      { position: [114, 9.5] },
      ['position facility.position-outside-area'],
    ],
    ['names no area that exists', { areaCode: '99' }, ['areaCode facility.area-unknown']],
    [
      'is of a station elsewhere',
      { areaCode: SAIGON, position: null },
      ['organisation facility.organisation-elsewhere'],
    ],
    [
      'is of the national desk',
      { organisation: 'N' as OrganisationCode },
      ['organisation facility.organisation-elsewhere'],
    ],
    ['has a category nobody knows', { category: 'castle' }, ['category facility.category-unknown']],
    ['has two contacts', { contacts: [first, second] }, ['contacts facility.contacts-too-few']],
    [
      'has the same order twice',
      { contacts: [first, second, { ...third, order: 1 }] },
      ['contacts.2.order facility.contact-order-repeated'],
    ],
    [
      'has the same number twice',
      { contacts: [first, second, { ...third, telephone: first.telephone }] },
      ['contacts.2.telephone facility.contact-number-repeated'],
    ],
    [
      'has the same account twice',
      { transmitters: [panel, panel] },
      ['transmitters.1.account facility.account-repeated'],
    ],
    [
      'has a GB/T 26875.3 device that is not named by its whole address',
      { transmitters: [{ ...panel, protocol: 'gb26875', account: '379' }] },
      ['transmitters.0.account facility.account-no-address'],
    ],
    [
      'takes a contact of another',
      { contacts: [{ ...first, id: newId<ContactId>() }, second, third] },
      ['contacts.0.id facility.contact-unknown'],
    ],
    [
      'takes a transmitter of another',
      { transmitters: [{ ...panel, id: newId<TransmitterId>() }] },
      ['transmitters.0.id facility.transmitter-unknown'],
    ],
    ['holds a NUL', { hazards: ['a\0'] }, [' facility.text-unstorable']],
    ['holds half a character', { name: 'x\ud800' }, [' facility.text-unstorable']],
    ['holds a backslash and u0000 as text', { name: 'x\\u0000' }, []],
  ])('that %s', (_name, change, expected) => {
    expect(problemsOf(goodInput(change), facts).map((one) => `${one.at} ${one.code}`)).toEqual(expected);
  });

  it('keeps whose contacts and transmitters are known by number and account', () => {
    const current = stored();
    const again = withKnownIds(
      goodInput({ contacts: [{ ...first, telephone: '000000001' }, second] }),
      current,
      '+84',
    );
    expect(again.contacts.map((one) => one.id)).toEqual(current.contacts.slice(0, 2).map((one) => one.id));
    expect(again.transmitters.map((one) => one.id)).toEqual(current.transmitters.map((one) => one.id));
    expect(problemsOf(again, facts, current).map((one) => one.code)).toEqual(['facility.contacts-too-few']);
  });

  it('gets its commune by position only where nobody wrote one', () => {
    const square = [
      [105, 20],
      [107, 20],
      [107, 22],
      [105, 22],
      [105, 20],
    ];
    const areas = new AreaIndex([], [{ code: 'C1', name: 'Xã', provinceCode: HANOI, polygons: [[square]] }]);
    const communeOf = (change: Partial<FacilityInput>) => {
      const { communeCode, communeName } = bodyOf(goodInput(change), { ...facts, areas }, null, 0);
      return [communeCode, communeName];
    };
    expect(communeOf({})).toEqual(['C1', 'Xã']);
    expect(communeOf({ communeCode: 'C1' })).toEqual(['C1', 'Xã']);
    expect(communeOf({ communeName: 'tên cũ' })).toEqual([null, 'tên cũ']);
    expect(communeOf({ position: null })).toEqual([null, null]);
  });
});

describe('a telephone number', () => {
  it.each(['+84 912 345 678', '0084912345678', '0912.345.678', '+840912345678'])('%s is the same', (text) => {
    expect(comparableNumber(text, '+84')).toBe('912345678');
  });

  it('of another country is another', () => {
    expect(comparableNumber('+85 912345678', '+84')).not.toBe('912345678');
  });
});

describe('the patterns of a search', () => {
  it('hold every word once, with the signs of LIKE as signs', () => {
    expect(searchPatterns('  Trần  HƯNG 50%_\\ ')).toEqual(['%tran%', '%hung%', '%50\\%\\_\\\\%']);
    expect(searchPatterns('ba Đ')).toEqual(['% ba%', '% d%']);
    expect(searchPatterns(' ')).toEqual([]);
  });

  it('are few and short whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const patterns = searchPatterns(text);
        expect(patterns.length).toBeLessThanOrEqual(8);
        expect(patterns.join('')).not.toContain('\0');
      }),
    );
  });
});
