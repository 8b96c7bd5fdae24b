import { type AnyEntry, newId, type OrganisationCode, type UserId } from '@keng/model';
import { describe, expect, test } from 'vitest';
import { counter, DUTY, InventedIncident, PROVINCE, STATION } from '../../dev/invented.ts';
import { IncidentBook } from './incident-book.ts';
import type { Desk, FromWorker } from './messages.ts';
import { Screen } from './screen.ts';

const NATIONAL = 'c07' as OrganisationCode;
const desk = (level: Desk['level']): Desk => ({
  userId: newId<UserId>(),
  organisation: level === 'station' ? STATION : level === 'national' ? NATIONAL : PROVINCE,
  level,
});

function setUp(level: Desk['level'] = 'province') {
  const book = new IncidentBook();
  const screen = new Screen(book, desk(level));
  const tell = (...entries: AnyEntry[]): FromWorker[] => {
    for (const entry of entries) {
      book.apply(entry);
      screen.heard(entry);
    }
    return screen.flush(book.settle());
  };
  tell();
  return { book, screen, tell };
}

type Typed<Type extends FromWorker['type']> = Extract<FromWorker, { readonly type: Type }>;
function only<Type extends FromWorker['type']>(messages: readonly FromWorker[], type: Type): Typed<Type> {
  const found = messages.filter((message): message is Typed<Type> => message.type === type);
  const [message] = found;
  if (found.length !== 1 || message === undefined) throw new Error(`${found.length} messages ${type}`);
  return message;
}
const has = (messages: readonly FromWorker[], type: FromWorker['type']) =>
  messages.some((message) => message.type === type);

test('raised rights are told with the next message, and after a picture that was loaded anew', () => {
  const { tell, screen } = setUp('province');
  const entry = (kind: string, position: number) => ({ kind, position, body: {} }) as unknown as AnyEntry;
  expect(only(tell(entry('rights.raised', 1)), 'rights').heard).toBe(1);
  expect(has(tell(), 'rights')).toBe(false);
  expect(only(tell(entry('rights.ended', 2), entry('rights.reviewed', 3)), 'rights').heard).toBe(3);
  screen.reset();
  expect(only(tell(), 'rights').heard).toBe(4);
});

describe('alarms without an incident yet', () => {
  const arrived = (incident: InventedIncident, upto: number, station = STATION) => ({
    sorted: 0,
    arrivals: [
      {
        facility: incident.facility,
        name: 'Chợ (giả lập)',
        address: 'Phố (giả lập)',
        province: PROVINCE,
        station,
        synthetic: true,
        at: '2026-03-01T02:00:00.000Z',
        from: upto,
        upto,
        signals: 1,
      },
    ],
  });

  test('are counted, shown and rung, and become their incident without being counted twice', () => {
    const { book, tell } = setUp('province');
    const incident = new InventedIncident(counter());
    book.arrived(arrived(incident, 1));
    const told = tell();
    expect(only(told, 'counts').counts).toMatchObject({ open: 1, unaccepted: 1 });
    expect(only(told, 'arrivals')).toMatchObject({ count: 1, first: [{ facility: incident.facility }] });
    expect(only(told, 'sound').sound).toMatchObject({ sounding: 0, arrivals: 1 });

    const opened = tell(incident.opened({ number: 7 }));
    expect(has(opened, 'counts')).toBe(false);
    expect(only(opened, 'arrivals')).toMatchObject({ count: 0, first: [] });
    expect(only(opened, 'sound').sound).toMatchObject({ sounding: 1, arrivals: 0 });
    // Told late by the other line: the incident is here.
    book.arrived(arrived(incident, 1));
    expect(has(tell(), 'arrivals')).toBe(false);
  });

  test('whoever has heard enough of them hears them again as incidents', () => {
    const { book, screen, tell } = setUp('province');
    const incident = new InventedIncident(counter());
    book.arrived(arrived(incident, 1));
    tell();
    screen.silence('all');
    expect(only(tell(), 'sound').sound).toMatchObject({ arrivals: 0 });
    expect(screen.sounding).toBe(0);
    expect(only(tell(incident.opened({ number: 7 })), 'sound').sound).toMatchObject({ sounding: 1 });
  });

  test.each([
    ['station', STATION, 1],
    ['station', 'another' as OrganisationCode, 0],
    ['national', STATION, 0],
  ] as const)('the %s desk, an alarm of %s: %i to be heard, and it sees it', (level, station, sounding) => {
    const { book, screen, tell } = setUp(level);
    book.arrived(arrived(new InventedIncident(counter()), 1, station));
    expect(only(tell(), 'arrivals').count).toBe(1);
    expect(screen.sounding).toBe(sounding);
  });

  test('go with the picture that is loaded anew', () => {
    const { book, screen, tell } = setUp('province');
    book.arrived(arrived(new InventedIncident(counter()), 1));
    tell();
    const rest = {
      now: '',
      open: 0,
      closed: 0,
      refused: [],
      works: [],
      silent: [],
      absences: [],
      setAside: 0,
    };
    book.load({ position: 9, ...rest, incidents: [] });
    screen.reset();
    expect(only(tell(), 'arrivals').count).toBe(0);
  });
});

