import { facilityBody } from '@keng/model';
import { describe, expect, test } from 'vitest';
import type { FacilityView } from '../../api/facilities.ts';
import {
  emptyForm,
  emptyPath,
  emptyTransmitter,
  formOf,
  inputOf,
  moved,
  nextZone,
  positionUnreadable,
  writePosition,
} from './form-model.ts';

const id = (last: number) => `019a0000-0000-7000-8000-00000000000${last}`;
const facility = {
  ...facilityBody.parse({
    reference: 'HN-1',
    name: 'Trường (giả lập)',
    address: '1 Trần Hưng Đạo',
    areaCode: '01',
    communeCode: null,
    communeName: 'phường Cửa Nam',
    position: [105.85, 21.03],
    category: 'school',
    managingLevel: 'commune',
    organisation: 'VN-ST-01-01',
    contacts: [1, 2, 3].map((order) => ({
      id: id(order),
      order,
      name: `Người trực ${order}`,
      role: '',
      telephone: `+8400000000${order}`,
      email: null,
      language: 'vi',
    })),
    transmitters: [
      {
        id: id(4),
        protocol: 'dc09',
        account: 'A1B2',
        model: null,
        encrypted: true,
        reportingSeconds: 180,
        category: 'DP3',
        paths: [
          {
            medium: 'lan',
            carrier: 'vnpt',
            reportingSeconds: 180,
            listener: null,
            line: '1',
            receiver: '2',
            networks: [],
          },
          {
            medium: 'mobile',
            carrier: null,
            reportingSeconds: 90_000,
            listener: 'dc09-udp',
            line: null,
            receiver: null,
            networks: ['203.0.113.0/24', '2001:db8::/32'],
          },
        ],
        zones: [{ number: '1', label: 'Tầng 1', kind: 'smoke' }],
      },
    ],
    hazards: ['chemicals'],
    onSiteForce: { people: 4, description: '' },
    water: [{ kind: 'tank', description: 'sau nhà', capacityM3: 60, position: [105.851, 21.031] }],
    synthetic: true,
  }),
  id: id(9),
  registeredAt: '',
  changedAt: '',
  removedAt: null,
} as FacilityView;

describe('a facility in the form', () => {
  test('comes out as it went in, without what only the centre knows', () => {
    const { id: _id, registeredAt: _r, changedAt: _c, removedAt: _x, ...body } = facility;
    const [transmitter] = body.transmitters;
    const { encrypted: _e, ...known } = transmitter ?? {};
    expect(inputOf(formOf(facility))).toEqual({ ...body, transmitters: [known] });
  });

  test('a GB/T 26875.3 device keeps its protocol, and its address gets the zeros that nobody types', () => {
    const form = formOf(facility);
    const transmitters = form.transmitters.map((one) => ({
      ...one,
      protocol: 'gb26875' as const,
      account: ' 3f9 ',
    }));
    expect(inputOf({ ...form, transmitters }).transmitters).toMatchObject([
      { protocol: 'gb26875', account: '0000000003F9' },
    ]);
  });

  test('the calling order is the order of the rows', () => {
    const form = formOf(facility);
    const contacts = inputOf({ ...form, contacts: moved(form.contacts, 2, -1) }).contacts;
    expect(contacts.map((one) => [one.order, one.name])).toEqual([
      [1, 'Người trực 1'],
      [2, 'Người trực 3'],
      [3, 'Người trực 2'],
    ]);
  });

  test('a new one has three contacts to fill in and no ids', () => {
    const { contacts } = inputOf(emptyForm());
    expect(contacts).toHaveLength(3);
    expect(contacts.some((one) => 'id' in one)).toBe(false);
  });

  test('numbers are taken as people write them', () => {
    const form = formOf(facility);
    const [contact] = form.contacts;
    const [water] = form.water;
    if (!contact || !water) throw new Error('the example has both');
    const input = inputOf({
      ...form,
      contacts: [{ ...contact, telephone: ' 024 3825.5114 ' }],
      water: [{ ...water, capacityM3: '12,5' }],
      transmitters: [{ ...emptyTransmitter(), account: ' a1b2 ', reportingSeconds: '' }],
    });
    expect(input.contacts[0]?.telephone).toBe('02438255114');
    expect(input.water[0]?.capacityM3).toBe(12.5);
    expect(input.transmitters[0]).toMatchObject({ account: 'A1B2', reportingSeconds: null });
  });

  test('line and receiver number are taken with or without their letter and zeros', () => {
    const typed = [
      [' L1 ', 'r02'],
      ['01', '2'],
      ['L', ''],
      ['0', 'R0'],
    ] as const;
    const paths = typed.map(([line, receiver]) => ({ ...emptyPath('lan'), line, receiver }));
    const [device] = inputOf({
      ...emptyForm(),
      transmitters: [{ ...emptyTransmitter(), paths }],
    }).transmitters;
    expect(device?.paths?.map((one) => [one.line, one.receiver])).toEqual([
      ['1', '2'],
      ['1', '2'],
      // Not a number: for the centre to refuse beside its field.
      ['L', null],
      ['0', '0'],
    ]);
  });

  test('a position that cannot be read is told, none at all is not known', () => {
    expect(positionUnreadable({ ...emptyForm(), position: 'sau chợ' })).toBe(true);
    expect(positionUnreadable(emptyForm())).toBe(false);
    expect(inputOf({ ...emptyForm(), position: writePosition([105.85, 21.03]) }).position).toEqual([
      105.85, 21.03,
    ]);
  });

  test('an empty line of the zones is no zone', () => {
    expect(
      inputOf({ ...emptyForm(), transmitters: [{ ...emptyTransmitter(), zones: [] }] }).transmitters[0]
        ?.zones,
    ).toEqual([]);
  });
});

test('rows at the ends stay where they are', () => {
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});

test('the next zone follows the highest, whatever is written there', () => {
  const zone = (number: string) => ({ key: number, number, label: '', kind: 'smoke' as const });
  expect(nextZone([zone('2'), zone('B'), zone('11')])).toBe('12');
  expect(nextZone([])).toBe('1');
});
