import type { DutyCheckState } from '@keng/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, trusted } from './client.ts';

export const DUTY_CHECKS = ['duty-checks'] as const;

export type DutyCheckItem = DutyCheckState & {
  readonly facilityName: string;
  /** null: the transmitter is registered no more. */
  readonly account: string | null;
};

/** Protocols in which a device can be asked; the centre refuses the others. */
export const ASKED_PROTOCOLS: ReadonlySet<string> = new Set(['gb26875', 'mqtt']);

/** What the live feed does not tell a page: answers, and what desks of other levels do. */
const LOOK_EVERY_MS = 4_000;

function listDutyChecks(query: URLSearchParams, signal: AbortSignal) {
  return get(`/duty-checks?${query}`, trusted<{ readonly dutyChecks: readonly DutyCheckItem[] }>(), signal);
}

/** The newest of a facility, or of all that may be seen. */
export function useDutyChecks(facility: string | null, enabled = true) {
  return useQuery({
    queryKey: [...DUTY_CHECKS, facility],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ limit: facility === null ? '20' : '50' });
      if (facility !== null) query.set('facility', facility);
      return listDutyChecks(query, signal);
    },
    refetchInterval: LOOK_EVERY_MS,
    enabled,
  });
}

/** Shown at once; the rest follows as these are settled. */
const MOST_ABSENCES = '50';

/** Those that nobody answered and that wait for a person, unclaimed before claimed, longest first. */
export function useAbsences(enabled = true) {
  return useQuery({
    queryKey: [...DUTY_CHECKS, 'waiting'],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ waiting: 'true', limit: MOST_ABSENCES });
      return listDutyChecks(query, signal);
    },
    refetchInterval: LOOK_EVERY_MS,
    enabled,
  });
}

export type AbsenceAction =
  | { readonly name: 'claim'; readonly id: string }
  | { readonly name: 'settle'; readonly id: string; readonly note: string };

export function useAbsenceAction() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: AbsenceAction) =>
      post(
        `/duty-checks/${action.id}/${action.name}`,
        action.name === 'settle' ? { note: action.note } : {},
        () => undefined,
      ),
    // Somebody else was faster: the list says who.
    onSettled: () => queries.invalidateQueries({ queryKey: DUTY_CHECKS }),
  });
}

export function useAskControlRoom() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (transmitterId: string) => post('/duty-checks', { transmitterId }, () => undefined),
    onSuccess: () => queries.invalidateQueries({ queryKey: DUTY_CHECKS }),
  });
}
