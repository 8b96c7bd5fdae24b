import type { AnyEntry } from '@keng/model';
import { expect, test } from 'vitest';
import { signalLines } from './signal-lines.ts';

const entry = (kind: string, position: number, body: object) =>
  ({ kind, position, body }) as unknown as AnyEntry;
const received = (position: number, signalId: string) => entry('signal.received', position, { signalId });
const muted = (position: number, signalId: string) =>
  entry('signal.muted', position, { signalId, worksId: 'w' });
const told = (entries: AnyEntry[]) =>
  signalLines(entries).map((line) => [
    line.what,
    line.entry.position,
    line.what === 'frame' ? line.mutedBy : null,
  ]);

test('a muted frame is one line that says by which works', () => {
  expect(told([muted(3, 'a'), received(2, 'a'), received(1, 'b')])).toEqual([
    ['frame', 2, 'w'],
    ['frame', 1, null],
  ]);
});

test('a muting whose frame is not here is not lost', () => {
  expect(told([muted(3, 'a')])).toEqual([['muted', 3, null]]);
});

test('links that were lost stand among the signals, and what is no signal does not', () => {
  expect(
    told([
      entry('link.path-restored', 4, {}),
      entry('link.path-lost', 3, {}),
      entry('link.lost', 2, {}),
      entry('facility.key-set', 1, {}),
    ]),
  ).toEqual([
    ['link', 4, null],
    ['link', 3, null],
    ['link', 2, null],
  ]);
});
