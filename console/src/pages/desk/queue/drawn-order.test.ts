import type { IncidentId } from '@keng/model';
import { expect, test } from 'vitest';
import { DrawnOrder, REACTION_MS } from './drawn-order.ts';

const ids = (...names: string[]) => names as unknown as IncidentId[];

test('a press is meant for the row that is drawn there', () => {
  const order = new DrawnOrder();
  order.draw({ from: 10, ids: ids('a', 'b') }, 0);
  expect([order.at(10, 0), order.at(11, 0), order.at(12, 0)]).toEqual(['a', 'b', null]);
});

test('just after the rows moved it is meant for the one that stood there before', () => {
  const order = new DrawnOrder();
  order.draw({ from: 0, ids: ids('a', 'b') }, 0);
  order.draw({ from: 0, ids: ids('new', 'a', 'b') }, 1_000);
  expect(order.at(0, 1_000 + REACTION_MS - 1)).toBe('a');
  expect(order.at(0, 1_000 + REACTION_MS)).toBe('new');
});

test('scrolling and rows that are added below move nothing', () => {
  const order = new DrawnOrder();
  order.draw({ from: 0, ids: ids('a', 'b', 'c') }, 0);
  order.draw({ from: 1, ids: ids('b', 'c', 'd') }, 1_000);
  order.draw({ from: 1, ids: ids('b', 'c', 'd', 'e') }, 1_010);
  expect([order.at(1, 1_020), order.at(4, 1_020)]).toEqual(['b', 'e']);
});