describe('control rooms where nobody answered', () => {
  const FACILITY = 'f1';
  const about = (kind: string, position: number, dutyCheckId: string, rest: object = {}): AnyEntry =>
    // Only what the book looks at.
    ({
      kind,
      position,
      at: '2026-03-01T03:10:00.000Z',
      body: { dutyCheckId, facilityId: FACILITY, ...rest },
    }) as unknown as AnyEntry;
  const missed = (position: number, id: string) =>
    about('duty-check.unanswered', position, id, { reason: 'silence', rings: true });

  test('ring at the desk of the province, below an alarm, until a person claims them', () => {
    const { tell } = setUp('province');
    const told = tell(missed(1, 'a'), missed(2, 'b'));
    expect(only(told, 'sound').sound).toMatchObject({ sounding: 0, absences: 2 });
    expect(only(told, 'absences').absences).toEqual([
      { id: 'a', facilityId: FACILITY, at: '2026-03-01T03:10:00.000Z' },
      { id: 'b', facilityId: FACILITY, at: '2026-03-01T03:10:00.000Z' },
    ]);
    const claimed = tell(about('duty-check.claimed', 3, 'a'));
    expect(only(claimed, 'sound').sound).toMatchObject({ absences: 1 });
    expect(only(claimed, 'absences').absences).toMatchObject([{ id: 'b' }]);
    expect(only(tell(about('duty-check.settled', 4, 'b')), 'sound').sound).toMatchObject({ absences: 0 });
  });

  test('that this desk has silenced stay on the screen, and the next one rings', () => {
    const { tell, screen } = setUp('province');
    tell(missed(1, 'a'));
    screen.silence('all');
    const silenced = tell();
    expect(only(silenced, 'sound').sound).toMatchObject({ absences: 0 });
    expect(has(silenced, 'absences')).toBe(false);
    expect(screen.sounding).toBe(0);
    expect(only(tell(missed(2, 'b')), 'sound').sound).toMatchObject({ absences: 1 });
  });

  test('are in the snapshot; those of before, which rang nobody, are in none', () => {
    const { tell, book, screen } = setUp('province');
    tell(about('duty-check.unanswered', 1, 'old', { reason: 'silence' }));
    const absences = [{ id: 'a', facilityId: FACILITY, at: '2026-03-01T03:10:00.000Z' }];
    const rest = { now: '', open: 0, closed: 0, refused: [], works: [], silent: [], setAside: 0 };
    book.load({ position: 9, ...rest, absences, incidents: [] });
    screen.reset();
    expect(only(tell(), 'absences').absences).toEqual(absences);
    expect(screen.sounding).toBe(1);
  });

  test('ring at no station; at the national desk when nobody at the province has claimed them in time', () => {
    const raised = (position: number, id: string) => about('duty-check.raised', position, id);
    const station = setUp('station');
    station.tell(missed(1, 'a'), raised(2, 'a'));
    expect(station.screen.sounding).toBe(0);
    const { tell, screen } = setUp('national');
    expect(has(tell(missed(1, 'a'), missed(2, 'b')), 'absences')).toBe(false);
    const told = tell(raised(3, 'a'));
    expect(only(told, 'absences').absences).toMatchObject([
      { id: 'a', raisedAt: '2026-03-01T03:10:00.000Z' },
    ]);
    expect(only(told, 'sound').sound).toMatchObject({ absences: 1 });
    screen.silence('all');
    expect(has(tell(), 'absences')).toBe(false);
    expect(screen.sounding).toBe(0);
    expect(only(tell(about('duty-check.claimed', 4, 'a')), 'absences').absences).toEqual([]);
  });
});

