import type { EntryBody } from '../entry.ts';
import type { IncidentState } from './incident-state.ts';

export function propose(
  state: IncidentState,
  body: EntryBody<'incident.dispatch-proposed'>,
  at: string,
): IncidentState {
  if (state.dispatch.status === 'confirmed') return state;
  const reasons = state.dispatch.reasons.includes(body.reason)
    ? state.dispatch.reasons
    : [...state.dispatch.reasons, body.reason];
  return {
    ...state,
    dispatch: {
      status: 'proposed',
      reasons,
      resources: body.resources,
      source: body.source,
      official: body.official,
      at: state.dispatch.at ?? at,
      by: null,
    },
  };
}
