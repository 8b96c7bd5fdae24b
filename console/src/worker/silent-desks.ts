import type { IncidentBook } from './incident-book.ts';
import type { SilentDesk } from './messages.ts';

const add = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Desks that do not answer: those for whom alarms wait first, then those that are silent longest. */
export function silentDesks(book: Pick<IncidentBook, 'silent' | 'list'>): SilentDesk[] {
  // At most times nobody is silent, and ten thousand alarms need not be looked at.
  if (book.silent.size === 0) return [];
  const waiting = new Map<string, number>();
  for (const { incident } of book.list('open')) {
    const { province, station } = incident;
    if (incident.desk === null && book.silent.has(province)) add(waiting, province);
    if (station !== null && incident.stationAccepted === null && book.silent.has(station))
      add(waiting, station);
  }
  return [...book.silent]
    .map(([organisation, silence]) => ({ ...silence, waiting: waiting.get(organisation) ?? 0 }))
    .sort(
      (a, b) =>
        b.waiting - a.waiting ||
        Date.parse(a.since) - Date.parse(b.since) ||
        (a.organisation < b.organisation ? -1 : 1),
    );
}