describe('desks that do not answer', () => {
  const silence = (kind: 'desk.silent' | 'desk.answered', position: number): AnyEntry =>
    // Only what the book looks at.
    ({
      kind,
      position,
      body: { organisation: PROVINCE, since: '2026-03-01T03:00:00.000Z' },
    }) as unknown as AnyEntry;

  test('are told to the national desk, with the alarms that wait, until they answer', () => {
    const { tell, book } = setUp('national');
    const one = new InventedIncident(counter());
    tell(one.opened({ number: 7 }));
    const told = (...entries: AnyEntry[]) => only(tell(...entries), 'silent').desks;
    expect(told(silence('desk.silent', book.position + 1))).toMatchObject([
      { organisation: PROVINCE, since: '2026-03-01T03:00:00.000Z', waiting: 1 },
    ]);
    expect(tell()).toEqual([]);
    expect(told(silence('desk.answered', book.position + 1))).toEqual([]);
  });

  test('are in the snapshot, for a screen that was just opened', () => {
    const { tell, book, screen } = setUp('national');
    const since = '2026-03-01T03:00:00.000Z';
    const silent = [{ organisation: PROVINCE, since, toldAt: since }];
    book.load({
      position: 9,
      now: '',
      open: 0,
      closed: 0,
      refused: [],
      works: [],
      silent,
      absences: [],
      setAside: 0,
      incidents: [],
    });
    screen.reset();
    expect(only(tell(), 'silent').desks).toMatchObject([{ organisation: PROVINCE, waiting: 0 }]);
  });

  test('are no business of another desk beside or below; the desk itself hears that it is one', () => {
    const { tell } = setUp('province');
    const told = only(tell(silence('desk.silent', 1)), 'silent');
    expect(told.desks).toEqual([]);
    expect(told.own).toMatchObject({ organisation: PROVINCE });
    expect(only(tell(silence('desk.answered', 2)), 'silent').own).toBeNull();
    expect(has(setUp('station').tell(silence('desk.silent', 1)), 'silent')).toBe(false);
  });

  test('of stations go on to the national desk when nobody claims them, and ring until somebody does', () => {
    const since = '2026-03-01T03:00:00.000Z';
    const entry = (kind: string, position: number, more: object = {}) =>
      // Only what the book looks at.
      ({
        kind,
        position,
        at: since,
        body: { organisation: STATION, silentSince: since, ...more },
      }) as unknown as AnyEntry;
    const silent = entry('desk.silent', 1, { level: 'station', reason: 'sound-blocked', since });
    const raised = entry('desk.raised', 2, { to: 'national' });
    const claimed = entry('desk.claimed', 3, { by: { id: 'u', name: 'A' } });
    const national = setUp('national');
    expect(has(national.tell(silent), 'silent')).toBe(false);
    expect(national.screen.sounding).toBe(0);
    const told = national.tell(raised);
    expect(only(told, 'silent').desks).toMatchObject([{ organisation: STATION, raised: { to: 'national' } }]);
    expect(only(told, 'sound').sound).toMatchObject({ desks: 1 });
    const over = national.tell(claimed);
    expect(only(over, 'sound').sound).toMatchObject({ desks: 0 });
    // It is still silent, and whoever looks after it is named.
    expect(only(over, 'silent').desks).toMatchObject([{ claimedBy: { name: 'A' } }]);

    const province = setUp('province');
    expect(only(province.tell(silent), 'sound').sound).toMatchObject({ desks: 1 });
    province.screen.silence('all');
    province.tell(raised);
    expect(province.screen.sounding).toBe(0);
  });

  test('sound one level up until somebody there has heard it, or they answer', () => {
    const { tell, screen } = setUp('national');
    const muted = (position: number): AnyEntry => {
      const entry = silence('desk.silent', position);
      return { ...entry, body: { ...entry.body, reason: 'sound-blocked' } } as AnyEntry;
    };
    expect(only(tell(muted(1)), 'sound').sound).toMatchObject({ sounding: 0, desks: 1 });
    expect(screen.sounding).toBe(1);
    screen.silence('all');
    expect(only(tell(), 'sound').sound).toMatchObject({ desks: 0 });
    tell(silence('desk.answered', 2));
    expect(only(tell(muted(3)), 'sound').sound).toMatchObject({ desks: 1 });
    expect(only(tell(silence('desk.answered', 4)), 'sound').sound).toMatchObject({ desks: 0 });
  });
});

