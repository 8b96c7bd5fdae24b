import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SnapshotReader } from './snapshot-reader.ts';

const HEAD = {
  position: 7,
  now: '2026-01-02T03:04:05.678Z',
  open: 2,
  closed: 1,
  refused: [],
  works: [],
  silent: [],
  absences: [],
  setAside: 0,
};
const STATES = [{ id: 'a', name: 'Trần "Hưng" Đạo, 5' }, { id: 'b', note: ']}' }, { id: 'c' }];
const TEXT = `${JSON.stringify(HEAD).slice(0, -1)},"incidents":[\n${STATES.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`;

function read(pieces: readonly string[]) {
  const reader = new SnapshotReader();
  const parts = pieces.map((piece) => reader.push(piece));
  return {
    heads: parts.flatMap(({ head }) => head ?? []),
    states: parts.flatMap(({ incidents }) => incidents),
    reader,
  };
}

describe('the snapshot reader', () => {
  it('reads what any JSON reader reads', () => {
    const { heads, states, reader } = read([TEXT]);
    expect({ ...heads[0], incidents: states }).toEqual(JSON.parse(TEXT));
    expect(reader.complete).toBe(true);
  });

  it('gives the same for any split', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: TEXT.length })), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), TEXT.length];
        const { heads, states, reader } = read(at.slice(1).map((end, index) => TEXT.slice(at[index], end)));
        expect(heads).toEqual([{ ...HEAD, incidents: [] }]);
        expect(states).toEqual(STATES);
        expect(reader.complete).toBe(true);
      }),
    );
  });

  it('gives each incident as soon as its line is there, and says that the rest is missing', () => {
    const { states, reader } = read([TEXT.slice(0, TEXT.indexOf('{"id":"c"'))]);
    expect(states).toEqual(STATES.slice(0, 2));
    expect(reader.complete).toBe(false);
  });

  it('reads a desk without any alarm', () => {
    const { heads, states, reader } = read([`${JSON.stringify(HEAD).slice(0, -1)},"incidents":[`, '\n]}\n']);
    expect([heads.length, states.length, reader.complete]).toEqual([1, 0, true]);
  });

  it('refuses what is no snapshot, such as the page of a proxy', () => {
    expect(() => new SnapshotReader().push('<!doctype html>\n')).toThrow(SyntaxError);
  });
});
