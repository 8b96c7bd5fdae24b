import { type Arrival, type FacilityId, newId } from '@keng/model';
import { describe, expect, test } from 'vitest';
import { PROVINCE, STATION } from '../../dev/invented.ts';
import { ArrivalBook } from './arrival-book.ts';

const A = newId<FacilityId>();
const B = newId<FacilityId>();
const at = '2026-03-01T02:00:00.000Z';

function arrival(facility: FacilityId, from: number, upto = from): Arrival {
  const rest = { name: 'A', address: 'B', province: PROVINCE, station: STATION, synthetic: true };
  return { facility, ...rest, at, from, upto, signals: upto - from + 1 };
}
const nowhere = (): boolean => false;
const waiting = (book: ArrivalBook) => book.waiting(nowhere).map(({ facility }) => facility);

describe('alarms without an incident', () => {
  test('stand there once for each building, the longest first, with all their signals', () => {
    const book = new ArrivalBook();
    book.take({ sorted: 0, arrivals: [arrival(A, 1), arrival(B, 2, 3)] });
    book.take({ sorted: 0, arrivals: [{ ...arrival(A, 4), at: '2026-03-01T02:00:01.000Z' }] });
    expect(book.waiting(nowhere)).toMatchObject([
      { facility: A, at, from: 1, upto: 4, signals: 2 },
      { facility: B, signals: 2 },
    ]);
    // Told again as one: counted once.
    book.take({ sorted: 0, arrivals: [arrival(B, 2, 6)] });
    expect(book.waiting(nowhere)[1]).toMatchObject({ facility: B, signals: 5 });
  });

  test('go when the rules have looked at all of them, also at what came for nothing', () => {
    const book = new ArrivalBook();
    book.take({ sorted: 0, arrivals: [arrival(A, 1, 2), arrival(B, 3)] });
    book.take({ sorted: 1, arrivals: [] });
    expect(waiting(book)).toEqual([A, B]);
    book.take({ sorted: 2, arrivals: [] });
    expect(waiting(book)).toEqual([B]);
  });

  test('go when an incident of the building is written behind them, and stay when a later alarm waits', () => {
    const book = new ArrivalBook();
    book.take({ sorted: 0, arrivals: [arrival(A, 1), arrival(B, 5)] });
    book.sorted(A, 4);
    book.sorted(B, 4);
    expect(waiting(book)).toEqual([B]);
  });

  test('are not shown where an incident is open already', () => {
    const book = new ArrivalBook();
    book.take({ sorted: 0, arrivals: [arrival(A, 1), arrival(B, 2)] });
    expect(book.waiting((facility) => facility === A).map(({ facility }) => facility)).toEqual([B]);
  });
});
