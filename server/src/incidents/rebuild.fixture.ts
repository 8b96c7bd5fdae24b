import {
  type AnyEntry,
  applyIncident,
  type IncidentId,
  type IncidentState,
  isIncidentEntry,
} from '@keng/model';

/** The states of incidents from nothing but their entries, in the order of the log. */
export function rebuildIncidents(
  entries: Iterable<AnyEntry>,
  known: Map<IncidentId, IncidentState> = new Map(),
): Map<IncidentId, IncidentState> {
  for (const entry of entries) {
    if (!isIncidentEntry(entry)) continue;
    const id = entry.subject as IncidentId;
    const state = applyIncident(known.get(id) ?? null, entry);
    if (state !== null) known.set(id, state);
  }
  return known;
}
