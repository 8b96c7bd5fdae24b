import type { DutyCheckState } from '@keng/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, trusted } from './client.ts';

export type DutyCheckItem = DutyCheckState & {
  readonly facilityName: string;
  /** null: the transmitter is registered no more. */
  readonly account: string | null;
};

/** Protocols in which a device can be asked; the centre refuses the others. */
export const ASKED_PROTOCOLS: ReadonlySet<string> = new Set(['gb26875', 'mqtt']);

const LOOK_EVERY_MS = 4_000;

/** The newest of a facility, or of all that may be seen. */
export function useDutyChecks(facility: string | null, enabled = true) {
  return useQuery({
    queryKey: ['duty-checks', facility],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ limit: facility === null ? '20' : '50' });
      if (facility !== null) query.set('facility', facility);
      return get(
        `/duty-checks?${query}`,
        trusted<{ readonly dutyChecks: readonly DutyCheckItem[] }>(),
        signal,
      );
    },
    refetchInterval: LOOK_EVERY_MS,
    enabled,
  });
}

export function useAskControlRoom() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (transmitterId: string) => post('/duty-checks', { transmitterId }, () => undefined),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['duty-checks'] }),
  });
}