describe('what a tab is told', () => {
  test('a new alarm is one row, new counts and a sound', () => {
    const { tell } = setUp();
    const one = new InventedIncident(counter());
    const messages = tell(one.opened({ number: 7 }));
    expect(only(messages, 'queue')).toMatchObject({ total: 1, ids: [one.id] });
    expect(only(messages, 'counts').counts).toMatchObject({ open: 1, unaccepted: 1 });
    expect(only(messages, 'sound').sound).toMatchObject({ sounding: 1, fresh: 1 });
  });

  test('nothing changed: nothing is sent', () => {
    const { tell } = setUp();
    tell(new InventedIncident(counter()).opened({ number: 7 }));
    expect(tell()).toEqual([]);
  });

  test('a change sends the one row that changed, not the window', () => {
    const { tell } = setUp();
    const next = counter();
    const incidents = Array.from({ length: 30 }, () => new InventedIncident(next));
    tell(...incidents.map((one, index) => one.opened({ number: index + 1 })));
    const changed = incidents[12];
    if (!changed) throw new Error('thirty incidents have a thirteenth');
    const message = only(tell(changed.step('incident.claimed', { by: DUTY })), 'queue');
    expect(message.changed.map((row) => row.id)).toEqual([changed.id]);
    expect(message.ids).toHaveLength(30);
  });

  test('a change outside of the window moves only the counts', () => {
    const { tell, screen } = setUp();
    const next = counter();
    const incidents = Array.from({ length: 30 }, () => new InventedIncident(next));
    tell(...incidents.map((one, index) => one.opened({ number: index + 1 })));
    screen.setView({ list: 'open', filter: 'all', from: 0, to: 10 });
    tell();
    const outside = incidents[29];
    if (!outside) throw new Error('thirty incidents have a thirtieth');
    const messages = tell(outside.accepted());
    expect(has(messages, 'queue')).toBe(false);
    expect(only(messages, 'counts').counts).toMatchObject({ open: 30, unaccepted: 29 });
  });

  test('the filter of unaccepted alarms shows only these', () => {
    const { tell, screen } = setUp();
    const next = counter();
    const [a, b] = [new InventedIncident(next), new InventedIncident(next)];
    tell(a.opened({ number: 1 }), b.opened({ number: 2 }), a.accepted());
    screen.setView({ list: 'open', filter: 'unaccepted', from: 0, to: 10 });
    expect(only(tell(), 'queue')).toMatchObject({ total: 1, ids: [b.id] });
  });

  test('the open incident comes in full with the entries that arrive while it is open', () => {
    const { tell, screen } = setUp();
    const one = new InventedIncident(counter());
    tell(one.opened({ number: 7 }));
    screen.open(one.id);
    expect(only(tell(), 'incident')).toMatchObject({ id: one.id, entries: [] });
    const message = only(tell(one.accepted()), 'incident');
    expect(message.entries.map((entry) => entry.kind)).toEqual(['incident.desk-accepted']);
    expect(message.incident?.desk).not.toBeNull();
  });

  test('the map gets points once and then only what changes on it', () => {
    const { tell, screen } = setUp();
    const one = new InventedIncident(counter());
    tell(one.opened({ number: 7 }));
    screen.showMap(true);
    expect(only(tell(), 'map').diff).toMatchObject({
      reset: true,
      add: [{ id: one.id, band: 'unaccepted' }],
    });
    expect(has(tell(one.step('incident.claimed', { by: DUTY })), 'map')).toBe(false);
    expect(only(tell(one.accepted()), 'map').diff).toMatchObject({ update: [{ band: 'working' }], add: [] });
    expect(only(tell(one.closed()), 'map').diff).toMatchObject({ remove: [one.id] });
  });
});

