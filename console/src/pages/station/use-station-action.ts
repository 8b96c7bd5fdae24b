import type { IncidentId, IncidentState, StationState } from '@keng/model';
import { useMutation } from '@tanstack/react-query';
import { post, trusted } from '../../api/client.ts';
import { useLiveStore } from '../../live/live-context.tsx';

export type StationAction =
  | { readonly name: 'station-accept' }
  | { readonly name: 'station-report'; readonly state: StationState };

/** Accepts or reports; the incident's new state is on the screen before the feed brings it. */
export function useStationAction() {
  const store = useLiveStore();
  return useMutation({
    mutationFn: ({ id, action }: { readonly id: IncidentId; readonly action: StationAction }) =>
      post(
        `/incidents/${id}/${action.name}`,
        action.name === 'station-report' ? { state: action.state } : {},
        trusted<IncidentState>(),
      ),
    onSuccess: (incident) => store.send({ type: 'adopt', incident }),
  });
}
