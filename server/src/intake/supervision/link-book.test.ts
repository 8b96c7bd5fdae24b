import { type FacilityId, newId, type OrganisationCode, type TransmitterId } from '@keng/model';
import { beforeEach, describe, expect, it } from 'vitest';
import { LinkBook } from './link-book.ts';
import type { SupervisedTransmitter } from './supervised-transmitters.ts';

const PRIMARY = 0b010;
const ALTERNATIVE = 0b100;

let book: LinkBook;
beforeEach(() => {
  book = new LinkBook();
});

/** Takes a device into the book: with one path, or with two that have the times of `paths`. */
function device(reportingSeconds: number, paths: readonly [number, number] | [] = []): SupervisedTransmitter {
  const one: SupervisedTransmitter = {
    transmitterId: newId<TransmitterId>(),
    facilityId: newId<FacilityId>(),
    organisation: 'VN-PC07-01' as OrganisationCode,
    area: '01',
    reportingSeconds,
    carrier: null,
    paths: paths.map((seconds, index) => ({
      number: index + 1,
      medium: index === 0 ? 'lan' : 'mobile',
      carrier: null,
      reportingSeconds: seconds,
    })),
  };
  book.put(one);
  return one;
}

function hear({ transmitterId }: SupervisedTransmitter, paths = 0, tick = book.tick): void {
  book.hear(transmitterId, { second: 1_800_000_000 + tick, tick, paths, receiver: 1 });
}

/** What was noticed until this tick, each as `tick change path`, 0 for the link. */
function until(tick: number): string[] {
  const noticed: string[] = [];
  for (;;) {
    for (const { change, link, because } of book.takeChanges())
      noticed.push(
        `${book.tick} ${change} ${link.path?.number ?? 0}${because === 'heard' ? '' : ` ${because}`}`,
      );
    if (book.tick >= tick) return noticed;
    book.advance(1);
  }
}

describe('a link', () => {
  it('is lost one tick after its time, once, and found when it is heard', () => {
    const one = device(10);
    expect(until(50)).toEqual(['11 lost 0']);
    expect(book.lost).toBe(1);
    hear(one);
    expect(until(60)).toEqual(['50 restored 0']);
    expect(book.lost).toBe(0);
    expect(until(80)).toEqual(['61 lost 0']);
  });

  it('has its time from when it was heard last, in whatever order receivers tell it', () => {
    const one = device(10);
    until(8);
    hear(one, 0, 8);
    hear(one, 0, 5);
    expect(until(30)).toEqual(['19 lost 0']);
  });

  it('goes on where the snapshot has it, and not where the book began', () => {
    book = new LinkBook(100);
    const [one] = [device(10), device(10)];
    book.recall({ transmitter: one.transmitterId, path: 0, second: 1_800_000_000, tick: 95 });
    expect(until(106)).toEqual(['106 lost 0']);
    expect(until(111)).toEqual(['111 lost 0']);
  });

  it('that was lost before is not lost again, and is found when it is heard', () => {
    const one = device(10);
    book.recallLost(one.transmitterId, 0, 7);
    book.recallLost(one.transmitterId, 0, 7);
    expect(book.lost).toBe(1);
    expect(until(40)).toEqual([]);
    hear(one);
    expect(until(41)).toEqual(['40 restored 0']);
    expect(book.lost).toBe(0);
  });

  it('has its full time again where nobody listened for a while', () => {
    device(10);
    until(8);
    book.startAfresh(8);
    expect(until(30)).toEqual(['19 lost 0']);
  });

  it('that is lost and leaves the register is lost no more', () => {
    const [one, other] = [device(10), device(10)];
    until(12);
    expect(book.lost).toBe(2);
    book.remove(one.transmitterId);
    expect(until(12)).toEqual(['12 restored 0 unregistered']);
    expect([book.lost, book.size]).toEqual([1, 1]);
    hear(one);
    expect(until(40)).toEqual([]);
    hear(other);
    expect(book.lost).toBe(0);
  });

  it('whose receiver may have missed it has its time once more, and anew each time it was heard', () => {
    book = new LinkBook(0, (receiver) => receiver === 1);
    const one = device(10);
    hear(one);
    expect(until(15)).toEqual([]);
    hear(one);
    // 26 would be its time; it is given another, and no third.
    expect(until(60)).toEqual(['37 lost 0']);
  });
});

describe('a link with two paths', () => {
  it('is lost when both are, and counted once', () => {
    device(10, [10, 100]);
    expect(until(60)).toEqual(['11 lost 1', '22 lost 2', '22 lost 0']);
    expect(book.lost).toBe(1);
  });

  it('wants the alternative in the time of the primary only while that is lost', () => {
    const one = device(100, [10, 100]);
    expect(until(15)).toEqual(['11 lost 1']);
    hear(one, PRIMARY);
    const noticed = until(15);
    for (let tick = 20; tick <= 100; tick += 5) {
      noticed.push(...until(tick));
      hear(one, PRIMARY);
    }
    expect(noticed).toEqual(['15 restored 1']);
    expect(until(101)).toEqual(['101 lost 2']);
  });

  it('that was out of its time and is heard by the alternative has its time again', () => {
    const one = device(20, [10, 100]);
    expect(until(21)).toEqual(['11 lost 1']);
    hear(one, ALTERNATIVE);
    expect(until(60)).toEqual(['32 lost 2', '42 lost 0']);
  });

  it('leaves the register with its lost path, and is no lost link', () => {
    const one = device(100, [10, 100]);
    until(12);
    expect(book.lost).toBe(0);
    book.remove(one.transmitterId);
    expect(until(12)).toEqual(['12 restored 1 unregistered']);
    expect(book.lost).toBe(0);
    expect(until(200)).toEqual([]);
  });
});