describe('a snapshot that is still coming', () => {
  test('shows its first rows, how many there will be, and what is not known yet', () => {
    const next = counter();
    const known = Array.from({ length: 3 }, (_, index) => {
      const book = new IncidentBook();
      const one = new InventedIncident(next);
      book.apply(one.opened({ number: index + 1 }));
      return book.get(one.id);
    }).flatMap((state) => state ?? []);
    const { book, screen, tell } = setUp();
    book.begin({
      position: 9,
      now: '',
      open: 3,
      closed: 0,
      refused: [],
      works: [],
      silent: [],
      absences: [],
      setAside: 0,
    });
    screen.reset();
    book.add(known.slice(0, 1));
    const first = tell();
    expect(only(first, 'queue')).toMatchObject({ total: 3, ids: [known[0]?.id] });
    expect(only(first, 'counts').counts).toMatchObject({ complete: false, open: 3 });
    // It rings at once; how many are new is said when all are here.
    expect(only(first, 'sound').sound).toMatchObject({ sounding: 1, fresh: 0 });
    book.add(known.slice(1));
    book.complete();
    const last = tell();
    expect(only(last, 'counts').counts).toMatchObject({ complete: true, open: 3, unaccepted: 3 });
    expect(only(last, 'sound').sound).toMatchObject({ sounding: 3, fresh: 3 });
  });

  test('does not take back what somebody did meanwhile', () => {
    const one = new InventedIncident(counter());
    const { book } = setUp();
    book.apply(one.opened({ number: 7 }));
    const old = book.get(one.id);
    book.apply(one.accepted());
    const accepted = book.get(one.id);
    if (!old || !accepted) throw new Error('the incident was opened');
    book.begin({
      position: 0,
      now: '',
      open: 1,
      closed: 0,
      refused: [],
      works: [],
      silent: [],
      absences: [],
      setAside: 0,
    });
    book.adopt(accepted);
    book.add([old]);
    expect(book.get(one.id)).toBe(accepted);
  });
});

describe('a queue that somebody is about to click into', () => {
  function three() {
    const up = setUp();
    const next = counter();
    const [a, b, c] = [new InventedIncident(next), new InventedIncident(next), new InventedIncident(next)];
    up.tell(a.opened({ number: 1 }), b.opened({ number: 2 }), c.opened({ number: 3 }));
    up.screen.setView({ list: 'open', filter: 'all', from: 0, to: 2 });
    up.tell();
    up.screen.hold(true);
    up.tell();
    return { ...up, next, a, b, c };
  }

  test('keeps its order when one becomes more urgent, shows that on its row, and counts what waits above', () => {
    const { tell, a, b, c } = three();
    const risen = tell(...c.secondDetector('4', 'Tầng 4'));
    expect(only(risen, 'queue')).toMatchObject({ ids: [a.id, b.id], above: 1 });
    const changed = only(tell(...b.secondDetector('4', 'Tầng 4')), 'queue');
    expect(changed).toMatchObject({ ids: [a.id, b.id], changed: [{ id: b.id, band: 'fire' }] });
  });

  test('counts a new alarm only where it would be seen, and all of them live', () => {
    const { tell, next, a, b } = three();
    const late = new InventedIncident(next);
    const messages = tell(late.opened({ number: 4 }));
    expect(has(messages, 'queue')).toBe(false);
    expect(only(messages, 'counts').counts.open).toBe(4);
    const risen = tell(...late.secondDetector('4', 'Tầng 4'));
    expect(only(risen, 'queue')).toMatchObject({ ids: [a.id, b.id], total: 3, above: 1 });
  });

  test('keeps the place of one that was closed', () => {
    const { tell, a, b } = three();
    expect(only(tell(a.closed()), 'queue')).toMatchObject({
      ids: [a.id, b.id],
      changed: [{ id: a.id, band: 'closed' }],
    });
  });

  test('goes on in its true order when the pointer leaves, and in another list at once', () => {
    const { tell, screen, a, c } = three();
    tell(...c.secondDetector('4', 'Tầng 4'));
    screen.hold(false);
    expect(only(tell(), 'queue')).toMatchObject({ ids: [c.id, a.id], total: 3, above: null });
    screen.hold(true);
    screen.setView({ list: 'closed', filter: 'all', from: 0, to: 2 });
    expect(only(tell(), 'queue')).toMatchObject({ total: 0, above: null });
  });
});

