import type { CountryPack } from '@keng/country-vn';
import type { Consumer } from '../log/index.ts';
import { CalendarDays } from './day.ts';
import { emptyStates, emptySums, foldNumbers, NUMBER_KINDS, type NumberStates } from './fold.ts';
import { loadStates, storeNumbers } from './store.ts';

/**
 * Keeps the daily tables. In the order of positions, so that a rebuild gives the same; nobody waits for it, so it rests between
 * batches and leaves the database to those who are awaited.
 */
export function createNumbers({ country }: { readonly country: Pick<CountryPack, 'country'> }): Consumer {
  const days = new CalendarDays(country.country.timeZone);
  const dayOf = (at: string): string => days.of(at);
  return {
    name: 'numbers',
    kinds: NUMBER_KINDS,
    inOrder: true,
    gapMs: 500,
    batch: 2_000,
    async handle(client, entries, { world }) {
      const states = await loadStates(client, world, entries);
      const before: NumberStates = {
        transmitters: new Map(states.transmitters),
        incidents: new Map(states.incidents),
        links: new Map(states.links),
      };
      const sums = emptySums();
      for (const entry of entries) foldNumbers(states, sums, entry, { dayOf });
      await storeNumbers(client, world, changedStates(before, states), sums);
    },
  };
}

function changedStates(before: NumberStates, after: NumberStates): NumberStates {
  const changed = emptyStates();
  for (const [key, one] of after.transmitters)
    if (before.transmitters.get(key) !== one) changed.transmitters.set(key, one);
  for (const [key, one] of after.incidents)
    if (before.incidents.get(key) !== one) changed.incidents.set(key, one);
  for (const [key, one] of after.links) if (before.links.get(key) !== one) changed.links.set(key, one);
  return changed;
}
