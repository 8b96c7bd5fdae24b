import type { FalseCause, IncidentId, IncidentState, Outcome, OwnerAnswer } from '@keng/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post, trusted } from '../api/client.ts';
import { useLiveStore } from './live-context.tsx';

/** What a person can do to an incident, as the routes of the centre name it, with what it needs. */
export type IncidentAction =
  | { readonly name: 'claim'; readonly takeOver?: boolean }
  | { readonly name: 'release' | 'accept' | 'station-accept' | 'confirm' | 'dispatch' }
  | {
      readonly name: 'owner-answer';
      readonly contactId: string | null;
      readonly person: string;
      readonly answer: OwnerAnswer;
    }
  | { readonly name: 'note'; readonly text: string }
  | {
      readonly name: 'close';
      readonly outcome: Outcome;
      readonly cause: FalseCause | null;
      readonly note: string | null;
    };

function bodyOf(action: IncidentAction): Readonly<Record<string, unknown>> {
  switch (action.name) {
    case 'claim':
      return { takeOver: action.takeOver ?? false };
    case 'owner-answer':
      return { contactId: action.contactId, name: action.person, answer: action.answer };
    case 'note':
      return { text: action.text };
    case 'close':
      return { outcome: action.outcome, cause: action.cause, note: action.note };
    default:
      return {};
  }
}

export interface IncidentActing {
  readonly id: IncidentId;
  readonly action: IncidentAction;
}

/** Sends one action; the answer, the incident's new state, is on the screen before the feed brings it. */
export function useIncidentAction() {
  const store = useLiveStore();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action }: IncidentActing) =>
      post(`/incidents/${id}/${action.name}`, bodyOf(action), trusted<IncidentState>()),
    onSuccess: (incident) => {
      store.send({ type: 'adopt', incident });
      void queries.invalidateQueries({ queryKey: ['chronology', incident.id] });
    },
  });
}