describe('what a desk must hear', () => {
  test('a province hears an alarm until it is accepted', () => {
    const { tell } = setUp();
    const one = new InventedIncident(counter());
    tell(one.opened({ number: 7 }));
    expect(only(tell(one.accepted()), 'sound').sound.sounding).toBe(0);
  });

  test('a station goes on sounding until the station itself has accepted', () => {
    const { tell } = setUp('station');
    const one = new InventedIncident(counter());
    tell(one.opened({ number: 7 }), one.accepted());
    const accept = one.step('incident.station-accepted', { by: DUTY, organisation: STATION });
    expect(only(tell(accept), 'sound').sound.sounding).toBe(0);
  });

  test('the national desk sees an ordinary alarm without a sound, and hears it once it escalates', () => {
    const { tell } = setUp('national');
    const one = new InventedIncident(counter());
    const messages = tell(one.opened({ number: 7 }));
    expect(only(messages, 'queue').total).toBe(1);
    expect(has(messages, 'sound')).toBe(false);
    const passed = one.step('incident.limit-passed', {
      clock: 'desk',
      dueAt: '2026-01-15T00:00:30.000Z',
      escalatedTo: 'national',
    });
    expect(only(tell(passed), 'sound').sound).toMatchObject({ sounding: 1, fresh: 1 });
  });

  test('the national desk hears an alarm of a province that does not answer', () => {
    const { tell } = setUp('national');
    const one = new InventedIncident(counter());
    const limit = { seconds: 120, source: 'keng', official: false, dueAt: '2026-01-15T00:02:00.000Z' };
    const escalated = { reason: 'province-silent', to: 'national', limit } as const;
    const messages = tell(one.opened({ number: 7 }), one.step('incident.escalated', escalated));
    expect(only(messages, 'sound').sound).toMatchObject({ sounding: 1 });
  });

  test('a dispatch that waits sounds at its desk again, and the second time at the national desk too', () => {
    const limit = { seconds: 30, source: 'keng', official: false, dueAt: '2026-01-15T00:02:00.000Z' };
    const counts = (level: 'province' | 'national') => {
      const { tell } = setUp(level);
      const one = new InventedIncident(counter());
      tell(one.opened({ number: 7, nationalSounds: true }), one.accepted(), ...one.secondDetector('4', 'x'));
      return ([null, 'national'] as const).map((escalatedTo, index) => {
        const body = { count: index + 1, escalatedTo, limit };
        const told = tell(one.step('incident.dispatch-reminded', body));
        return told.flatMap((message) => (message.type === 'sound' ? [message.sound.sounding] : [])).at(-1);
      });
    };
    expect(counts('province')).toEqual([1, 1]);
    expect(counts('national')[1]).toBe(1);
    expect(counts('national')[0] ?? 0).toBe(0);
  });

  test('a station that another one replaces falls silent and is told', () => {
    const { tell } = setUp('station');
    const one = new InventedIncident(counter());
    expect(only(tell(one.opened({ number: 7 })), 'sound').sound.sounding).toBe(1);
    const clock = { seconds: 30, source: 'keng', official: false, dueAt: '2026-01-15T00:02:00.000Z' };
    const other = 'pc07-01-2' as typeof STATION;
    const messages = tell(
      one.step('incident.station-stood-down', { by: DUTY, station: STATION, replacedBy: other, clock }),
    );
    expect(only(messages, 'sound').sound.sounding).toBe(0);
    expect(only(messages, 'queue').changed).toMatchObject([{ stoodDown: [STATION] }]);
  });

  test('a configured class of facility sounds at the national desk at once', () => {
    const { tell } = setUp('national');
    const one = new InventedIncident(counter());
    const messages = tell(one.opened({ number: 7, nationalSounds: true }));
    expect(only(messages, 'sound').sound.sounding).toBe(1);
  });

  test('who silences an alarm has quiet, until it gets worse', () => {
    const { tell, screen } = setUp();
    const one = new InventedIncident(counter());
    tell(one.opened({ number: 7 }));
    screen.silence(one.id);
    expect(only(tell(), 'sound').sound.sounding).toBe(0);
    expect(has(tell(one.step('incident.claimed', { by: DUTY })), 'sound')).toBe(false);
    expect(only(tell(...one.secondDetector('4', 'Tầng 4')), 'sound').sound).toMatchObject({
      sounding: 1,
      fresh: 1,
    });
  });
});
