import { expect, test } from 'vitest';
import { mergeTwo } from './merge-words.ts';

test('a part adds texts and groups', () => {
  expect(
    mergeTwo(
      { problem: { gone: 'mất' }, title: 'Kẻng' },
      { problem: { late: 'muộn' }, room: { title: 'Ca' } },
    ),
  ).toEqual({ problem: { gone: 'mất', late: 'muộn' }, title: 'Kẻng', room: { title: 'Ca' } });
});

test('a text that two files give is a mistake, and is named', () => {
  expect(() => mergeTwo({ problem: { gone: 'mất' } }, { problem: { gone: 'đi' } })).toThrow('problem.gone');
  expect(() => mergeTwo({ problem: { gone: 'mất' } }, { problem: 'lỗi' })).toThrow('problem');
});
