import {
  type AnyEntry,
  applyIncident,
  asEntry,
  type FacilityId,
  type IncidentState,
  isIncidentEntry,
  LIVE,
  newId,
  type SignalId,
  type TransmitterId,
  type WorksId,
  type WorksState,
} from '@keng/model';
import { describe, expect, test } from 'vitest';
import { counter, DUTY, InventedIncident, STATION } from '../../dev/invented.ts';
import { IncidentBook, MissedEntry, type Snapshot } from './incident-book.ts';

const EMPTY: Snapshot = {
  position: 0,
  now: '2026-01-15T00:00:00.000Z',
  open: 0,
  closed: 0,
  incidents: [],
  refused: [],
  works: [],
  silent: [],
  absences: [],
  setAside: 0,
};

const WORKS: WorksState = {
  id: newId<WorksId>(),
  facilityId: newId<FacilityId>(),
  transmitterId: newId<TransmitterId>(),
  zones: ['1'],
  from: '2026-01-15T00:00:00.000Z',
  until: '2026-01-15T04:00:00.000Z',
  reason: 'hàn',
  plannedBy: DUTY,
  requestedBy: null,
  calledBack: null,
  ended: null,
  mutedSignals: 0,
  entries: 1,
};

function muted(worksId: WorksId, revision: number, position: number): AnyEntry {
  const at = new Date('2026-01-15T01:00:00Z');
  const body = { signalId: newId<SignalId>(), worksId, zone: '1', at: at.toISOString() };
  const entry = asEntry({
    world: LIVE,
    kind: 'signal.muted',
    lane: 1,
    subject: WORKS.transmitterId,
    organisation: STATION,
    facility: WORKS.facilityId,
    revision,
    at,
    actor: { kind: 'system', id: 'incidents' },
    body,
  });
  return { ...entry, position };
}

function stateOf(entries: readonly AnyEntry[]): IncidentState {
  let state: IncidentState | null = null;
  for (const entry of entries) if (isIncidentEntry(entry)) state = applyIncident(state, entry);
  if (state === null) throw new Error('these entries open nothing');
  return state;
}

function bookWith(entries: readonly AnyEntry[]): IncidentBook {
  const book = new IncidentBook();
  book.load(EMPTY);
  for (const entry of entries) book.apply(entry);
  book.settle();
  return book;
}

const numbers = (book: IncidentBook, which: 'open' | 'closed') =>
  book.list(which).map(({ incident }) => incident.number);

describe('the book of incidents', () => {
  test('a confirmed fire stands before single alarms, and among these the older first', () => {
    const next = counter();
    const [a, b, c] = [new InventedIncident(next), new InventedIncident(next), new InventedIncident(next)];
    const book = bookWith([
      a.opened({ number: 1, at: new Date('2026-01-15T01:00:00Z') }),
      b.opened({ number: 2, at: new Date('2026-01-15T01:00:01Z') }),
      c.opened({ number: 3, at: new Date('2026-01-15T01:00:02Z') }),
      ...c.secondDetector('4', 'Tầng 4'),
    ]);
    expect(numbers(book, 'open')).toEqual([3, 1, 2]);
  });

  test('a closed incident leaves the queue for the list of closed ones', () => {
    const next = counter();
    const one = new InventedIncident(next);
    const book = bookWith([one.opened({ number: 7 }), one.closed()]);
    expect(numbers(book, 'open')).toEqual([]);
    expect(numbers(book, 'closed')).toEqual([7]);
  });

  test('entries that come again after a resume change nothing', () => {
    const one = new InventedIncident(counter());
    const entries = [one.opened({ number: 7 }), ...one.secondDetector('4', 'Tầng 4')];
    const book = bookWith(entries);
    const before = book.get(one.id);
    for (const entry of entries) book.apply(entry);
    expect(book.get(one.id)).toBe(before);
  });

  test('a snapshot that is newer than the feed is not set back, not even by the opening', () => {
    const one = new InventedIncident(counter());
    const entries = [one.opened({ number: 7 }), ...one.secondDetector('4', 'Tầng 4')];
    const book = new IncidentBook();
    book.load({ ...EMPTY, incidents: [stateOf(entries)] });
    for (const entry of entries) book.apply(entry);
    expect(book.get(one.id)).toEqual(stateOf(entries));
  });

  test('an entry that was skipped on the way is noticed', () => {
    const one = new InventedIncident(counter());
    const [opened, ...rest] = [one.opened({ number: 7 }), ...one.secondDetector('4', 'Tầng 4')];
    const book = bookWith(opened ? [opened] : []);
    const last = rest.at(-1);
    expect(() => last && book.apply(last)).toThrow(MissedEntry);
  });

  test('an incident that is given to this station by a dispatch, or rings again after long, is asked for', () => {
    const one = new InventedIncident(counter());
    const [opened, dispatched] = [
      one.opened({ number: 7 }),
      one.step('incident.dispatch-confirmed', {
        by: DUTY,
        resources: [{ type: 'engine', count: 2 }],
        station: STATION,
      }),
    ];
    const book = bookWith([]);
    expect(() => book.apply(dispatched)).toThrow(MissedEntry);
    book.load({ ...EMPTY, position: dispatched.position, incidents: [stateOf([opened, dispatched])] });
    book.apply(dispatched);
    book.settle();
    expect(numbers(book, 'open')).toEqual([7]);
  });

  test('muted signals count once in their works, and one that was skipped is noticed', () => {
    const works = { ...WORKS, mutedSignals: 2, entries: 4 };
    const book = new IncidentBook();
    book.load({ ...EMPTY, works: [works] });
    book.apply(muted(works.id, 4, 1));
    expect(book.lists().works).toEqual([works]);
    book.apply(muted(works.id, 5, 2));
    expect(book.lists().works).toMatchObject([{ mutedSignals: 3 }]);
    expect(() => book.apply(muted(works.id, 7, 3))).toThrow(MissedEntry);
  });

  test('the answer to an action is taken at once, and the same news over the feed changes nothing', () => {
    const one = new InventedIncident(counter());
    const opened = one.opened({ number: 7 });
    const accepted = one.accepted();
    const book = bookWith([opened]);
    book.adopt(stateOf([opened, accepted]));
    expect(book.get(one.id)?.desk).not.toBeNull();
    book.apply(accepted);
    expect(book.get(one.id)?.entries).toBe(2);
  });

  test('search finds by number, and by words without marks', () => {
    const next = counter();
    const a = new InventedIncident(next);
    const b = new InventedIncident(next);
    const book = bookWith([
      a.opened({ number: 231, address: '12 Trần Hưng Đạo, Hà Nội' }),
      b.opened({ number: 232, address: '5 Lê Lợi, Huế' }),
    ]);
    expect(book.find('231', 5).map((one) => one.number)).toEqual([231]);
    expect(book.find('tran hung dao', 5).map((one) => one.number)).toEqual([231]);
    expect(book.find('Đạo HÀ', 5).map((one) => one.number)).toEqual([231]);
    expect(book.find('khong co', 5)).toEqual([]);
  });
});
