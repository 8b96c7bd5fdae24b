import {
  type Contact,
  type ContactId,
  type FacilityId,
  LIVE,
  newId,
  type OrganisationCode,
  type PersonRef,
  type TransmitterId,
  type UserId,
  type WorksId,
  type Zone,
} from '@keng/model';
import { describe, expect, it } from 'vitest';
import {
  callBack,
  endByTime,
  endWorks,
  planWorks,
  remindOfEnd,
  type StoredWorks,
  type WorksPlace,
  type WorksPlan,
} from './rules.ts';

const T0 = new Date('2026-03-01T03:00:00.000Z');
const after = (seconds: number): Date => new Date(T0.getTime() + seconds * 1000);
const isoAfter = (seconds: number): string => after(seconds).toISOString();
const FACILITY = newId<FacilityId>();
const TRANSMITTER = newId<TransmitterId>();
const ZONES: readonly Zone[] = [
  { number: '1', label: 'Lobby', kind: 'smoke' },
  { number: '2', label: 'Kitchen', kind: 'heat' },
  { number: '7', label: 'Call point', kind: 'manual' },
];
const officer: PersonRef = { id: newId<UserId>(), name: 'Synthetic officer' };
const contact: Contact = {
  id: newId<ContactId>(),
  order: 1,
  name: 'Synthetic contact',
  role: 'guard',
  telephone: '+84900000000',
  email: null,
  language: 'vi',
};
const place: WorksPlace = {
  facilityId: FACILITY,
  organisation: 'VN-PC07-01-S1' as OrganisationCode,
  contacts: [contact],
  transmitters: new Map([[TRANSMITTER, ZONES]]),
};
const act = (seconds = 0) =>
  ({ world: LIVE, actor: { kind: 'user', id: officer.id }, at: after(seconds) }) as const;
const plan = (more: Partial<WorksPlan> = {}): StoredWorks =>
  planWorks(
    newId<WorksId>(),
    place,
    {
      transmitterId: TRANSMITTER,
      zones: ['1', '2'],
      from: T0,
      until: after(3_600),
      reason: 'welding',
      requestedBy: null,
      ...more,
    },
    officer,
    { maximumSeconds: 28_800, reminder: { seconds: 900, source: 'test', official: false } },
    act(),
  );

describe('planning works', () => {
  const REFUSED: readonly [string, Partial<WorksPlan>, string, string][] = [
    ['longer than the country allows', { until: after(28_801) }, 'works.too-long', 'until'],
    ['that end before they begin', { until: after(-1) }, 'works.ends-before-start', 'until'],
    ['that are over', { from: after(-200), until: after(-100) }, 'works.over', 'until'],
    ['at a call point', { zones: ['1', '7'] }, 'works.call-point', 'zones.1'],
    ['at a zone that nobody registered', { zones: ['99'] }, 'works.unknown-zone', 'zones.0'],
    [
      'at a transmitter of another building',
      { transmitterId: newId<TransmitterId>() },
      'works.unknown-transmitter',
      'transmitterId',
    ],
  ];
  it.each(REFUSED)('refuses works %s', (_, more, code, at) => {
    expect(() => plan(more)).toThrow(expect.objectContaining({ code, status: 422, at }));
  });

  it('takes works of exactly the longest time', () => {
    expect(plan({ until: after(28_800) }).state).toMatchObject({
      calledBack: null,
      ended: null,
      zones: ['1', '2'],
    });
  });
});

describe('call-back and end', () => {
  it('only a registered contact confirms', () => {
    expect(() => callBack(plan(), undefined, officer, act())).toThrow(
      expect.objectContaining({ code: 'works.unknown-contact' }),
    );
    const called = callBack(plan(), contact, officer, act(60));
    expect(called.state.calledBack).toMatchObject({ contactId: contact.id, by: officer, at: isoAfter(60) });
    expect(called.revision).toBe(2);
    expect(callBack(called, contact, officer, act(70)).drafts).toEqual([]);
  });

  it('ends by time, not before it, and once', () => {
    expect(endByTime(plan(), act(3_599))).toBeNull();
    const ended = endByTime(plan(), act(3_600));
    expect(ended?.state.ended).toEqual({ reason: 'time', at: isoAfter(3_600) });
    expect(ended && endByTime(ended, act(3_601))).toBeNull();
  });

  it('ended works cannot be called back', () => {
    const ended = endWorks(plan(), 'call-back-refused', officer, act());
    expect(() => callBack(ended, contact, officer, act())).toThrow(
      expect.objectContaining({ code: 'works.ended' }),
    );
  });
});

describe('the end is near', () => {
  const called = (more: Partial<WorksPlan> = {}) => callBack(plan(more), contact, officer, act());

  it('whoever confirmed the works is reminded, once, with the end and the source of the time', () => {
    const reminded = remindOfEnd(called(), act(2_700));
    expect(reminded?.drafts).toMatchObject([
      {
        kind: 'works.reminded',
        revision: 3,
        body: { contactId: contact.id, contactName: 'Synthetic contact', until: isoAfter(3_600) },
      },
    ]);
    expect(reminded && remindOfEnd(reminded, act(2_800))).toBeNull();
  });

  it.each<[string, StoredWorks, number]>([
    ['too early', called(), 2_699],
    ['too late', called(), 3_600],
    ['not confirmed: nothing is muted', plan(), 2_700],
    ['ended by a person', endWorks(called(), 'person', officer, act(60)), 2_700],
    ['shorter than the reminder', called({ until: after(900) }), 100],
  ])('nobody is reminded: %s', (_, stored, seconds) => {
    expect(remindOfEnd(stored, act(seconds))).toBeNull();
  });
});
