import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderedQueue } from './ordered-queue.ts';

interface Item {
  readonly id: number;
  readonly rank: number;
}
const compare = (a: Item, b: Item) => b.rank - a.rank || a.id - b.id;

test('however items come, change and go, the list is what sorting all of them would give', () => {
  const change = fc.record({ id: fc.nat(20), rank: fc.option(fc.nat(5), { nil: null }) });
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 10 }), { maxLength: 10 }), (rounds) => {
      const queue = new OrderedQueue<number, Item>(compare);
      const known = new Map<number, Item>();
      for (const round of rounds) {
        for (const { id, rank } of round) {
          if (rank === null) {
            known.delete(id);
            queue.remove(id);
          } else {
            known.set(id, { id, rank });
            queue.put({ id, rank });
          }
        }
        queue.settle();
        expect(queue.items).toEqual([...known.values()].sort(compare));
      }
    }),
  );
});
